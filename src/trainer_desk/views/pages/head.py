"""The top of a page: who or what it is, in which state, and the facts in a grid; some facts lead to other pages."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from trainer_desk.views.pages.content import COURSES, Content, Fact
from trainer_desk.views.parts.avatar import paint_avatar
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.pill import Pill
from trainer_desk.views.parts.plain_label import ElidedLabel, PlainLabel, plain_tip
from trainer_desk.views.theme import look

FACE = 52
COLUMNS = 4
LETTERS = 30
"""Letters of a link that show; its tooltip and a screen reader have them all."""


class Face(QWidget):
    """Initials in the name's own colour, or in that of a course's category."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._hue: int | None = None
        look().changed.connect(self._resize)
        self._resize()

    def show_face(self, name: str, hue: int | None) -> None:
        """Show another name."""
        self._name, self._hue = name, hue
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size at the current text size."""
        return QSize(look().px(FACE), look().px(FACE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        paint_avatar(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._name, self._hue)
        painter.end()

    def _resize(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()


class Head(QWidget):
    """Title, state and facts; `link_wanted` carries the Link of the fact that was pressed."""

    link_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.face = Face()
        self.title = PlainLabel("", "h1", wrap=True)
        self.subtitle = PlainLabel("", "muted", wrap=True)
        self.pill = Pill()
        self.text = PlainLabel("", wrap=True)
        self.links: dict[str, Button] = {}
        self._grid = QGridLayout()
        self._facts: tuple[Fact, ...] | None = None
        self._lay_out()

    def show_content(self, content: Content) -> None:
        """Show the top of another page, or this one again."""
        self.face.show_face(content.title, content.hue if content.kind == COURSES else None)
        self.title.setText(content.title)
        self.subtitle.setText(content.subtitle)
        words, tone, icon = content.pill
        self.pill.show_pill(words, tone, icon)
        self.text.setText(content.text)
        self.text.setVisible(bool(content.text))
        if content.facts != self._facts:
            self._facts = content.facts
            self._show_facts(content.facts)

    def _show_facts(self, facts: Sequence[Fact]) -> None:
        for widget in _taken(self._grid):
            widget.hide()
            widget.deleteLater()
        self.links = {}
        for place, fact in enumerate(facts):
            self._grid.addWidget(self._cell(fact), *divmod(place, COLUMNS))

    def _cell(self, fact: Fact) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(PlainLabel(fact.label, "caption"))
        column.addWidget(self._value(fact))
        column.addStretch(1)
        return box

    def _value(self, fact: Fact) -> QWidget:
        if fact.link is None:
            label = ElidedLabel(fact.words)
            label.setAccessibleName(f"{fact.label}: {fact.words}")
            return label
        short = fact.words if len(fact.words) <= LETTERS else f"{fact.words[: LETTERS - 1]}…"
        button = Button(short, kind="link")
        button.setProperty("dense", True)
        button.setAccessibleName(f"{fact.label}: {fact.words}")
        button.setToolTip(plain_tip(fact.words) if short != fact.words else "")
        button.clicked.connect(lambda _checked=False, link=fact.link: self.link_wanted.emit(link))
        self.links.setdefault(fact.label, button)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(-6, 0, 0, 0)  # its words stand in line with the others
        row.addWidget(button)
        row.addStretch()
        return box

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self.title)
        names.addWidget(self.subtitle)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.face)
        row.addLayout(names, 1)
        row.addWidget(self.pill)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(12)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(0, 0, 0, 0)
        column_of_all.setSpacing(14)
        column_of_all.addLayout(row)
        column_of_all.addWidget(self.text)
        column_of_all.addLayout(self._grid)


def _taken(layout: QLayout) -> Iterator[QWidget]:
    """Take every widget out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            yield widget
