"""Who else is on file: what makes a ``Redactor`` for one child's papers."""

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

        What is part of her own name or of a longer name found is not counted, nor an ordinary word.
        """
        own, plain = self._names.get(child, Named("")), curriculum_rules.ordinary().words
        rest = text
        for form in sorted(own.forms, key=len, reverse=True):
            rest = rest.replace(form, "　")
        forms = {form for key, one in self._names.items() if key != child for form in one.forms}
        found = []
        for form in sorted(forms - plain, key=lambda form: (-len(form), form)):
            if form in rest:
                found.append(form)
                rest = rest.replace(form, "　")
        return tuple(found)

    def whole_names_in(self, child: ChildId, text: str) -> tuple[str, ...]:
        """Whole names of other children in a text; those that are part of her own are not counted."""
        own = self._names.get(child, Named("")).name
        rest = text.replace(own, "") if own else text
        return tuple(
            one.name
            for key, one in self._names.items()
            if key != child and len(one.name) > 1 and one.name != own and one.name in rest
        )
