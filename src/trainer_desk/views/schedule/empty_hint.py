"""What lies over a calendar without sessions: one sentence, a new one, and the way to the nearest there is (ux 5)."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from trainer_desk.services.planning.busy_days import nearest_day
from trainer_desk.texts import day_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.empty_state import Choice, EmptyState
from trainer_desk.views.schedule.ranges import DayRange
from trainer_desk.views.theme import look

WIDTH = 380
LOW = 0.62
"""Its width in pixels at 100 %, and how far down its middle stands: the mornings above it stay free for drawing."""


class EmptyHint(QFrame):
    """Stands over `page`; `ways` gives its first buttons, `go_to` is what the last one does."""

    def __init__(
        self, page: QWidget, desk: Desk, ways: Callable[[], tuple[Choice, ...]], go_to: Callable[[date], object]
    ) -> None:
        super().__init__(page)
        self.setObjectName("Hint")
        self._page, self._desk, self._ways, self._go_to = page, desk, ways, go_to
        self.state = EmptyState()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 14)
        column.addWidget(self.state)
        page.installEventFilter(self)
        self.hide()

    def show_for(self, shown: DayRange) -> None:
        """Say that nothing is planned in these days, and look for the nearest that have something."""
        self._say()
        self._desk.read(self, nearest_day, shown.first, shown.last, then=self._offer, lane="nearest")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _offer(self, day: date | None) -> None:
        if day is not None and self.isVisible():
            self._say((_("Show {day}").format(day=day_text(day, year=True)), lambda: self._go_to(day)))

    def _say(self, *others: Choice) -> None:
        self.state.say(_("Nothing planned in this range."), *self._ways(), *others)
        self.show()
        self.raise_()
        self._place()
        # New buttons know their size only when the style has dressed them.
        QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        self.state.setMinimumWidth(look().px(WIDTH))
        self.adjustSize()
        room = self._page.size()
        self.move((room.width() - self.width()) // 2, round(room.height() * LOW) - self.height() // 2)
