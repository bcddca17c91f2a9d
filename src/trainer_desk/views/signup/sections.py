"""Cards under headings, one section for each week; what stays is the same widget, so that it keeps the focus."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.signup.grid import CardGrid

CARD = 296
"""Least width of a card in pixels at 100 % text size."""


class WeekSection(QWidget):
    """A heading and the cards of one week."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = PlainLabel("", "h3")
        self.grid = CardGrid(CARD)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.grid)


class WeekSections(QWidget):
    """Weeks by their Mondays."""

    def __init__(self) -> None:
        super().__init__()
        self.weeks: dict[date, WeekSection] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_weeks(self, weeks: Mapping[date, Sequence[QWidget]], headings: Mapping[date, str]) -> None:
        """Show the cards of each week, in the order of the weeks."""
        for place, (monday, cards) in enumerate(weeks.items()):
            section = self.weeks.get(monday)
            if section is None:
                section = self.weeks[monday] = WeekSection()
                self._column.insertWidget(place, section)
            section.heading.setText(headings[monday])
            section.setAccessibleName(headings[monday])
            section.grid.show_cards(cards)
        for monday in [monday for monday in self.weeks if monday not in weeks]:
            gone = self.weeks.pop(monday)
            gone.hide()
            gone.deleteLater()
