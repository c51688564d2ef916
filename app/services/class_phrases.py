"""常用语: the centre's stock phrases for notes."""

from collections.abc import Sequence

from app.domain.changes import Changes, Done, Topic
from app.domain.errors import RuleError
from app.domain.logbook import NoteKind
from app.domain.names import clean_text
from app.domain.staff import Actor, Permission
from app.store import phrases, presets
from app.store.database import Clock, Database

LONGEST_PHRASE, MOST_PHRASES = 60, 12


class PhraseError(RuleError):
    """Phrases that cannot be kept."""


class ClassPhrases:
    """Reading and changing them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def view(self, actor: Actor, kind: NoteKind) -> tuple[str, ...]:
        """The phrases of a kind; those the program comes with while the centre has entered none."""
        actor.require(Permission.READ)
        return phrases.list_phrases(self._database, kind) or presets.defaults().phrases.get(kind.value, ())

    def keep(self, actor: Actor, kind: NoteKind, texts: Sequence[str]) -> Done[None]:
        """Let these phrases hold; those that go stay on file, and the audit keeps both lists.

        Raises:
            PhraseError: none, or more than twelve.
            BadTextError: one is longer than 60 characters.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        cleaned = [
            clean_text(text, "常用语", f"phrase.{at}", LONGEST_PHRASE) for at, text in enumerate(texts, 1)
        ]
        wanted = tuple(dict.fromkeys(text for text in cleaned if text))
        if not wanted:
            raise PhraseError("至少留一条常用语。", field="phrase.1")
        if len(wanted) > MOST_PHRASES:
            msg = f"常用语最多 {MOST_PHRASES} 条，请删去几条。"
            raise PhraseError(msg, field=f"phrase.{MOST_PHRASES + 1}")
        before = self.view(actor, kind)
        if wanted == before:
            return Done(None)
        with self._database.unit(actor.id, "keep_phrases") as unit:
            phrases.set_phrases(unit, kind, wanted)
            unit.audit("class_phrase", None, f"{kind.label}：{' / '.join(before)} → {' / '.join(wanted)}")
        return Done(None, Changes(frozenset({Topic.SETTINGS})))
