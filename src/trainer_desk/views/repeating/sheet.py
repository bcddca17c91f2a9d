"""The sheet that repeats a run or a session: fields above, a line for each session to be made below (R2, R3)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.repeating import clone_run, make_series, preview_clone, preview_series
from trainer_desk.services.rows.directory import Directory, RunRow
from trainer_desk.services.rows.previews import PreviewLine
from trainer_desk.services.rows.repeating import CloneWish, ClosedDays, Repeated, SeriesWish
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.times import local
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.preview.table import PreviewTable
from trainer_desk.views.repeating.clone_fields import CloneFields
from trainer_desk.views.repeating.rule_fields import RuleFields
from trainer_desk.views.schedule.words import title_of

WIDTH, TALL = 860, 640
FEW = 4
"""Up to so many lines the sheet is as high as its content."""
CLOSED = (ClosedDays.SKIP, ClosedDays.MOVE, ClosedDays.KEEP)


class RepeatSheet(Sheet):
    """Asks anew for a preview whenever a field or a remedy changes; `repeated` carries a sentence for a toast."""

    repeated = Signal(str)

    def __init__(
        self,
        over: QWidget,
        desk: Desk,
        what: RunRow | SessionCard,
        directory: Directory,
        clock: Callable[[], dt.datetime],
    ) -> None:
        title = what.name if isinstance(what, RunRow) else title_of(what, directory)
        super().__init__(over, _("Repeat {title}").format(title=title), width=WIDTH, widest=WIDTH)
        self._desk, self._what, self._directory, self._clock, self._title = desk, what, directory, clock, title
        self.fields: RuleFields | CloneFields = self._make_fields()
        self.closed_days, self.publish = QComboBox(), QCheckBox(_("Schedule what is free"))
        self.table, self.trouble = PreviewTable(), Alert("danger")
        self.back, self.go = Button(_("Cancel")), Button(_("Repeat"), kind="primary")
        self._fill()
        self._connect()

    def ask(self) -> None:
        """Show the sheet and what the fields would come to as they are."""
        self.open()
        self._look()

    def _look(self) -> None:
        """Ask what it would come to; what was chosen for lines that stay is judged with them."""
        problem = self.fields.problem
        self.trouble.say(problem)
        self.go.setEnabled(False)
        if problem:
            return
        verb: Callable[..., Any] = preview_clone if isinstance(self._what, RunRow) else preview_series
        self._desk.read(
            self,
            verb,
            self._wish(),
            self.table.choices(),
            now=self._clock().astimezone(dt.UTC),
            then=self._show,
            failed=self._refused,
            lane="repeating",
        )

    def _show(self, lines: tuple[PreviewLine, ...]) -> None:
        self.table.show_lines(lines, self._directory, publish=self.publish.isChecked())
        self.set_height(TALL if len(lines) > FEW else 0)
        self.go.setEnabled(True)

    def _go(self) -> None:
        self.go.setEnabled(False)
        is_run = isinstance(self._what, RunRow)
        self._desk.write(
            self,
            (_("Repeat the run {title}") if is_run else _("Repeat {title}")).format(title=self._title),
            clone_run if is_run else make_series,
            self._wish(),
            self.table.choices(),
            then=self._done,
            refused=self._refused,
        )

    def _done(self, done: Repeated) -> None:
        self.finish()
        made = plural("{n} session was made.", "{n} sessions were made.", len(done.session_ids))
        self.repeated.emit(f"{self._title}: {made}")

    def _refused(self, error: DeskError) -> None:
        self.trouble.say(error_text(error, self._directory.settings.zone))
        self.go.setEnabled(bool(self.table.rows) and not self.fields.problem)

    def _wish(self) -> CloneWish | SeriesWish:
        closed, publish, what, fields = (
            CLOSED[self.closed_days.currentIndex()],
            self.publish.isChecked(),
            self._what,
            self.fields,
        )
        if isinstance(what, RunRow) and isinstance(fields, CloneFields):
            name, code = fields.name.text().strip() or None, fields.code.text().strip() or None
            assert fields.starts_on is not None
            return CloneWish(fields.starts_on, run_id=what.id, name=name, code=code, publish=publish, closed=closed)
        assert isinstance(fields, RuleFields)
        return SeriesWish(what.id, fields.rule, fields.excepted_days, publish=publish, closed=closed)

    def _make_fields(self) -> RuleFields | CloneFields:
        zone, what = self._directory.settings.zone, self._what

        def today() -> dt.date:
            return local(self._clock(), zone).date()

        if isinstance(what, RunRow):
            return CloneFields(what, today)
        first = today() if what.starts_at is None else local(what.starts_at, zone).date()
        return RuleFields(first, today)

    def _fill(self) -> None:
        self.closed_days.addItems(
            [_("Leave holidays out"), _("Move holidays to the next open day"), _("Keep holidays")]
        )
        self.closed_days.setAccessibleName(_("Days that are holidays"))
        told = _("The same wall-clock times, without the people. Nothing is made before you press Repeat.")
        below = QHBoxLayout()
        below.addWidget(self.closed_days)
        below.addWidget(self.publish)
        below.addStretch(1)
        self.body.addWidget(PlainLabel(told, "muted", wrap=True))
        self.body.addWidget(self.fields)
        self.body.addLayout(below)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.trouble)
        self.foot.addStretch(1)
        self.foot.addWidget(self.back)
        self.foot.addWidget(self.go)

    def _connect(self) -> None:
        self.fields.changed.connect(self._look)
        self.closed_days.activated.connect(self._look)
        self.publish.clicked.connect(lambda _on=False: self._look())
        self.table.changed.connect(self._look)
        self.back.clicked.connect(self.dismiss)
        self.go.clicked.connect(self._go)
