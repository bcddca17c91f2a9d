"""The bar over the schedule: range, week number, arrows and Today, the views, filters and New session."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button, IconButton, leave_focus
from trainer_desk.views.parts.plain_label import PlainLabel, plain_tip
from trainer_desk.views.parts.segment import Segment
from trainer_desk.views.schedule.ranges import View, title_of, view_words, week_words

GAP = 4
SIDES = (10, 12)
"""Margins left and right, in pixels."""


class ScheduleBar(QWidget):
    """Says what is on show and asks for something else."""

    view_wanted = Signal(object)
    step_wanted = Signal(int)
    today_wanted = Signal()
    filter_wanted = Signal()
    print_wanted = Signal()
    session_wanted = Signal()
    day_wanted = Signal()
    """Another day is to be gone to."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Schedule"))
        self.title = Button(kind="title")
        self.title.setToolTip(plain_tip(_("Go to a day (Ctrl+G)")))
        self.week = PlainLabel("", "small")
        self.back = IconButton("chevron-left", _("Previous (Page Up)"), "icon")
        self.today = Button(_("Today"))
        self.on = IconButton("chevron-right", _("Next (Page Down)"), "icon")
        self.segment = Segment(view_words(), _("View"))
        self.filter = IconButton("funnel", _("Show only…"), "icon")
        self.print = IconButton("printer", _("Print the plan (Ctrl+P)"), "icon")
        self.new = Button(_("New session"), "plus", "primary")
        self._lay_out()
        single = (self.title, self.back, self.today, self.on, self.filter, self.print, self.new)
        for button in (*single, *self.segment.buttons.values()):
            leave_focus(button)
        self.title.clicked.connect(lambda: self.day_wanted.emit())
        self.back.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.on.clicked.connect(lambda: self.step_wanted.emit(1))
        self.today.clicked.connect(lambda: self.today_wanted.emit())
        self.segment.chosen.connect(lambda view: self.view_wanted.emit(View(view)))
        self.filter.clicked.connect(lambda: self.filter_wanted.emit())
        self.print.clicked.connect(lambda: self.print_wanted.emit())
        self.new.clicked.connect(lambda: self.session_wanted.emit())

    def show_range(self, view: View, anchor: date) -> None:
        """Say which range is on show."""
        self.title.set_words(title_of(view, anchor))
        self.week.setText(week_words(view, anchor))
        self.segment.choose(view)
        self._fit()

    def show_filtered(self, on: bool) -> None:
        """Show whether a filter is on."""
        self.filter.set_icon("funnel", "accent" if on else "text2")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out week number and printer, shorten New session, then fold the views, where there is no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        views = self.segment.buttons[View.DAY].parentWidget() or self.segment
        self._name_new(_("New session"))
        self.print.show()
        needed = self._needed(views)
        if self.width() < needed:
            self._name_new(_("New"))
            needed = self._needed(views)
        if self.width() < needed:  # its key prints as well
            self.print.hide()
            needed = self._needed(views)
        folds = self.width() < needed
        self.segment.set_compact(folds)
        self.print.setVisible(folds or not self.print.isHidden())
        self.week.setVisible(self.width() >= needed + self.week.sizeHint().width() + GAP)

    def _needed(self, views: QWidget) -> int:
        singles = (self.title, self.back, self.today, self.on, self.filter, self.print, self.new)
        parts: tuple[QWidget, ...] = (*singles, views)
        shown = [part for part in parts if part is views or not part.isHidden()]
        return sum(part.sizeHint().width() for part in shown) + sum(SIDES) + GAP * len(shown)

    def _name_new(self, words: str) -> None:
        """Shorten what stands on the button, never what is said of it."""
        if self.new.words() != words:
            self.new.set_words(words)
            self.new.setAccessibleName(_("New session"))

    def _lay_out(self) -> None:
        self.title.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.segment.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDES[0], 10, SIDES[1], 10)
        row.setSpacing(GAP)
        row.addWidget(self.title)
        row.addWidget(self.week)
        for part in (self.back, self.today, self.on):
            row.addWidget(part)
        row.addStretch()
        row.addWidget(self.segment)
        row.addWidget(self.filter)
        row.addWidget(self.print)
        row.addWidget(self.new)
