"""One day with all parallel sessions: each keeps a readable width, and the grid scrolls sideways if need be."""

from trainer_desk.texts.translate import _
from trainer_desk.views.schedule.day_columns import DayColumns


class DayView(DayColumns):
    """The first day of the board, without "+n"."""

    limit = None

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("day")
        self.setAccessibleName(_("Day"))
