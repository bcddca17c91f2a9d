"""Toasts: one short sentence at a time about what just happened, with at most one action (ux 12)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QWidget

from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import Button, IconButton
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.theme import look

KINDS = {
    "ok": ("check", "ok", "Done"),
    "info": ("info", "expiring", "Note"),
    "warn": ("triangle-alert", "warn", "Attention"),
    "block": ("octagon-alert", "danger", "Refused"),
}
"""Icon, colour and spoken word of each kind; `block` is a refusal."""
SHORT, LONG = 6.0, 10.0
WIDEST, BOTTOM = 620, 44
KEPT = 200


@dataclass(frozen=True, slots=True)
class Note:
    """A toast as it is kept in the list of notifications; `at` is UTC."""

    text: str
    kind: str
    action: str
    do: Callable[[], object] | None
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True)
class Told(Note):
    """What the bell tells (D6): with an icon of its own, new until it was seen; `do` opens what it is about."""

    icon: str = "bell"
    token: str = "text2"
    is_new: bool = False


class Toast(QFrame):
    """The widget of one note."""

    dismissed = Signal()

    def __init__(self, host: QWidget, note: Note) -> None:
        super().__init__(host)
        self.setObjectName("Toast")
        self.note, self._host = note, host
        icon, token, word = KINDS[note.kind]
        self.setAccessibleName(f"{word}: {note.text}")
        self.label = PlainLabel(note.text, wrap=True)
        self.label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(_InverseIcon(icon, token, meaning=word), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.label, 1)
        self.action = Button(note.action) if note.do is not None else None
        if self.action is not None:
            self.action.clicked.connect(self._act)
            row.addWidget(self.action)
        self.cross = _InverseCross()
        self.cross.clicked.connect(self.dismissed)
        row.addWidget(self.cross)

    def place(self, rise: int) -> None:
        """Stand in the middle, `rise` pixels above the bottom of the host."""
        host = self._host
        widest = min(look().px(WIDEST), host.width() - 32)
        words = self.label.fontMetrics().horizontalAdvance(self.label.text()) + 8
        self.label.setMinimumWidth(0)
        self._row.activate()
        others = self.sizeHint().width() - self.label.sizeHint().width()
        self.label.setFixedWidth(max(40, min(words, widest - others)))
        self.adjustSize()
        self.move((host.width() - self.width()) // 2, host.height() - self.height() - rise)

    def _act(self) -> None:
        do = self.note.do
        self.dismissed.emit()
        if do is not None:
            do()


class _InverseIcon(IconLabel):
    """An icon in the colours of the other theme, on which toasts stand."""

    def _draw(self) -> None:
        show = look()
        colour = show.inverse[self._token]
        ratio = self.devicePixelRatioF()
        self.setPixmap(show.pixmap_in(self._icon, colour, self._size, ratio))
        self.setFixedSize(show.px(self._size), show.px(self._size))


class _InverseCross(IconButton):
    def __init__(self) -> None:
        super().__init__("x", "Dismiss", "tiny", size=14)

    def _draw_icon(self) -> None:
        self.setIcon(look().icon_in("x", look().inverse["text2"], 14))


class Toasts(QObject):
    """Shows toasts over `host`, the newest wins; every one is kept in `history`, the newest last.

    The time stops while the pointer or the focus is on the toast and while the window is not active.
    """

    kept = Signal(object)

    def __init__(self, host: QWidget, rise: int = BOTTOM) -> None:
        super().__init__(host)
        self._host, self._rise = host, rise
        self.history: list[Note] = []
        self.current: Toast | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self.dismiss)
        self._left = 0.0
        host.installEventFilter(self)
        look().changed.connect(self._wait_for_the_look)

    def show(
        self,
        text: str,
        kind: str = "ok",
        action: str = "",
        do: Callable[[], object] | None = None,
        *,
        keep: bool = True,
    ) -> Toast:
        """Show a sentence (one of KINDS) with at most one action, 6 s, or 10 s if it is a refusal, and speak it.

        Without `keep` it stands in the list of notifications already.
        """
        note = Note(text, kind, action, do)
        if keep:
            self.history.append(note)
            del self.history[:-KEPT]
            self.kept.emit(note)
        self.dismiss()
        toast = self.current = Toast(self._host, note)
        toast.dismissed.connect(self.dismiss)
        toast.place(self._rise)
        toast.show()
        toast.raise_()
        for part in (toast, toast.action, toast.cross):
            if part is not None:
                part.installEventFilter(self)
        self._host.window().installEventFilter(self)
        self._left = LONG if kind == "block" else SHORT
        self.resume()
        announce(toast, toast.accessibleName(), urgent=kind == "block")
        return toast

    @property
    def running(self) -> bool:
        """Whether the time of the toast is running."""
        return self._clock.isActive()

    @property
    def seconds_left(self) -> float:
        """How long the toast will stay from now on, if nobody stops the time."""
        return self._clock.remainingTime() / 1000 if self.running else self._left

    def dismiss(self) -> None:
        """Take the toast away."""
        self._clock.stop()
        if self.current is not None:
            self.current.hide()
            self.current.deleteLater()
            self.current = None

    def pause(self) -> None:
        """Stop the time."""
        if self.running:
            self._left = self._clock.remainingTime() / 1000
            self._clock.stop()

    def resume(self) -> None:
        """Let the time run on, unless somebody still looks at the toast or away from the window."""
        if self.current is None or self.running or self._is_watched():
            return
        self._clock.start(max(1, round(self._left * 1000)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stop and restart the time, and keep the toast in its place."""
        kind = event.type()
        if watched is self._host and kind == QEvent.Type.Resize and self.current is not None:
            self.current.place(self._rise)
        elif kind in (QEvent.Type.Enter, QEvent.Type.FocusIn, QEvent.Type.WindowDeactivate) and self._counts(watched):
            self.pause()
        elif kind in (QEvent.Type.Leave, QEvent.Type.FocusOut, QEvent.Type.WindowActivate):
            QTimer.singleShot(0, self, self.resume)
        return False

    def _wait_for_the_look(self) -> None:
        # The labels measure their texts in the new size only when the events of the style sheet have gone round.
        QTimer.singleShot(0, self, self._place_again)

    def _place_again(self) -> None:
        if self.current is not None:
            self.current.place(self._rise)

    def _counts(self, watched: QObject) -> bool:
        return watched is not self._host or self._host.isWindow()

    def _is_watched(self) -> bool:
        toast = self.current
        if toast is None:
            return False
        has_focus = QApplication.focusWidget() in (toast.action, toast.cross)
        return toast.underMouse() or has_focus or not self._host.window().isActiveWindow()
