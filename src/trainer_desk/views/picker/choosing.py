"""The part of the picker in which people are searched, filtered and chosen: field, chips, list, or why it is empty."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from trainer_desk.services.rows.seats import Candidate
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import IconButton
from trainer_desk.views.parts.chips import Chips
from trainer_desk.views.parts.empty_state import EmptyState
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.picker.filters import FilterRow
from trainer_desk.views.picker.model import PickModel
from trainer_desk.views.picker.people_list import PeopleList
from trainer_desk.views.picker.words import chip_of
from trainer_desk.views.theme import look

SIDE, CHIP_HEIGHT = 20, 28
LONGEST_SEARCH = 200


class Choosing(QWidget):
    """Widgets only; the sheet joins them to the questions and to the model."""

    def __init__(self, model: PickModel, zone: ZoneInfo) -> None:
        super().__init__()
        self._model = model
        self.search = QLineEdit()
        self.chips, self.hint = Chips(), PlainLabel(_("Enter chooses a person, Ctrl+Enter adds."), "small")
        self.filters, self.funnel = FilterRow(), IconButton("funnel", _("Filter"), size=18)
        self.paste = IconButton("clipboard-check", _("Paste a list…"), size=18)
        self.list = PeopleList(model, zone)
        self.empty = EmptyState()
        self.by_whole_name = False
        """Whether strangers are found by their whole number or name only."""
        self.stack = QStackedWidget()
        self._name()
        self._lay_out()
        look().changed.connect(self._restyle)

    def show_emptiness(self) -> None:
        """Show the list, or why nobody is in it and the way back."""
        is_empty = self._model.rowCount() == 0
        self.stack.setCurrentWidget(self.empty if is_empty else self.list)
        if not is_empty:
            return
        text = self.search.text().strip()
        if self.by_whole_name:
            self.empty.say(_("Type somebody’s whole name, or the whole number."))
        elif text:
            self.empty.say(_("No one matches “{text}”.").format(text=text), (_("Clear search"), self.clear_search))
        elif self.filters.is_on():
            self.empty.say(_("No one matches these filters."), (_("Clear filters"), self.clear_filters))
        else:
            self.empty.say(_("There is nobody left to add. Import people to see them here."))
        announce(self.search, self.empty.sentence())

    def show_chosen(self, people: Sequence[Candidate], room: int) -> None:
        """Show the chips of those who are chosen, no wider than `room` pixels."""
        self.chips.show_chips([chip_of(person) for person in people], room)
        self.hint.setVisible(not people)
        # As high as chips, so that the list does not jump at the first choice.
        self.hint.setMinimumHeight(look().px(CHIP_HEIGHT))

    def clear_search(self) -> None:
        """Search for nothing."""
        self.search.clear()
        self.search.setFocus()

    def clear_filters(self) -> None:
        """Filter by nothing."""
        self.filters.clear()
        self.search.setFocus()
        self.filters.changed.emit()

    def _name(self) -> None:
        self.search.setProperty("kind", "big")
        self.search.setMaxLength(LONGEST_SEARCH)
        self.search.setPlaceholderText(_("Search by name, department or number"))
        self.search.setAccessibleName(_("Search people"))
        glass = look().icon("search", "text3", 18)
        self._glass = self.search.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.funnel.setCheckable(True)
        self.filters.hide()

    def _lay_out(self) -> None:
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        chosen = QHBoxLayout()
        chosen.addWidget(self.chips)
        chosen.addWidget(self.hint, 1)
        search = QHBoxLayout()
        search.setSpacing(8)
        search.addWidget(self.search, 1)
        search.addWidget(self.funnel)
        search.addWidget(self.paste)
        top = QVBoxLayout()
        top.setContentsMargins(SIDE, 0, SIDE, 10)
        top.setSpacing(10)
        top.addLayout(search)
        top.addWidget(self.filters)
        top.addLayout(chosen)
        rule = QFrame()
        rule.setProperty("role", "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(rule)
        column.addWidget(self.stack, 1)

    def _restyle(self) -> None:
        self._glass.setIcon(look().icon("search", "text3", 18))
