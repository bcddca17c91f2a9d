"""Says on Undo and Redo what they would take back or do again, in the menu and in its tooltips (V4)."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DeskError
from trainer_desk.services.journal.steps import Step, next_steps
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.buttons import literal
from trainer_desk.views.parts.plain_label import plain_tip

LONGEST = 56
"""Characters of a label in the menu; the tooltip holds all of it."""


class NextSteps(QObject):
    """Asks the journal at the start and after every change; while it does not answer, the plain words stand."""

    def __init__(self, desk: Desk, undo: QAction, redo: QAction, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._undo, self._redo = desk, undo, redo
        self._show((None, None))
        desk.changed.connect(self._look)
        self._look(None)

    def _look(self, _changes: Changes | None) -> None:
        self._desk.read(self, next_steps, self._desk.actor, then=self._show, failed=self._forget, lane="steps")

    def _show(self, found: tuple[Step | None, Step | None]) -> None:
        undo, redo = found
        self._say(self._undo, _("Undo"), _("Undo: {label}"), _("Nothing of yours to undo"), undo)
        self._say(self._redo, _("Redo"), _("Redo: {label}"), _("Nothing of yours to redo"), redo)

    def _say(self, action: QAction, plain: str, named: str, nothing: str, step: Step | None) -> None:
        said = plain if step is None else named.format(label=_short(step.label))
        tip = nothing if step is None else named.format(label=step.label)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setText(literal(said))
        action.setToolTip(plain_tip(_("{tip} ({keys})").format(tip=tip, keys=keys)))

    def _forget(self, _error: DeskError) -> None:
        self._show((None, None))


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip() + "…"
