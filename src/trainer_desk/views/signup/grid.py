"""Cards in as many columns as fit, all of one width, the first row at the top."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from trainer_desk.views.theme import look

GAP = 12


class CardGrid(QWidget):
    """`narrowest` is the least width of a card in pixels at 100 % text size."""

    def __init__(self, narrowest: int) -> None:
        super().__init__()
        self._narrowest = narrowest
        self._cards: tuple[QWidget, ...] = ()
        self._blanks: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        look().changed.connect(self._arrange)

    def show_cards(self, cards: Sequence[QWidget]) -> None:
        """Show these cards in this order; they belong to the grid from then on."""
        if tuple(cards) != self._cards:
            self._cards = tuple(cards)
            self._columns = 0
            self._arrange()

    def columns(self) -> int:
        """Return how many cards stand side by side."""
        return self._columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew when more or fewer columns fit."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        fitting = max(1, (self.width() + GAP) // (look().px(self._narrowest) + GAP))
        if fitting == self._columns:
            return
        while self._grid.count():
            self._grid.takeAt(0)
        for column in range(max(fitting, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < fitting else 0)
        self._columns = fitting
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // fitting, place % fitting)
            card.show()
        self._fill_up(fitting)

    def _fill_up(self, fitting: int) -> None:
        """Let a column without a card be as wide as the others: Qt gives none to empty ones."""
        for column in range(len(self._cards), fitting):
            if len(self._blanks) <= column:
                self._blanks.extend(QWidget(self) for _more in range(column + 1 - len(self._blanks)))
            self._grid.addWidget(self._blanks[column], 0, column)
