"""Asks why sessions with people in them are cancelled; the reason is kept with them (S4)."""

from PySide6.QtWidgets import QWidget

from trainer_desk.texts import people_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.reason_sheet import ReasonSheet


class CancelSheet(ReasonSheet):
    """Says how many people lose the date."""

    def __init__(self, over: QWidget, title: str, people: int) -> None:
        said = _("{people} will lose this date and keep their place on record.").format(people=people_text(people))
        super().__init__(
            over,
            title,
            said,
            keep=_("Keep it"),
            go=_("Cancel session"),
            missing=_("Give a reason, so that people can be told."),
        )
