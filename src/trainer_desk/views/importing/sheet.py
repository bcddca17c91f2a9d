"""The sheet that brings a CSV or XLSX file in: a rehearsal with all that it would do, then the import (X2, N3)."""

from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from trainer_desk.services.directory import load_settings
from trainer_desk.services.errors import DeskError
from trainer_desk.services.exchange.importing.report import ImportReport
from trainer_desk.services.exchange.importing.run import run_import
from trainer_desk.services.rows.directory import Settings
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.importing.progress import Progress
from trainer_desk.views.importing.words import import_verb, imported_text, remarks
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.notice_bar import NoticeBar
from trainer_desk.views.parts.pill import Pill
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.theme import look

FOLDER = "import/folder"
CALENDARS = "closures"
"""The kind that comes from calendars as well."""


class ImportSheet(Sheet):
    """One for all kinds: `kind` is the import's word, `title` what the things are called."""

    imported = Signal(str)
    """A sentence about what was brought in."""

    def __init__(self, over: QWidget, desk: Desk, memory: Memory, kind: str, title: str) -> None:
        super().__init__(over, _("Import {title}").format(title=title.lower()), width=720, height=560)
        self._desk, self._memory, self._kind, self._things = desk, memory, kind, title
        self._zone: ZoneInfo | None = None
        self._progress: Progress | None = None
        self.report: ImportReport | None = None
        self.path = QLineEdit()
        self.choose = Button(_("Choose…"), "folder-open")
        self.notice = NoticeBar()
        self.counts = [Pill() for _count in range(4)]
        self.said = PlainLabel("", "muted", wrap=True)
        self.table = QTableWidget(0, 3)
        self.cancel = Button(_("Cancel"))
        self.go = Button(_("Import"), kind="primary")
        self.may_close = self._may_leave
        self._lay_out_sheet()
        self._connect_sheet()
        self._forget()
        desk.read(self, load_settings, then=self._take_zone)

    @property
    def is_busy(self) -> bool:
        """Whether a rehearsal or the import is under way."""
        return self._progress is not None

    def rehearse(self) -> None:
        """Find out what the file would do; nothing of it stays."""
        name = self.path.text().strip()
        if name and not self.is_busy:
            self._forget()
            self._run(Path(name).expanduser(), dry_run=True)

    def bring_in(self) -> None:
        """Import what was rehearsed."""
        if self.report is not None and not self.is_busy:
            self._run(Path(self.path.text().strip()).expanduser(), dry_run=False)

    def _run(self, path: Path, *, dry_run: bool) -> None:
        progress = self._progress = Progress()
        verb = _("Checking: {rows}") if dry_run else _("Importing: {rows}")
        progress.stepped.connect(lambda done: self._tell_progress(verb, done))
        self._tell_progress(verb, 0)
        self._set_busy(True)
        self._desk.apply(
            self,
            run_import,
            self._kind,
            path,
            dry_run=dry_run,
            step=progress.step,
            then=self._show if dry_run else self._done,
            refused=self._refused,
        )

    def _tell_progress(self, verb: str, done: int) -> None:
        self.said.setText(verb.format(rows=plural("{n} row", "{n} rows", done)))

    def _show(self, report: ImportReport) -> None:
        self._set_busy(False)
        self.report = report
        self._memory.put(FOLDER, str(Path(self.path.text().strip()).expanduser().parent))
        counts = (
            (_("{n} new"), report.added, "accent", "plus"),
            (_("{n} changed"), report.updated, "accent", "pencil-line"),
            (_("{n} unchanged"), report.unchanged, "muted", "check"),
            (_("{n} refused"), len(report.refused), "danger", "octagon-alert"),
        )
        for pill, (words, count, tone, icon) in zip(self.counts, counts, strict=True):
            pill.show_pill(words.format(n=f"{count:,}"), tone if count else "muted", icon)
            pill.show()
        self._list(report)
        does_something = bool(report.added + report.updated)
        self.go.set_words(import_verb(report) if does_something else _("Import"))
        self.go.setEnabled(does_something)
        (self.go if does_something else self.path).setFocus()

    def _list(self, report: ImportReport) -> None:
        found = remarks(report, self._zone or ZoneInfo("UTC"))
        self.table.setRowCount(len(found))
        for place, (line, key, said, is_refused) in enumerate(found):
            for column, text in enumerate((line, key, said)):
                item = QTableWidgetItem(text)
                if column == 0:
                    tone, icon = ("danger", "octagon-alert") if is_refused else ("text2", "info")
                    item.setIcon(look().icon(icon, tone))
                self.table.setItem(place, column, item)
        self.table.resizeRowsToContents()
        self.table.setVisible(bool(found))
        if not report.rows:
            self.said.setText(_("The file has no rows below its headings."))
        elif not report.added + report.updated and not report.refused:
            self.said.setText(_("Everything in the file is here already."))
        elif report.refused:
            self.said.setText(_("These rows would be left out. Mend the file and choose it again, or import the rest."))
        else:
            self.said.setText(_("Nothing is changed yet."))

    def _done(self, report: ImportReport) -> None:
        self._set_busy(False)
        self.imported.emit(imported_text(report, self._things))
        self.finish()

    def _refused(self, error: DeskError) -> None:
        self._set_busy(False)
        self.said.setText("")
        self.notice.say(error_text(error, self._zone), "muted" if error.code == "import_stopped" else "danger")
        self.path.setFocus()

    def _forget(self) -> None:
        self.report = None
        self.notice.hide()
        self.table.setRowCount(0)
        self.table.hide()
        self.said.setText(
            _("A CSV or Excel file whose first row names the columns. It is checked first; nothing is changed yet.")
        )
        for pill in self.counts:
            pill.hide()
        self.go.set_words(_("Import"))
        self.go.setEnabled(False)

    def _set_busy(self, busy: bool) -> None:
        if not busy:
            self._progress = None
        for part in (self.path, self.choose):
            part.setEnabled(not busy)
        self.go.setEnabled(not busy and self.report is not None)
        self.cancel.set_words(_("Stop") if busy else _("Cancel"))

    def _may_leave(self) -> bool:
        """Stop what is under way instead of closing; the next time it closes."""
        if self._progress is None:
            return True
        self._progress.stop()
        return False

    def _pick_file(self) -> None:
        folder = self._memory.get(FOLDER, "")
        shown = _("Tables (*.csv *.txt *.xlsx)")
        if self._kind == CALENDARS:
            shown = _("Tables and calendars (*.csv *.txt *.xlsx *.ics)")
        name, _kind = QFileDialog.getOpenFileName(self, self.title.text(), folder, shown)
        if name:
            self.path.setText(name)
            self.rehearse()

    def _take_zone(self, settings: Settings) -> None:
        self._zone = settings.zone

    def _connect_sheet(self) -> None:
        self.choose.clicked.connect(self._pick_file)
        self.path.returnPressed.connect(self.rehearse)
        self.path.textEdited.connect(lambda _text: self._forget())
        self.cancel.clicked.connect(self.dismiss)
        self.go.clicked.connect(self.bring_in)

    def _lay_out_sheet(self) -> None:
        self.path.setAccessibleName(_("File"))
        self.path.setPlaceholderText(_("Name of the file"))
        self.table.setAccessibleName(_("Rows to look at"))
        self.table.setHorizontalHeaderLabels([_("Row"), _("Which"), _("What is to be known")])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.setShowGrid(False)
        self.table.setColumnWidth(0, look().px(72))
        self.table.setColumnWidth(1, look().px(120))
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        file = QHBoxLayout()
        file.addWidget(self.path, 1)
        file.addWidget(self.choose)
        counts = QHBoxLayout()
        counts.setSpacing(8)
        for pill in self.counts:
            counts.addWidget(pill)
        counts.addStretch(1)
        self.body.addWidget(PlainLabel(_("File"), "field"))
        self.body.addLayout(file)
        self.body.addWidget(self.notice)
        self.body.addLayout(counts)
        self.body.addWidget(self.said)
        self.body.addWidget(self.table, 1)
        self.body.addStretch(0)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)
