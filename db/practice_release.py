"""Handing back at the practice centre: three PINs, a call of this morning, things on the shelf, two sisters.

Nothing here changes a row of the desk: no child is here or gone, named or counted otherwise.
"""

import hashlib

from db.practice_people import DESK, DIRECTOR, TRAIN, Kid
from db.practice_scene import Centre, stamp

# Told where the practice centre asks for one.
PINS = (("周敏", "5927"), ("林晓", "3816"), ("许静", "7043"))
_COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}  # as app/services/pins.py
_CALLED = 8 * 60 + 42
_COMER = ("钱慧芳", "姑姑", "13800009911", "002X")


def add_release(centre: Centre) -> None:
    """Write it all, once every day has been lived through."""
    today = centre.last_day.isoformat()
    visits = {row[0]: key for key, row in centre.book.rows("visit") if row[2] == today and row[11] is None}
    _add_pins(centre)
    _add_traits(centre)
    _add_releases(centre)
    inside = [kid for kid in centre.kids if kid.class_id == TRAIN and not kid.story and kid.id in visits]
    if len(inside) < 3 or centre.cut < _CALLED:
        return
    _add_call(centre, inside[0])
    _add_shelf(centre, visits[inside[1].id])
    _join_family(centre, inside[1], inside[2])


def _add_pins(centre: Centre) -> None:
    staff = {row[0]: key for key, row in centre.book.rows("staff")}
    since = stamp(centre.last_day.replace(day=1), 480)
    for name, pin in PINS:
        salt = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
        digest = hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), **_COST).hex()
        centre.book.add("staff_pin", staff[name], salt, digest, since, staff[name], None)


def _add_traits(centre: Centre) -> None:
    """What else the barred father of the practice centre is known by."""
    for _, row in centre.book.rows("child_adult"):
        if row[6]:
            centre.book.add(
                "barred_trait", row[1], "nickname", "大壮", DIRECTOR, stamp(centre.last_day, 460), None
            )


def _add_releases(centre: Centre) -> None:
    """Today's departures as the program keeps them."""
    relations = {(row[0], row[1]): row[2] for _, row in centre.book.rows("child_adult")}
    names = {key: row[0] for key, row in centre.book.rows("adult")}
    for key, row in centre.book.rows("visit"):
        child, day, left, collector, proof = row[0], row[2], row[11], row[12], row[13]
        if day != centre.last_day.isoformat() or left is None:
            continue
        who = f"{relations.get((child, collector), '')} {names[int(str(collector))]}".strip()
        centre.book.add("release", key, None, proof, who, None, None, "", left, DESK, None, None)


def _add_call(centre: Centre, kid: Kid) -> None:
    """A mother rang at 8:42: her sister-in-law comes today."""
    name, relation, phone, tail = _COMER
    day = centre.last_day
    grant = centre.book.add(
        "pickup_grant", day.isoformat(), "7WDM", kid.adults[0].id, None, name, relation, phone, tail, DESK,
        stamp(day, _CALLED), None, None,
    )  # fmt: skip
    centre.book.add("pickup_grant_child", grant, kid.id)


def _add_shelf(centre: Centre, visit: int) -> None:
    for words in ("水杯", "替换衣服一套"):
        centre.book.add("belonging", visit, words, DESK, stamp(centre.last_day, 510), None, None)


def _join_family(centre: Centre, elder: Kid, younger: Kid) -> None:
    """The two have one mother."""
    mother = elder.adults[0]
    added = stamp(centre.last_day.replace(day=1), 480)
    centre.book.add(
        "child_adult", younger.id, mother.id, "妈妈", 1, 1, 0, 0, None, 9, added, None,
    )  # fmt: skip
