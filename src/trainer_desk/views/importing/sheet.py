"""The sheet that brings a CSV or XLSX file in: a rehearsal with all that it would do, then the import (X2, N3)."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from trainer_desk.services.directory import load_settings
from trainer_desk.services.errors import DeskError
from trainer_desk.services.exchange.importing.preview import Preview, load_preview
from trainer_desk.services.exchange.importing.report import ImportReport, require_report_place
from trainer_desk.services.exchange.importing.run import run_import
from trainer_desk.services.exchange.new_file import new_file
from trainer_desk.services.exchange.reading_in import Way, read_table
from trainer_desk.services.rows.directory import Settings
from trainer_desk.texts import error_text, moment_text
from trainer_desk.texts.import_report import write_remarks
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.importing.columns import ColumnsTable
from trainer_desk.views.importing.progress import Progress
from trainer_desk.views.importing.remembered import came_in_at, mapping_key, remember_file
from trainer_desk.views.importing.words import import_verb, imported_text, remarks
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.notice_bar import NoticeBar
from trainer_desk.views.parts.pill import Pill
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.progress_bar import ProgressBar
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
        super().__init__(over, _("Import {title}").format(title=title.lower()), width=720, height=720)
        self._desk, self._memory, self._kind, self._things = desk, memory, kind, title
        self._zone: ZoneInfo | None = None
        self._progress: Progress | None = None
        self._seen: Preview | None = None
        self._worksheet: str | None = None
        self.report: ImportReport | None = None
        self.worksheet = QComboBox()
        self.columns = ColumnsTable()
        self.all_or_nothing = QCheckBox(_("All or nothing: change nothing if a row is refused"))
        self.whole_staff = QCheckBox(_("This is the whole staff: whoever is missing has left"))
        self.save = Button(_("Save report…"), "download")
        self.path = QLineEdit()
        self.choose = Button(_("Choose…"), "folder-open")
        self.notice = NoticeBar()
        self.counts = [Pill() for _count in range(5)]
        self.said = PlainLabel("", "muted", wrap=True)
        self.bar = ProgressBar()
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
        """Look at the file's columns, and find out what it would do; nothing of it stays."""
        if not self.path.text().strip() or self.is_busy:
            return
        self._forget()
        way = Way(worksheet=self._worksheet)
        self._desk.read(
            self, load_preview, self._kind, self._file, way, then=self._take_columns, failed=self._refused, lane="file"
        )

    def bring_in(self) -> None:
        """Import what was rehearsed, or rehearse again what was changed since."""
        if self._seen is not None and not self.is_busy:
            self._run(dry_run=self.report is None)

    @property
    def _file(self) -> Path:
        return Path(self.path.text().strip()).expanduser()

    def _take_columns(self, seen: Preview) -> None:
        if self.is_busy:
            return
        self._seen = seen
        key = mapping_key(self._kind, seen.headers)
        self.columns.show_columns(seen, self._memory.get(key, {}))
        self.columns.show()
        self.worksheet.clear()
        self.worksheet.addItems(list(seen.worksheets))
        self.worksheet.setCurrentText(seen.worksheet)
        self.worksheet.setVisible(len(seen.worksheets) > 1)
        came = came_in_at(self._memory, self._kind, seen.digest)
        if came is not None:
            when = moment_text(came, self._zone or ZoneInfo("UTC"))
            self.notice.say(_("The same file was imported here before, {when}.").format(when=when))
        self._run(dry_run=True)

    def _choose_worksheet(self, name: str) -> None:
        self._worksheet = name
        self.rehearse()

    def _look_again(self) -> None:
        """What was rehearsed is not what is chosen now."""
        if self._seen is not None and not self.is_busy:
            self._forget_report()
            self.said.setText(_("Check the file again with what you chose."))
            self.go.set_words(_("Check again"))
            self.go.setEnabled(True)

    def _run(self, *, dry_run: bool) -> None:
        agreement = self.report.agreement if self.report is not None and self.report.agreement else None
        progress = self._progress = Progress()
        verb = _("Checking: {rows}") if dry_run else _("Importing: {rows}")
        progress.stepped.connect(lambda done: self._tell_progress(verb, done))
        self._tell_progress(verb, 0)
        self._set_busy(True)
        self.bar.begin(self._rows_to_come(), passes=2)
        self._desk.apply(
            self,
            run_import,
            self._kind,
            self._file,
            way=self._way(),
            dry_run=dry_run,
            all_or_nothing=self.all_or_nothing.isChecked(),
            whole_staff=self.whole_staff.isChecked(),
            agreement=agreement,
            step=progress.step,
            then=self._show if dry_run else self._done,
            refused=self._refused,
        )

    def _way(self) -> Way:
        """Say how the file is read, with the columns as they are chosen."""
        return Way(worksheet=self._worksheet, columns=self.columns.chosen())

    def save_report(self, place: Path) -> None:
        """Write what was refused and should be known to a file, row by row."""
        report, file, way, zone = self.report, self._file, self._way(), self._zone or ZoneInfo("UTC")
        if report is None:
            return

        def write(_db: object) -> int:
            require_report_place(place, file, place.name)
            with new_file(place, "utf-8-sig") as stream:
                return write_remarks(report, read_table(file, way), stream, zone)

        def told(lines: int) -> None:
            self.notice.say(
                _("{lines} written to {place}.").format(lines=plural("{n} line", "{n} lines", lines), place=place.name),
                "ok",
            )

        self._desk.read(self, write, then=told, failed=self._refused)

    def _tell_progress(self, verb: str, done: int) -> None:
        words = verb.format(rows=plural("{n} row", "{n} rows", done))
        self.said.setText(words)
        self.bar.reach(done, words)

    def _rows_to_come(self) -> int | None:
        """Return how many rows the file has: as it was read, else by its lines; None where neither is known."""
        if self.report is not None:
            return self.report.rows
        return self._seen.lines if self._seen is not None else None

    def _show(self, report: ImportReport) -> None:
        self._set_busy(False)
        self.report = report
        self._memory.put(FOLDER, str(self._file.parent))
        if self._seen is not None:
            self._memory.put(mapping_key(self._kind, self._seen.headers), self.columns.chosen())
        counts = (
            (_("{n} new"), report.added, "accent", "plus"),
            (_("{n} changed"), report.updated, "accent", "pencil-line"),
            (_("{n} unchanged"), report.unchanged, "muted", "check"),
            (_("{n} refused"), len(report.refused), "danger", "octagon-alert"),
            (_("{n} leave"), len(report.missing), "warn", "user-x"),
        )
        for pill, (words, count, tone, icon) in zip(self.counts, counts, strict=True):
            pill.show_pill(words.format(n=f"{count:,}"), tone if count else "muted", icon)
            pill.show()
        self.counts[4].setVisible(bool(report.missing))
        self._list(report)
        self.save.setVisible(bool(report.refused or report.warnings or report.missing))
        stays = self.all_or_nothing.isChecked() and bool(report.refused)
        does_something = bool(report.added + report.updated + len(report.missing)) and not stays
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
        elif not report.added + report.updated + len(report.missing) and not report.refused:
            self.said.setText(_("Everything in the file is here already."))
        elif report.refused and self.all_or_nothing.isChecked():
            self.said.setText(_("Nothing is imported as long as rows are refused. Mend the file and choose it again."))
        elif report.refused:
            self.said.setText(_("These rows would be left out. Mend the file and choose it again, or import the rest."))
        else:
            self.said.setText(_("Nothing is changed yet."))

    def _done(self, report: ImportReport) -> None:
        self._set_busy(False)
        if self._seen is not None:
            remember_file(self._memory, self._kind, self._seen.digest, datetime.now(UTC))
        self.imported.emit(imported_text(report, self._things))
        self.finish()

    def _refused(self, error: DeskError) -> None:
        self._set_busy(False)
        self.said.setText("")
        self.notice.say(error_text(error, self._zone), "muted" if error.code == "import_stopped" else "danger")
        self.path.setFocus()

    def _forget(self) -> None:
        self._seen = None
        self.columns.hide()
        self.notice.hide()
        self._forget_report()
        self.said.setText(
            _("A CSV or Excel file whose first row names the columns. It is checked first; nothing is changed yet.")
        )

    def _forget_report(self) -> None:
        self.report = None
        self.save.hide()
        self.table.setRowCount(0)
        self.table.hide()
        for pill in self.counts:
            pill.hide()
        self.go.set_words(_("Import"))
        self.go.setEnabled(False)

    def _set_busy(self, busy: bool) -> None:
        if not busy:
            self._progress = None
            self.bar.end()
        for part in (self.path, self.choose, self.worksheet, self.columns, self.all_or_nothing, self.whole_staff):
            part.setEnabled(not busy)
        self.save.setEnabled(not busy)
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
            self._worksheet = None
            self.path.setText(name)
            self.rehearse()

    def _pick_report(self) -> None:
        suggested = self._file.with_name(f"{self._file.stem} {_('report')}.csv")
        name, _kind = QFileDialog.getSaveFileName(self, _("Save report"), str(suggested), _("CSV files (*.csv)"))
        if name:
            self.save_report(Path(name))

    def _edited(self) -> None:
        self._worksheet = None
        self.worksheet.hide()
        self._forget()

    def _take_zone(self, settings: Settings) -> None:
        self._zone = settings.zone

    def _connect_sheet(self) -> None:
        self.choose.clicked.connect(self._pick_file)
        self.path.returnPressed.connect(self.rehearse)
        self.path.textEdited.connect(lambda _text: self._edited())
        self.worksheet.textActivated.connect(self._choose_worksheet)
        self.columns.mapped.connect(self._look_again)
        self.all_or_nothing.toggled.connect(lambda _on: self._look_again())
        self.whole_staff.toggled.connect(lambda _on: self._look_again())
        self.save.clicked.connect(self._pick_report)
        self.cancel.clicked.connect(self.dismiss)
        self.go.clicked.connect(self.bring_in)

    def _lay_out_sheet(self) -> None:
        self.path.setAccessibleName(_("File"))
        self.worksheet.setAccessibleName(_("Sheet"))
        self.worksheet.hide()
        if self._kind != "people":
            self.whole_staff.hide()
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
        file.addWidget(self.worksheet)
        file.addWidget(self.choose)
        counts = QHBoxLayout()
        counts.setSpacing(8)
        for pill in self.counts:
            counts.addWidget(pill)
        counts.addStretch(1)
        self.body.addWidget(PlainLabel(_("File"), "field"))
        self.body.addLayout(file)
        self.body.addWidget(self.columns, 3)
        self.body.addWidget(self.all_or_nothing)
        self.body.addWidget(self.whole_staff)
        self.body.addWidget(self.notice)
        self.body.addLayout(counts)
        self.body.addWidget(self.said)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.table, 2)
        self.body.addStretch(0)
        self.foot.addWidget(self.save)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)
