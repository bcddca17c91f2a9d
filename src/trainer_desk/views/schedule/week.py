"""The week: seven days across, hours down; a busy day gets more room, and "+n" opens it (ux 4)."""

from trainer_desk.texts.translate import _
from trainer_desk.views.schedule.day_columns import DayColumns
from trainer_desk.views.schedule.week_layout import WEEK_LIMIT


class WeekView(DayColumns):
    """All days of the board beside each other."""

    limit = WEEK_LIMIT

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("week")
        self.setAccessibleName(_("Week"))
