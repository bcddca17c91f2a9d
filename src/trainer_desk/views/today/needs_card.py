"""The card of who needs training: per course four counts, each with icon and colour, and a bar of their shares."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_desk.services.rows.dashboard import Need, Needs
from trainer_desk.services.rules.compliance import EXPIRING, GREEN, RED, YELLOW
from trainer_desk.texts.translate import _
from trainer_desk.texts.words import group_word
from trainer_desk.views.parts.plain_label import ElidedLabel, IconLabel, PlainLabel, plain_tip
from trainer_desk.views.theme import look
from trainer_desk.views.today.card import Card
from trainer_desk.views.today.line_frame import LineFrame

FEW = 5
TALL, GAP, COUNT = 8, 2, 58
MARKS = {
    RED: ("octagon-alert", "danger", "danger_fill"),
    YELLOW: ("triangle-alert", "warn", "warn_fill"),
    EXPIRING: ("clock", "expiring", "expiring_fill"),
    GREEN: ("circle-check", "ok", "ok_fill"),
}
"""Icon and colour of each group's count, and the colour of its stretch in the bar."""


class ShareBar(QWidget):
    """The shares of the four groups side by side; nobody needs it who reads the counts beside it."""

    def __init__(self, counts: dict[int, int]) -> None:
        super().__init__()
        self._counts = counts
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the size at the current text size."""
        return QSize(look().px(120), look().px(TALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a rounded stretch for each group that has anybody, the smallest still to be seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        left, tall = 0.0, float(self.height())
        for group, width in self._stretches():
            painter.setBrush(look().colour(MARKS[group][2]))
            painter.drawRoundedRect(QRectF(left, 0, width, tall), 3, 3)
            left += width + GAP
        painter.end()

    def _stretches(self) -> list[tuple[int, float]]:
        there = {group: count for group, count in self._counts.items() if count}
        if not there:
            return []
        least = float(look().px(4))
        room = self.width() - GAP * (len(there) - 1) - least * len(there)
        total = sum(there.values())
        return [(group, least + max(room, 0) * count / total) for group, count in there.items()]


class NeedRow(LineFrame):
    """A course with its counts; pressing it opens the course's page."""

    def __init__(self, title: str, need: Need) -> None:
        super().__init__()
        self.need = need
        counts = {RED: need.red, YELLOW: need.yellow, EXPIRING: need.expiring, GREEN: need.green}
        said = ", ".join(f"{count:,} {group_word(group).lower()}" for group, count in counts.items())
        self.setAccessibleName(f"{title}: {said}")
        self.title = ElidedLabel(title, "medium")
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title, 1)
        for group, count in counts.items():
            head.addWidget(_count(group, count))
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 3, 6, 5)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(ShareBar(counts))


class NeedsCard(Card):
    """The courses that most people lack; `course_wanted` carries a course's id."""

    course_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__(_("Who needs training"), _("Open People"))
        self.key = PlainLabel("", "small", wrap=True)
        self.key.setContentsMargins(8, 4, 8, 0)
        whole = self.layout()
        assert whole is not None
        whole.addWidget(self.key)

    def show_needs(self, needs: Needs) -> None:
        """Show the courses in their order."""
        names = {course.id: course.title for course in needs.directory.courses.values()}
        shown = [(names[need.course_id], need) for need in needs.courses]
        if shown == self.shown_facts:
            return
        self.shown_facts = shown
        self.show_lines(
            [partial(self._row, title, need) for title, need in shown],
            first=range(min(FEW, len(shown))),
            empty=_("Nobody must hold a course yet. Say who must on the page Requirements."),
        )
        self.key.setText(_("People per course: not compliant, pending, expiring soon, compliant."))
        self.key.setVisible(bool(shown))

    def _row(self, title: str, need: Need) -> NeedRow:
        row = NeedRow(title, need)
        row.opened.connect(lambda: self.course_wanted.emit(need.course_id))
        return row


def _count(group: int, count: int) -> QWidget:
    icon, tone, _fill = MARKS[group]
    part = QWidget()
    part.setToolTip(plain_tip(group_word(group)))
    part.setFixedWidth(look().px(COUNT))
    row = QGridLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setHorizontalSpacing(4)
    row.setColumnStretch(0, 1)
    row.addWidget(IconLabel(icon, tone, 14, group_word(group)), 0, 1)
    row.addWidget(PlainLabel(f"{count:,}", "strong", tone=tone), 0, 2)
    return part
