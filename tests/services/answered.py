"""Two records of a child merged by somebody who has looked, and says of each right of the younger whether."""

from app.domain.joining import Side


def answers(services, actor, kept, merged, *, believed=True):
    """The younger record's side of every choice about rights; the elder's where it is not ``believed``.

    Of two names of perhaps two children, and of two faces, the kept one's.
    """
    shown = services.merging.compare_children(actor, kept, merged)
    later = Side.KEPT if "左边是后建的" in " ".join(shown.notes) else Side.MERGED
    side = next(one for one in Side if (one is later) is believed)
    said = {line.choice: side for line in shown.lines if line.choice.startswith("rights.")}
    asked = {"name", "photo"} & {line.choice for line in shown.lines if line.side is None}
    return {**said, **dict.fromkeys(asked, Side.KEPT)}


def merge_children(services, actor, kept, merged, choices=None, *, believed=True):
    """Merge, with ``choices`` beside those of rights."""
    said = {**answers(services, actor, kept, merged, believed=believed), **(choices or {})}
    return services.merging.merge_children(actor, kept, merged, said)
