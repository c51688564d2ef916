"""How the schema came to be: append only, never edited once released.

Instants are ISO text with the centre's offset, days ``YYYY-MM-DD``, clock times minutes after midnight, money
whole 分, temperatures tenths of a degree Celsius. Nothing is deleted: rows are undone, ended or superseded.
The texts lie beside this in ``*_tables.py``, a module for each part of the house.
"""

from sqlite_utils import Database, Migrations

from db import (
    admissions_tables,
    bookings_tables,
    card_tables,
    class_tables,
    clock_tables,
    curriculum_tables,
    growth_tables,
    handover_tables,
    health_tables,
    illness_tables,
    import_tables,
    records_tables,
    release_tables,
    rollcall_tables,
    settings_tables,
)
from db import first_house_tables as first_house

migrations = Migrations("centre")


@migrations(name="0001_first_house")
def _0001(db: Database) -> None:
    db.executescript(
        first_house.CENTRE + first_house.PEOPLE + first_house.DAY + first_house.MONEY + first_house.KEEPING
    )


@migrations(name="0002_settings")
def _0002(db: Database) -> None:
    db.executescript(settings_tables.CHANGES + settings_tables.ENDINGS + settings_tables.CAPS)


@migrations(name="0003_roll_call")
def _0003(db: Database) -> None:
    db.executescript(rollcall_tables.TABLES)


@migrations(name="0004_cards")
def _0004(db: Database) -> None:
    db.executescript(card_tables.CARDS)


@migrations(name="0005_records")
def _0005(db: Database) -> None:
    db.executescript(records_tables.SCHEMA)


@migrations(name="0006_release")
def _0006(db: Database) -> None:
    db.executescript(release_tables.SQL)


@migrations(name="0007_bookings")
def _0007(db: Database) -> None:
    db.executescript(bookings_tables.SQL)


@migrations(name="0008_import")
def _0008(db: Database) -> None:
    db.executescript(import_tables.SQL)


@migrations(name="0009_admissions")
def _0009(db: Database) -> None:
    db.executescript(admissions_tables.TABLES)


@migrations(name="0010_curriculum")
def _0010(db: Database) -> None:
    db.executescript(curriculum_tables.SQL)


@migrations(name="0011_clock")
def _0011(db: Database) -> None:
    db.executescript(clock_tables.SQL)


@migrations(name="0012_health")
def _0012(db: Database) -> None:
    db.executescript(health_tables.SQL)


@migrations(name="0013_illness")
def _0013(db: Database) -> None:
    db.executescript(illness_tables.SQL)


@migrations(name="0014_handover")
def _0014(db: Database) -> None:
    db.executescript(handover_tables.SQL)


@migrations(name="0015_class_log")
def _0015(db: Database) -> None:
    db.executescript(class_tables.SQL)


@migrations(name="0016_growth")
def _0016(db: Database) -> None:
    db.executescript(growth_tables.SQL)


@migrations(name="0017_ticks")
def _0017(db: Database) -> None:
    db.executescript(illness_tables.TICKS)


@migrations(name="0018_measured")
def _0018(db: Database) -> None:
    db.executescript(class_tables.MEASURED)


@migrations(name="0019_ways")
def _0019(db: Database) -> None:
    db.executescript(class_tables.WAYS)


@migrations(name="0020_reached")
def _0020(db: Database) -> None:
    db.executescript(first_house.REACHED)


@migrations(name="0021_home_doses")
def _0021(db: Database) -> None:
    db.executescript(health_tables.AT_HOME)


@migrations(name="0022_dishes")
def _0022(db: Database) -> None:
    db.executescript(class_tables.DISHES)


@migrations(name="0023_points")
def _0023(db: Database) -> None:
    db.executescript(handover_tables.OPEN_OF_ITSELF)
