"""The widgets of the attendance window and where they stand (ux 9)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.texts.translate import _
from trainer_desk.views.actions import key_text, spec_of
from trainer_desk.views.attendance.lines import Counts
from trainer_desk.views.attendance.model import AttendeeModel
from trainer_desk.views.attendance.people_list import AttendeeList
from trainer_desk.views.parts.buttons import Button, IconButton, leave_focus
from trainer_desk.views.parts.notice_bar import NoticeBar
from trainer_desk.views.parts.plain_label import ElidedLabel, PlainLabel
from trainer_desk.views.parts.work_sign import WorkSign


class Figure(QWidget):
    """A count in large digits with its word."""

    def __init__(self, word: str, tone: str) -> None:
        super().__init__()
        self._word = word
        self.number = PlainLabel("0", "h1", tone=tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(self.number, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(PlainLabel(word, "muted"), 0, Qt.AlignmentFlag.AlignBottom)

    def show_number(self, number: int) -> None:
        """Show another count."""
        self.number.setText(str(number))
        self.setAccessibleName(f"{number} {self._word}")


class Frame:
    """The parts by name; `lay_out` puts them into the window."""

    def __init__(self, model: AttendeeModel) -> None:
        self.title, self.subtitle = ElidedLabel("", "h1"), ElidedLabel(" ", "h3")
        self.subtitle.set_tone("muted")
        self.work = WorkSign()
        self.figures = (
            Figure(_("attended"), "ok"),
            Figure(_("no-show"), "danger"),
            Figure(_("to mark"), ""),
        )
        self.large = IconButton("a-large-small", _("Large text (125 %)"), "touchicon", size=20)
        self.large.setCheckable(True)
        full = f"{_('Full screen')} ({key_text(spec_of('attendance_full').keys)[0]})"
        self.full = IconButton("maximize", full, "touchicon", size=20)
        paper = f"{_('Print the sign-in sheet')} ({key_text(spec_of('attendance_print').keys)[0]})"
        self.paper = IconButton("printer", paper, "touchicon", size=20)
        self.leave = IconButton("x", _("Close (Esc)"), "touchicon", size=20)
        self.all = Button(_("Mark all attended"), "check-check", "primary", token="on_accent", size=18)
        self.undo = Button(_("Undo"), "undo-2", "", size=18)
        self.walk_in = Button(_("Add walk-in"), "user-plus", "", size=18)
        self.hints = PlainLabel("", "small", wrap=True)
        self.hints.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.notice = NoticeBar()
        self.people = AttendeeList(model)
        self.empty = PlainLabel(_("Nobody has a seat in this session yet."), "muted", wrap=True)
        self.foot = PlainLabel("", wrap=True)
        self.start = Button(_("Start session"), "", "")
        self.complete = Button(_("Complete session"), "", "primary")
        for button in (
            self.large,
            self.full,
            self.paper,
            self.leave,
            self.all,
            self.undo,
            self.walk_in,
            self.start,
            self.complete,
        ):
            leave_focus(button)
        for button in (self.all, self.undo, self.walk_in, self.start, self.complete):
            button.setProperty("tall", True)

    def show_counts(self, counts: Counts) -> None:
        """Show how many are marked how."""
        for figure, number in zip(self.figures, (counts.attended, counts.no_show, counts.unmarked), strict=True):
            figure.show_number(number)
        anybody = sum((counts.attended, counts.no_show, counts.unmarked)) > 0
        self.all.setEnabled(counts.unmarked > 0)
        self.empty.setVisible(not anybody)

    def show_hints(self, *, asks_result: bool) -> None:
        """Say which keys there are."""
        words = [_("1 Not marked"), _("2 Attended"), _("3 No-show")]
        if asks_result:
            words += [_("4 Passed"), _("5 Failed")]
        self.hints.setText(" \u2002".join(one.replace(" ", "\u00a0") for one in (*words, _("F2 Remark"))))

    def lay_out(self, window: QWidget) -> None:
        """Put the parts into the window."""
        column = QVBoxLayout(window)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addLayout(self._tools())
        column.addWidget(self.notice)
        column.addWidget(_rule())
        middle = QVBoxLayout()
        middle.setContentsMargins(8, 4, 4, 0)
        middle.setSpacing(8)
        self.empty.setContentsMargins(14, 12, 14, 0)
        middle.addWidget(self.empty)
        middle.addWidget(self.people, 1)
        column.addLayout(middle, 1)
        column.addWidget(self._foot())

    def _head(self) -> QHBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self.title)
        names.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 14, 8)
        head.setSpacing(12)
        head.addLayout(names, 1)
        head.addWidget(self.work, 0, Qt.AlignmentFlag.AlignVCenter)
        for figure in self.figures:
            head.addWidget(figure, 0, Qt.AlignmentFlag.AlignVCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for button in (self.paper, self.large, self.full, self.leave):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(buttons)
        return head

    def _tools(self) -> QHBoxLayout:
        tools = QHBoxLayout()
        tools.setContentsMargins(20, 0, 20, 12)
        tools.setSpacing(8)
        for button in (self.all, self.undo, self.walk_in):
            tools.addWidget(button)
        tools.addWidget(self.hints, 1)
        return tools

    def _foot(self) -> QWidget:
        foot = QWidget()
        foot.setObjectName("Desk")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 12, 20, 12)
        row.setSpacing(8)
        row.addWidget(self.foot, 1)
        row.addWidget(self.start)
        row.addWidget(self.complete)
        return foot


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "rule")
    return rule
