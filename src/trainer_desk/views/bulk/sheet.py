"""The sheet of a change of many sessions: its fields, and line by line what it would come to (R5)."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.bulk import carry_out, has_changed
from trainer_desk.services.rows.bulk import BulkVerb, Shown
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.previews import PreviewLine
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.bulk import words
from trainer_desk.views.bulk.fields import Fields
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.preview.table import PreviewTable

WIDTH, TALL, FEW = 860, 600, 4
PAUSE = 150
"""Milliseconds after the last change of a field before it is rehearsed."""


class BulkSheet(Sheet):
    """Rehearses anew whenever a field changes; `done` carries the lines of what was written."""

    done = Signal(object)

    def __init__(
        self, over: QWidget, desk: Desk, verb: BulkVerb, ids: Sequence[int], fields: Fields, directory: Directory
    ) -> None:
        super().__init__(over, words.title(verb, len(ids)), width=WIDTH, widest=WIDTH)
        self._desk, self._verb, self._ids, self._directory = desk, verb, list(ids), directory
        self._asked = 0
        self._lines: tuple[PreviewLine, ...] = ()
        self.fields, self.table, self.trouble = fields, PreviewTable(), Alert("danger")
        self.back, self.go = Button(_("Cancel")), Button(_(words.VERBS[verb]), kind="primary")
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE)
        self._fill()
        self.pause.timeout.connect(self._rehearse)
        fields.changed.connect(self._wait)
        self.table.changed.connect(self._rehearse)
        self.back.clicked.connect(self.dismiss)
        self.go.clicked.connect(self._go)

    def ask(self) -> None:
        """Show the sheet and what the fields would come to as they are."""
        self.open()
        self._rehearse()

    def _wait(self) -> None:
        self._asked += 1  # what is still under way answers an older question
        self.go.setEnabled(False)
        self.pause.start()

    def _rehearse(self) -> None:
        self._asked += 1
        asked = self._asked
        self.trouble.say("")
        self.go.setEnabled(False)
        self._carry_out(lambda lines: self._show(lines, asked), asked, dry_run=True)

    def _show(self, lines: tuple[PreviewLine, ...], asked: int) -> None:
        if asked != self._asked:
            return
        self._lines = lines
        self.table.show_lines(lines, self._directory, publish=self._verb is BulkVerb.PUBLISH)
        self.set_height(TALL if len(lines) > FEW else 0)
        self.go.setEnabled(words.passing(lines) > 0)

    def _go(self) -> None:
        self._asked += 1
        self.go.setEnabled(False)
        self._carry_out(partial(self._finished, asked=self._asked), self._asked)

    def _carry_out(
        self, then: Callable[[tuple[PreviewLine, ...]], object], asked: int, *, dry_run: bool = False
    ) -> None:
        """Do what is wished, or rehearse it; nothing while nothing is wished."""
        wish = self.fields.wish
        if wish is None:
            return
        label, shown = words.title(self._verb, len(self._ids)), self._shown()
        self._desk.apply(
            self,
            carry_out,
            *(label, self._ids, wish, shown),
            dry_run=dry_run,
            then=then,
            refused=lambda error: self._refused(error, asked),
        )

    def _finished(self, lines: tuple[PreviewLine, ...], asked: int) -> None:
        """Close the sheet, or show the lines anew where somebody changed a session meanwhile: nothing was done then."""
        if has_changed(lines):
            self._show(lines, asked)
            self.trouble.say(words.changed(lines), tone="danger")
            return
        self.finish()
        self.done.emit(lines)

    def _shown(self) -> Shown:
        """Return what was chosen, and how the sessions stood that are on show."""
        return Shown(self.table.choices(), {line.key: line.before for line in self._lines if line.before is not None})

    def _refused(self, error: DeskError, asked: int) -> None:
        if asked == self._asked:
            self.trouble.say(error_text(error, self._directory.settings.zone), tone="danger")

    def _fill(self) -> None:
        self.body.addWidget(PlainLabel(_(words.HELP[self._verb]), "muted", wrap=True))
        self.body.addWidget(self.fields)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.trouble)
        self.foot.addStretch(1)
        self.foot.addWidget(self.back)
        self.foot.addWidget(self.go)
