"""The sheets and papers over the class, each imported when it is first opened."""

import importlib

from app.ui.rooms import RoomContext

_SHEETS = {
    "dishes": "app.ui.classroom.dish_sheet:open_dishes",
    "history": "app.ui.classroom.history:open_history",
    "photo": "app.ui.classroom.photo_sheet:open_photo",
    "medicine": "app.ui.classroom.slip_paper:open_slip",
    "phrases": "app.ui.classroom.phrase_sheet:open_phrases",
    "week": "app.ui.classroom.week_sheet:open_week",
}


def open_sheet(name: str, context: RoomContext, *what: object, **how: object) -> None:
    """Lay a sheet over the window, told what it is about."""
    module, _, opener = _SHEETS[name].partition(":")
    getattr(importlib.import_module(module), opener)(context, *what, **how)
