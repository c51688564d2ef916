"""What ReportLab imports at once and hardly a paper needs."""

import importlib.util
import sys

_PICTURES = "PIL.Image"


def defer_pictures() -> None:
    """Let Pillow be loaded by the first picture on a paper: 40 ms of the first paper, and 3 MB.

    To be called before ReportLab is imported. Papers are painted one at a time, so that one thread loads it.
    """
    if _PICTURES in sys.modules:
        return
    spec = importlib.util.find_spec(_PICTURES)
    if spec is None or spec.loader is None:  # ReportLab says better what is missing
        return
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[_PICTURES] = module
    spec.loader.exec_module(module)
    # Whoever imports it from its package gets it as it is; by its whole name it would be loaded.
    sys.modules["PIL"].Image = module  # type: ignore[attr-defined]
