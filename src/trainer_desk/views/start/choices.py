"""What one can begin with: the choices of the first start, one below the other, and what was open before (V7)."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import stop_at
from trainer_desk.views.parts.emptying import empty
from trainer_desk.views.parts.plain_label import ElidedLabel, IconLabel, PlainLabel
from trainer_desk.views.start.recent import Place
from trainer_desk.views.theme import look

WIDTH, NARROWEST = 330, 220


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to begin with."""

    key: str
    icon: str
    title: str
    line: str


class Tile(QPushButton):
    """A button with an icon, a title and a line under it; read as one sentence."""

    def __init__(self, icon: str, title: str, line: str) -> None:
        super().__init__()
        self.setProperty("kind", "tile")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{title}. {line}")
        words = QVBoxLayout()
        words.setSpacing(1)
        for label in (ElidedLabel(title, "medium"), ElidedLabel(line, "small")):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            words.addWidget(label)
        sign = IconLabel(icon, "accent", 20)
        sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(12)
        row.addWidget(sign)
        row.addLayout(words, 1)

    def sizeHint(self) -> QSize:
        """Take the height of the words, and the whole width where there is room for it."""
        layout = self.layout()
        height = super().sizeHint().height() if layout is None else layout.sizeHint().height()
        return QSize(look().px(WIDTH), height)

    def minimumSizeHint(self) -> QSize:
        """Never cut the words off."""
        return QSize(look().px(120), self.sizeHint().height())


class Choices(QWidget):
    """`chosen` carries the key of a choice, `place_wanted` the address of something that was open before.

    Arrow keys walk through the choices, as in a group of radio buttons.
    """

    chosen = Signal(str)
    place_wanted = Signal(str)

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(look().px(WIDTH))
        self.setAccessibleName(_("What to begin with"))
        self.tiles: dict[str, Tile] = {}
        self.places: dict[str, Tile] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        group = QButtonGroup(self)
        for choice in choices:
            tile = self.tiles[choice.key] = Tile(choice.icon, choice.title, choice.line)
            tile.setCheckable(True)
            group.addButton(tile)
            tile.clicked.connect(lambda _on=False, key=choice.key: self.choose(key))
            column.addWidget(tile)
        self._label = PlainLabel(_("Recent"), "field")
        self._label.setContentsMargins(2, 10, 0, 0)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(4)
        column.addWidget(self._label)
        column.addLayout(self._recent)
        column.addStretch()
        self.show_places(())

    def choose(self, key: str) -> None:
        """Show a choice as the one that is made, and tell it; raises KeyError for an unknown one."""
        self.tiles[key].setChecked(True)
        stop_at(self.tiles[key], self.tiles.values())
        self.chosen.emit(key)

    def show_places(self, places: Sequence[Place]) -> None:
        """Offer what was open before, the newest first."""
        empty(self._recent)
        self.places = {}
        for place in places:
            tile = self.places[place.address] = Tile(place.icon, place.name, place.where)
            tile.clicked.connect(lambda _on=False, address=place.address: self.place_wanted.emit(address))
            self._recent.addWidget(tile)
        self._label.setVisible(bool(places))
