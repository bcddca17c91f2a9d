"""Push buttons whose icon follows the theme and whose text is never read as markup or mnemonic."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton

from trainer_desk.views.parts.plain_label import plain_tip
from trainer_desk.views.theme import look

_ICON_TOKENS = {"primary": "on_accent", "link": "accent"}


def literal(text: str) -> str:
    """Return `text` for a button or menu, where a single `&` would vanish and underline the next letter."""
    return text.replace("&", "&&")


def leave_focus(button: QPushButton) -> None:
    """Let a click leave the focus where it is, in the calendar or the list, so that its keys go on working."""
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)


def stop_at(chosen: QPushButton, choices: Iterable[QPushButton]) -> None:
    """Let Tab stop at the chosen one of a group, from where arrows walk; Qt itself does so only as the focus moves."""
    tab = Qt.FocusPolicy.TabFocus
    for button in choices:
        policy = button.focusPolicy()
        button.setFocusPolicy(policy | tab if button is chosen else policy & ~tab)


class Button(QPushButton):
    """A button with a verb; `kind` is primary, ghost, link, small, chip, nav or nothing for the plain one.

    `icon` names a shipped icon; `token` is its colour, `on_token` its colour while checked.
    """

    def __init__(
        self, text: str = "", icon: str = "", kind: str = "", *, token: str = "", on_token: str = "", size: int = 16
    ) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self._words = text
        self._icon, self._size = icon, size
        self._token = token or _ICON_TOKENS.get(kind, "text2")
        self._on_token = on_token or None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_words(text)
        look().changed.connect(self._draw_icon)
        self._draw_icon()

    def words(self) -> str:
        """Return the text as it was given."""
        return self._words

    def set_words(self, text: str) -> None:
        """Show another text."""
        self._words = text
        gap = (" " if self.property("kind") != "nav" else "  ") if self._icon and text else ""
        self.setText(gap + literal(text))
        self.setAccessibleName(text)

    def set_icon(self, icon: str, token: str = "") -> None:
        """Show another icon; `token` keeps its colour if it is left out."""
        self._icon, self._token = icon, token or self._token
        self._draw_icon()

    def _draw_icon(self) -> None:
        if self._icon:
            self.setIcon(look().icon(self._icon, self._token, self._size, self._on_token))
            self.setIconSize(QSize(look().px(self._size), look().px(self._size)))


class IconButton(Button):
    """A square button with only an icon; `name` is its tooltip and what screen readers say.

    `kind` is iconghost (no edge), icon (with an edge), iconsmall (28 px) or tiny (24 px).
    """

    def __init__(self, icon: str, name: str, kind: str = "iconghost", *, token: str = "text2", size: int = 16) -> None:
        super().__init__("", icon, kind, token=token, size=size, on_token="accent")
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Change tooltip and accessible name together."""
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
