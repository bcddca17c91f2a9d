"""Where the door answers: one large verdict with its button, and the ones before it in a few lines (K9)."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_desk.texts.translate import _
from trainer_desk.views.door.verdicts import Verdict
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import Button, leave_focus
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel, restyle
from trainer_desk.views.theme import look

KEPT, LINE = 12, 28


class VerdictCard(QFrame):
    """The newest answer, in words and icon on its colour; also spoken."""

    action_wanted = Signal(object)
    """The Verdict whose button was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Verdict")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.verdict: Verdict | None = None
        self._icon = IconLabel("info", "text2", 36)
        self.head = PlainLabel("", "h1", wrap=True)
        self.note = PlainLabel("", "h3", wrap=True)
        self.action = Button("", kind="touch")
        leave_focus(self.action)
        self.action.clicked.connect(lambda: self.action_wanted.emit(self.verdict))
        words = QVBoxLayout()
        words.setSpacing(2)
        for part in (self.head, self.note):
            words.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.action)
        self.rest()

    def rest(self) -> None:
        """Say that the door is ready."""
        self._show(Verdict(_("Ready"), _("Scan a badge, type a name, or tap a person."), "muted", "info"))
        self.verdict = None

    def say(self, verdict: Verdict) -> None:
        """Show and speak an answer."""
        self._show(verdict)
        self.verdict = verdict
        announce(self, verdict.spoken, urgent=verdict.tone == "danger")

    def _show(self, verdict: Verdict) -> None:
        token = "text2" if verdict.tone == "muted" else verdict.tone
        self.setProperty("tone", verdict.tone)
        self._icon.show_icon(verdict.icon, token)
        self.head.setText(verdict.head)
        self.note.setText(verdict.note)
        self.note.setVisible(bool(verdict.note))
        self.action.set_words(verdict.action_word)
        self.action.setVisible(bool(verdict.action))
        self.setAccessibleName(verdict.spoken)
        for part in (self, self.head, self.note):
            restyle(part)


class Earlier(QWidget):
    """The answers before the newest one, as many as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.verdicts: list[Verdict] = []
        self.setAccessibleName(_("Earlier answers"))

    def add(self, verdict: Verdict) -> None:
        """Put one more on top."""
        self.verdicts.insert(0, verdict)
        del self.verdicts[KEPT:]
        self.setAccessibleDescription(". ".join(one.spoken for one in self.verdicts))
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Take what is left, which may be nothing."""
        return QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a line each: icon, who and what."""
        show, painter = look(), QPainter(self)
        height, size = show.px(LINE), show.px(16)
        font = show.font("title3")
        painter.setFont(font)
        for place, verdict in enumerate(self.verdicts[: self.height() // height]):
            token = "text2" if verdict.tone == "muted" else verdict.tone
            middle = place * height + height / 2
            pixmap = show.pixmap(verdict.icon, token, 16, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(show.px(4), middle - size / 2), pixmap)
            left = show.px(4) + size + show.px(8)
            words = f"{verdict.head} · {verdict.note}" if verdict.scan is not None else verdict.head
            shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, self.width() - left)
            painter.setPen(show.colour(token))
            box = QRectF(left, place * height, self.width() - left, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()
