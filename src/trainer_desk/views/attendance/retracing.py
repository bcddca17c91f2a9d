"""Undo and redo of what was done at a sheet: the button takes back only what this window did (V4)."""

from PySide6.QtCore import QObject, Signal

from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DeskError
from trainer_desk.services.journal.steps import Step, next_undo
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk


class Retracing(QObject):
    """Knows the changes of its window by id, and whether the newest own change is one of them."""

    changed = Signal()
    """`can_undo` may be another."""
    told = Signal(str)
    """What was undone or redone, or why not."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._own: set[int] = set()
        self._next_is_own = False
        self.can_undo = False

    def note(self, change_id: int) -> None:
        """Take a change as one of this window's."""
        self._own.add(change_id)

    def note_next(self) -> None:
        """Take the change that is about to be told as one of this window's."""
        self._next_is_own = True

    def follow(self, changes: Changes) -> None:
        """Hear of a change, whosever it is, and look what Undo would mean now."""
        if self._next_is_own and changes.change_id is not None:
            self._own.add(changes.change_id)
            self._next_is_own = False
        if self._own:
            self._desk.read(self, next_undo, self._desk.actor, then=self._found, lane="step", failed=self._not_found)

    def undo(self) -> None:
        """Take back the newest own change, if it was made here."""
        if self.can_undo:
            self.can_undo = False
            self.changed.emit()
            self._desk.apply(self, undo_last, then=self._undone, refused=self._refused)

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._own:
            self.note_next()
            self._desk.apply(self, redo_last, then=self._redone, refused=self._refused)

    def _found(self, step: Step | None) -> None:
        could, self.can_undo = self.can_undo, step is not None and step.change_id in self._own
        if could != self.can_undo:
            self.changed.emit()

    def _not_found(self, _error: DeskError) -> None:
        self._found(None)

    def _undone(self, label: str | None) -> None:
        self.told.emit(_("Undone: {label}").format(label=label) if label else _("There is nothing to undo."))

    def _redone(self, label: str | None) -> None:
        self.told.emit(_("Done again: {label}").format(label=label) if label else _("There is nothing to redo."))

    def _refused(self, error: DeskError) -> None:
        self.told.emit(error_text(error))
