"""Who else is on file: what makes a ``Redactor`` for one child's papers."""

from collections.abc import Collection

from app.domain.ids import ChildId
from app.domain.redaction import Named, Redactor
from app.store import curriculum_rules, growing
from app.store.database import Database


class NameBook:
    """Every child's names, read once and used for a whole class's papers."""

    def __init__(self, database: Database) -> None:
        self._names = {key: Named(name, nickname) for key, name, nickname in growing.list_names(database)}

    def redactor(self, child: ChildId) -> Redactor:
        """What takes all others' names out of texts about one child."""
        own = self._names.get(child, Named(""))
        others = [one for key, one in self._names.items() if key != child]
        return Redactor(own, others, curriculum_rules.ordinary())

    def called_in(self, child: ChildId, text: str) -> tuple[str, ...]:
        """By what other children are called in a text: 周乐瑶, 乐瑶, 瑶瑶.

        What is part of her own name or of a longer name found is not counted, nor an ordinary word; 杨雨桐 in
        the note of another 雨桐 is.
        """
        own, plain = self._names.get(child, Named("")), curriculum_rules.ordinary().words
        forms = {form for key, one in self._names.items() if key != child for form in one.forms}
        return _found(text, forms - plain, own.forms)

    def whole_names_in(self, child: ChildId, text: str) -> tuple[str, ...]:
        """Whole names of other children in a text; those that are part of her own are not counted."""
        own = self._names.get(child, Named("")).name
        names = {one.name for key, one in self._names.items() if key != child and len(one.name) > 1}
        return _found(text, names, (own,) if own else ())


def _found(text: str, others: Collection[str], own: Collection[str]) -> tuple[str, ...]:
    """Which names of others a text holds. Longer ones go first, her own between them by their length."""
    found = []
    for name in sorted({*others, *own}, key=lambda one: (-len(one), one not in own, one)):
        if name in text:
            text = text.replace(name, "　")
            if name not in own:
                found.append(name)
    return tuple(found)
