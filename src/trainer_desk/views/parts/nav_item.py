"""An item of the sidebar: a page's icon and title, and a badge that counts what waits there (ux 3)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel, plain_tip, restyle

MOST = 999
"""The highest number that a badge shows; more is `999+`."""


class NavItem(Button):
    """A screen reader says title and badge together; without room for words only the icon shows."""

    def __init__(self, title: str, icon: str, *, size: int = 17) -> None:
        super().__init__(title, icon, "nav", on_token="accent", size=size)
        self.title, self.about, self._rail = title, "", False
        self.badge = PlainLabel("", "count")
        self.badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.badge.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.addStretch()
        row.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_badge(self, count: int, about: str, tone: str = "") -> None:
        """Show how many wait there, and what that means in words; 0 takes the badge away."""
        self.about = about if count else ""
        self.badge.setText("" if not count else str(count) if count <= MOST else f"{MOST}+")
        if self.badge.property("tone") != tone:
            self.badge.setProperty("tone", tone)
            restyle(self.badge)
        self.show_rail(self._rail)

    def show_rail(self, rail: bool) -> None:
        """Show only the icon, with all words as its tooltip, or icon, title and badge."""
        self._rail = rail
        said = f"{self.title}, {self.about}" if self.about else self.title
        self.set_words("" if rail else self.title)
        self.setAccessibleName(said)
        self.setToolTip(plain_tip(said if rail else self.about))
        self.badge.setVisible(bool(self.about) and not rail)
        self.setProperty("rail", rail)
        restyle(self)
