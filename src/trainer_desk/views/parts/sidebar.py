"""The sidebar: the pages, the small month and the user; in a narrow window a rail of icons (ux 2, 3)."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout

from trainer_desk.views.parts.buttons import Button, stop_at
from trainer_desk.views.parts.mini_month import MiniMonth
from trainer_desk.views.parts.nav_item import NavItem
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel, plain_tip, restyle
from trainer_desk.views.roles import place_of
from trainer_desk.views.theme import look

WIDE, RAIL = 220, 56


class Sidebar(QFrame):
    """Items appear as pages are registered; `wanted` carries the id of the page that was pressed."""

    wanted = Signal(str)
    user_pressed = Signal()

    def __init__(self, user: str, today: date) -> None:
        super().__init__()
        self.setObjectName("Sidebar")
        self.setAccessibleName("Pages")
        self.items: dict[str, NavItem] = {}
        self._user, self._rail, self._has_month = user, False, True
        self._group = QButtonGroup(self)
        self._brand = PlainLabel("Trainer Desk", "h3")
        self.month = MiniMonth(today)
        self.user = Button(user, "circle-user-round", "nav", size=18)
        self.user.setToolTip(plain_tip("Appearance and shortcuts"))
        self.user.clicked.connect(self.user_pressed)
        self._pages = QVBoxLayout()
        self._lay_out()
        look().changed.connect(self._resize)
        self._resize()

    @property
    def rail(self) -> bool:
        """Whether only icons show."""
        return self._rail

    def add(self, page: str, title: str, icon: str) -> None:
        """Add a page's item where it belongs among those that are there."""
        button = NavItem(title, icon)
        button.setCheckable(True)
        button.clicked.connect(lambda _checked=False: self.wanted.emit(page))
        self._group.addButton(button)
        later = [at for at, other in enumerate(self.items) if place_of(other) > place_of(page)]
        at = later[0] if later else len(self.items)
        self._pages.insertWidget(at, button)
        items = list(self.items.items())
        self.items = dict([*items[:at], (page, button), *items[at:]])
        button.show_rail(self._rail)
        stops = (*self.items.values(), *self.month.stops(), self.user)
        for one, following in pairwise(stops):
            self.setTabOrder(one, following)

    def choose(self, page: str) -> None:
        """Mark a page as the one on show, where Tab stops; raises KeyError for an unknown one."""
        self.items[page].setChecked(True)
        stop_at(self.items[page], self.items.values())

    def show_only(self, has: Callable[[str], bool]) -> None:
        """Show only the items of the pages that a role has, and the month where it has the calendar."""
        for page, button in self.items.items():
            button.setVisible(has(page))
        self._has_month = has("schedule")
        self.month.setVisible(self._has_month and not self._rail)

    def show_user(self, user: str) -> None:
        """Show who works here."""
        self._user = user
        self._dress_user()

    def set_rail(self, rail: bool) -> None:
        """Show only icons, or the whole sidebar."""
        if rail == self._rail:
            return
        self._rail = rail
        self._brand.setVisible(not rail)
        self.month.setVisible(self._has_month and not rail)
        for button in self.items.values():
            button.show_rail(rail)
        self._dress_user()
        self._resize()

    def _dress_user(self) -> None:
        self.user.set_words("" if self._rail else self._user)
        self.user.setAccessibleName(self._user)
        self.user.setProperty("rail", self._rail)
        restyle(self.user)

    def _lay_out(self) -> None:
        brand = QHBoxLayout()
        brand.setContentsMargins(8, 0, 0, 14)
        brand.setSpacing(9)
        brand.addWidget(IconLabel("calendar-check-2", "accent", 20))
        brand.addWidget(self._brand)
        brand.addStretch()
        self._pages.setSpacing(2)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(12, 14, 12, 10)
        column.setSpacing(8)
        column.addLayout(brand)
        column.addLayout(self._pages)
        column.addStretch()
        column.addWidget(self.month)
        column.addWidget(self.user)

    def _resize(self) -> None:
        self.setFixedWidth(look().px(RAIL if self._rail else WIDE))
        side = 6 if self._rail else 12
        self._column.setContentsMargins(side, 14, side, 10)
