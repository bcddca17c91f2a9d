"""The sheet of a change of many sessions: its fields, and line by line what it would come to (R5)."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.bulk import carry_out
from trainer_desk.services.rows.bulk import BulkVerb
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.previews import PreviewLine, RemedyKind
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
        self.fields, self.table, self.trouble = fields, PreviewTable(), Alert("danger")
        self.back, self.go = Button(_("Cancel")), Button(_(words.VERBS[verb]), kind="primary")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._fill()
        self._pause.timeout.connect(self._rehearse)
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
        self._pause.start()

    def _rehearse(self) -> None:
        self._asked += 1
        asked = self._asked
        self.trouble.say("")
        self.go.setEnabled(False)
        self._carry_out(lambda lines: self._show(lines, asked), dry_run=True)

    def _show(self, lines: tuple[PreviewLine, ...], asked: int) -> None:
        if asked != self._asked:
            return
        self.table.show_lines(lines, self._directory)
        self.set_height(TALL if len(lines) > FEW else 0)
        self.go.setEnabled(words.passing(lines) > 0)

    def _go(self) -> None:
        self.go.setEnabled(False)
        self._carry_out(self._finished)

    def _carry_out(self, then: Callable[[tuple[PreviewLine, ...]], object], *, dry_run: bool = False) -> None:
        """Do what is wished, or rehearse it; nothing while nothing is wished."""
        wish = self.fields.wish
        if wish is None:
            return
        label, left_out = words.title(self._verb, len(self._ids)), self._left_out()
        asked = (label, self._ids, wish, left_out)
        self._desk.apply(self, carry_out, *asked, dry_run=dry_run, then=then, refused=self._refused)

    def _finished(self, lines: tuple[PreviewLine, ...]) -> None:
        self.finish()
        self.done.emit(lines)

    def _left_out(self) -> tuple[str, ...]:
        """Return the refs of the sessions that somebody chose to leave out."""
        return tuple(ref for ref, one in self.table.choices().items() if one.kind is RemedyKind.SKIP)

    def _refused(self, error: DeskError) -> None:
        self.trouble.say(error_text(error, self._directory.settings.zone))

    def _fill(self) -> None:
        self.body.addWidget(PlainLabel(_(words.HELP[self._verb]), "muted", wrap=True))
        self.body.addWidget(self.fields)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.trouble)
        self.foot.addStretch(1)
        self.foot.addWidget(self.back)
        self.foot.addWidget(self.go)
