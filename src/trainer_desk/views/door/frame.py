"""The widgets of the check-in window and where they stand: what is done on the left, who is expected on the right."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trainer_desk.texts.translate import _
from trainer_desk.views.actions import key_text, spec_of
from trainer_desk.views.door.answers import Earlier, VerdictCard
from trainer_desk.views.door.gauge import Gauge
from trainer_desk.views.door.model import ExpectedModel
from trainer_desk.views.door.people_list import ExpectedList
from trainer_desk.views.parts.buttons import Button, IconButton, leave_focus
from trainer_desk.views.parts.notice_bar import NoticeBar
from trainer_desk.views.parts.plain_label import ElidedLabel, PlainLabel
from trainer_desk.views.parts.work_sign import WorkSign

LONGEST = 200
"""Characters that the field takes; no badge has so many."""


class Frame:
    """The parts by name; `lay_out` puts them into the window."""

    def __init__(self, model: ExpectedModel, zone: ZoneInfo) -> None:
        self.title, self.subtitle = ElidedLabel("", "h1"), ElidedLabel(" ", "h3")
        self.subtitle.set_tone("muted")
        self.work = WorkSign()
        self.full = IconButton("maximize", _named(_("Full screen"), "door_full"), "touchicon", size=20)
        self.leave = IconButton("x", _("Close (Esc)"), "touchicon", size=20)
        self.notice = NoticeBar()
        self.gauge = Gauge()
        self.come = Button(_named(_("In"), "door_in"), "log-in", "touch", on_token="accent", size=20)
        self.go = Button(_named(_("Out"), "door_out"), "log-out", "touch", on_token="accent", size=20)
        self.field = QLineEdit()
        self.verdict = VerdictCard()
        self.earlier = Earlier()
        self.heading, self.count = PlainLabel(_("Expected people"), "h3"), PlainLabel("", "muted")
        self.people = ExpectedList(model, zone)
        self.empty = PlainLabel("", "muted", wrap=True)
        self._modes = QButtonGroup()
        for button in (self.come, self.go):
            button.setCheckable(True)
            self._modes.addButton(button)
        for button in (self.come, self.go, self.full, self.leave):
            leave_focus(button)
        self.field.setProperty("kind", "scan")
        self.field.setMaxLength(LONGEST)

    def name_mode(self, *, comes: bool) -> None:
        """Say at the field what a badge does."""
        self.field.setAccessibleName(_("Badge or name, to check in") if comes else _("Badge or name, to check out"))
        self.field.setPlaceholderText(_("Badge or name"))

    def show_emptiness(self, *, anybody: bool, searching: bool, shown: int) -> None:
        """Say why the list is empty, where it is."""
        if not anybody:
            self.empty.setText(_("Nobody is enrolled. Whoever comes is given a seat as long as there is one."))
        elif searching:
            self.empty.setText(_("None of the expected people is called so. Press Enter to look for the badge."))
        self.empty.setVisible(shown == 0)
        self.people.setVisible(shown > 0)

    def lay_out(self, window: QWidget) -> None:
        """Put the parts into the window."""
        column = QVBoxLayout(window)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self.notice)
        rule = QFrame()
        rule.setProperty("role", "rule")
        column.addWidget(rule)
        both = QHBoxLayout()
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self._left(), 9)
        both.addWidget(self._right(), 11)
        column.addLayout(both, 1)

    def _head(self) -> QHBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self.title)
        names.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 14, 12)
        head.setSpacing(8)
        head.addLayout(names, 1)
        for part in (self.work, self.full, self.leave):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        return head

    def _left(self) -> QWidget:
        left = QWidget()
        left.setObjectName("Desk")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        modes = QHBoxLayout()
        modes.setSpacing(10)
        modes.addWidget(self.come, 1)
        modes.addWidget(self.go, 1)
        column = QVBoxLayout(left)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.gauge)
        column.addLayout(modes)
        column.addWidget(self.field)
        column.addWidget(self.verdict)
        column.addWidget(self.earlier, 1)
        return left

    def _right(self) -> QWidget:
        right = QWidget()
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 8, 0)
        head.addWidget(self.heading, 1)
        head.addWidget(self.count)
        column = QVBoxLayout(right)
        column.setContentsMargins(12, 16, 8, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.empty)
        column.addWidget(self.people, 1)
        column.addStretch(0)
        return right


def _named(text: str, action: str) -> str:
    """Return the words of a button with its key: `In (F2)`."""
    return f"{text} ({key_text(spec_of(action).keys)[0]})"
