"""过敏未答: what a guardian says of allergies at the door is kept, and taken back within the day."""

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.ids import ChildId
from app.domain.names import clean_text
from app.domain.records import RecordError
from app.domain.staff import Actor, Permission
from app.services import record_values
from app.services.arrivals import UnknownPersonError
from app.services.pins import Pins
from app.services.record_keeping import RecordKeeping
from app.store import children, record_acts
from app.store.database import Clock, Database
from app.store.record_acts import Change
from app.store.stamps import day_of

_WORDS = {"none": "没有过敏", "has": "有过敏", "unknown": "过敏不清楚"}


class AllergyAnswerError(RuleError):
    """An answer about allergies that cannot be kept as it is."""


class AllergyAnswers:
    """The question that must be answered before she eats."""

    def __init__(self, database: Database, clock: Clock, pins: Pins) -> None:
        self._database = database
        self._clock = clock
        self._pins = pins

    def answer(
        self, actor: Actor, child: ChildId, answer: str, substances: tuple[str, ...], told_by: str
    ) -> Done[None]:
        """Keep what a guardian says of allergies: none, has or unknown. She may be inside (不清楚，先不进食).

        Raises:
            NotPermittedError: neither the door nor the health check is the actor's.
            AllergyAnswerError: an answer that is none, nobody said it, or an allergy on file would go without
                the health worker or the director.
        """
        _require(actor)
        who = clean_text(told_by, "告知人", "told_by")
        named = tuple(
            dict.fromkeys(kept for one in substances if (kept := clean_text(one, "过敏原", "substances", 50)))
        )
        if answer not in _WORDS or (answer == "has") != bool(named):
            raise AllergyAnswerError("请回答有没有过敏；有的话写明对什么过敏。", field="substances")
        if not who:
            raise AllergyAnswerError("请写明是谁告诉的，如“妈妈电话确认”。", field="told_by")
        on_file = children.find_child(self._database, child)
        if on_file is None:
            raise UnknownPersonError("没有找到这个孩子的档案，请刷新后再试。")
        lost = [one for one in on_file.substances if one not in named] if answer != "unknown" else []
        if lost and not actor.may(Permission.ANSWER_FOR_HEALTH):
            msg = f"档案里有{'、'.join(lost)}过敏。只有保健员或园长可以去掉，请他们登录后再改。"
            raise AllergyAnswerError(msg, field="substances")
        before = f"{on_file.allergy}:{'、'.join(on_file.substances)}".rstrip(":")
        after = f"{answer}:{'、'.join(named)}".rstrip(":")
        if answer == "unknown" and on_file.substances:
            after = before  # nobody's not knowing ends what is held
        told = record_acts.list_values(self._database, "child", child).get("allergy_told", "")
        label, undo = f"{on_file.name} {_WORDS[answer]}{'：' if named else ''}{'、'.join(named)}", None
        with self._database.unit(actor.id, "answer_allergy") as unit:
            if after != before:
                act = record_acts.add_act(unit, "child", child, f"前台问过敏：{who}")
                record_values.apply(unit, act, Change("child", child, "allergy", before, after))
                if told != who:
                    record_values.apply(unit, act, Change("child", child, "allergy_told", told, who))
                undo = Undo("allergy.answer", act, label)
            gone = f"；去掉 {'、'.join(lost)}" if lost else ""
            unit.audit(
                "child", child, f"{on_file.name} 过敏 {answer} {'、'.join(named)}".strip() + f"{gone}；{who}"
            )
        return Done(None, Changes(frozenset({Topic.CHILDREN}), frozenset({child})), undo)

    def undo(self, actor: Actor, act: int) -> Done[None]:
        """Take an answer back on its day: what was on file before is on file again.

        Raises:
            NotPermittedError: neither the door nor the health check is the actor's.
            RecordError: of another day, taken back or changed since, or an allergy would go that somebody
                else noted, without the health worker or the director.
        """
        _require(actor)
        found = record_acts.find_act(self._database, act)
        if found is None or found.verb != "answer_allergy":
            raise RecordError("没有找到这次回答，请刷新后再试。")
        if day_of(found.at) != day_of(self._clock()):
            raise RecordError("只能当天撤销。以前的回答请保健员或园长在档案里改。")
        return RecordKeeping(self._database, self._clock, self._pins).take_back(actor, found)


def _require(actor: Actor) -> None:
    if not actor.may(Permission.HEALTH_CHECK):
        actor.require(Permission.CHECK_IN)
