"""Labels and tooltips that show text as it is: a person named `<b>` stays `<b>` (U7)."""

import html

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from trainer_desk.views.theme import look


def plain_tip(text: str) -> str:
    """Return `text` for setToolTip, which would read markup in it otherwise."""
    return f"<qt>{html.escape(text)}</qt>" if text else ""


def restyle(widget: QWidget) -> None:
    """Make the style sheet look at a widget's properties again after one of them changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class PlainLabel(QLabel):
    """A label whose `role` (h1, h2, h3, strong, medium, muted, small, field, caption, count) gives its type.

    `tone` (danger, warn, expiring, ok, accent, muted) gives its colour.
    """

    def __init__(self, text: str = "", role: str = "", *, tone: str = "", wrap: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(wrap)
        self.setProperty("role", role)
        self.setProperty("tone", tone)

    def set_tone(self, tone: str) -> None:
        """Change the colour: danger, warn, expiring, ok, accent, muted or nothing."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)


class ElidedLabel(PlainLabel):
    """One line that ends in `…` where there is no room; the whole text is its tooltip and accessible name."""

    def __init__(self, text: str = "", role: str = "", *, tone: str = "") -> None:
        self._whole = text
        super().__init__(text, role, tone=tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.set_whole(text)

    def whole(self) -> str:
        """Return the text before it was shortened."""
        return self._whole

    def set_whole(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._shorten()

    def minimumSizeHint(self) -> QSize:
        """Let the line shrink to three characters or so."""
        return QSize(look().px(32), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten anew for the new width."""
        super().resizeEvent(event)
        self._shorten()

    def changeEvent(self, event: QEvent) -> None:
        """Shorten anew for the new font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._shorten()

    def _shorten(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 1))
        if not self.isVisible():
            shown = self._whole
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(plain_tip(self._whole) if shown != self._whole else "")


class IconLabel(QLabel):
    """A small icon in a token's colour that follows the theme; `meaning` is what a screen reader says for it."""

    def __init__(self, name: str, token: str = "text2", size: int = 16, meaning: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._icon, self._token, self._size = name, token, size
        self.setAccessibleName(meaning)
        look().changed.connect(self._draw)
        self._draw()

    def show_icon(self, name: str, token: str, meaning: str = "") -> None:
        """Show another icon or colour."""
        self._icon, self._token = name, token
        self.setAccessibleName(meaning)
        self._draw()

    def _draw(self) -> None:
        self.setPixmap(look().pixmap(self._icon, self._token, self._size, self.devicePixelRatioF()))
        self.setFixedSize(look().px(self._size), look().px(self._size))
