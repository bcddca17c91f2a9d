"""What stands in a cell of a list while its trainer or its venue is edited: a list that is searched by typing."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from trainer_desk.services.rules.load import LoadMinutes
from trainer_desk.texts.translate import _
from trainer_desk.views.schedule.cell_editors import Cell, CellEditor
from trainer_desk.views.session.choices import trainer_choices, venue_choices
from trainer_desk.views.session.resource_combo import Choice, ResourceCombo
from trainer_desk.views.theme import look

AROUND = 70
"""Pixels beside the text at 100 % text size: edges and arrow."""


class CellCombo(ResourceCombo):
    """A searchable list that tells when the user has decided, for what was there already, too."""

    taken = Signal()
    unmatched = Signal(str)
    """What was typed matches nothing, or more than one."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.activated.connect(lambda _place: self.taken.emit())
        line = self.lineEdit()
        assert line is not None
        line.returnPressed.connect(lambda: QTimer.singleShot(0, self, self._enter))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
            event.accept()
            return
        super().keyPressEvent(event)

    def learn(self, choices: list[Choice]) -> None:
        """Offer better words for the same choices without disturbing who types."""
        line, completer = self.lineEdit(), self.completer()
        assert line is not None
        assert completer is not None
        typed, is_typed, is_open = line.text(), line.isModified(), self._typed_popup().isVisible()
        self.offer(choices)
        if not is_typed:
            self.select_text()
            return
        line.setText(typed)
        line.setModified(True)
        if is_open:
            completer.setCompletionPrefix(typed)
            completer.complete()

    def select_text(self) -> None:
        """Select the text, so that typing replaces it, with its beginning in sight."""
        line = self.lineEdit()
        assert line is not None
        line.end(False)
        line.home(True)

    def _enter(self) -> None:
        line = self.lineEdit()
        if line is None:
            return
        typed = line.text().strip()
        self._take_typed()
        if typed.casefold() in self.currentText().casefold():
            self.taken.emit()
        else:
            self.select_text()
            self.unmatched.emit(typed)


class ChoiceEditor(CellEditor):
    """A trainer or a venue from a list that is searched by typing; trainers stand there with their hours (L1)."""

    unmatched = Signal(str)

    def __init__(self, viewport: QWidget, cell: Cell, column: str) -> None:
        super().__init__(viewport, cell)
        self.column = column
        is_trainer = column == "trainer"
        self.combo = CellCombo(cell.name(_("Trainer") if is_trainer else _("Venue")))
        self.combo.offer(self._names() if is_trainer else venue_choices(cell))
        self.combo.set_value(cell.card.trainer_id if is_trainer else cell.card.venue_id)
        self.watch(self.combo)
        self.combo.taken.connect(lambda: self.entered.emit(0))
        self.combo.unmatched.connect(self.unmatched)

    def stops(self) -> list[QWidget]:
        """Return the one field."""
        return [self.combo]

    def width_needed(self) -> int:
        """Return the width of the longest choice."""
        metrics = self.combo.fontMetrics()
        return max((metrics.horizontalAdvance(text) for text in self.combo.texts()), default=0) + look().px(AROUND)

    def begin(self) -> None:
        """Put the focus into the list, its text selected."""
        super().begin()
        self.combo.select_text()

    def fields(self) -> Mapping[str, object]:
        """Return the id that was chosen."""
        return {f"{self.column}_id": self.combo.value}

    def learn(self, loads: Mapping[int, LoadMinutes]) -> None:
        """Show the hours behind the names."""
        if self.column == "trainer":
            self.cell = replace(self.cell, loads=loads)
            self.combo.learn(trainer_choices(self.cell, by_load=False))

    def _names(self) -> list[Choice]:
        """Return the trainers by name alone: hours that are not known yet are not made up."""
        trainers = self.cell.directory.trainers
        choices = trainer_choices(self.cell, by_load=False)
        return [replace(each, text=trainers[each.value].name) for each in choices]  # type: ignore[index]
