"""The sheet that saves a roster as CSV: columns, separator, a preview of the first rows, and where to (X1)."""

import datetime as dt
from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from trainer_desk.services.errors import DeskError
from trainer_desk.services.exchange.roster import COLUMNS, DEFAULT_COLUMNS, save_roster
from trainer_desk.texts import error_text, people_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.export.column_list import ColumnList
from trainer_desk.views.export.roster_facts import RosterFacts, free_name, of_range, of_sessions, preview
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.confirm import may_write_to
from trainer_desk.views.parts.notice_bar import NoticeBar
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.segment import Segment
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.parts.toast import Toasts

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


class RosterSheet(Sheet):
    """For the sessions named, or for all that start in a range of UTC instants; choices are remembered."""

    saved = Signal(str)
    """The path of the file that was written."""

    def __init__(
        self,
        over: QWidget,
        desk: Desk,
        memory: Memory,
        toasts: Toasts,
        *,
        session_ids: Collection[int] = (),
        span: tuple[dt.datetime, dt.datetime] | None = None,
    ) -> None:
        super().__init__(over, _("Save the roster as CSV"), width=720, height=600, subtitle=" ")
        self._desk, self._memory, self._toasts = desk, memory, toasts
        self.facts: RosterFacts | None = None
        self.columns = ColumnList()
        names = (("comma", _("Comma")), ("semicolon", _("Semicolon")), ("tab", _("Tab")))
        self.separator = Segment(names, _("Separator"), narrow=0)
        self.bom = QCheckBox(_("UTF-8 mark for Excel"))
        self.table = QTableWidget()
        self.path = QLineEdit()
        self.choose = Button(_("Choose…"), "folder-open")
        self.notice = NoticeBar()
        self.save = Button(_("Save"), kind="primary")
        self.cancel = Button(_("Cancel"))
        self._lay_out_sheet()
        self._recall()
        self._connect_sheet()
        if span is None:
            desk.read(self, of_sessions, list(session_ids), then=self._show_facts, failed=self._refused)
        else:
            desk.read(self, of_range, *span, then=self._show_facts, failed=self._refused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Enter; on a button it presses that one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            if isinstance(focus, QAbstractButton):
                focus.click()
            else:
                self.write()
            event.accept()
            return
        super().keyPressEvent(event)

    def write(self) -> None:
        """Save; a file that is there already is only replaced after a question."""
        target = Path(self.path.text().strip()).expanduser()
        if self.facts is None or not self.save.isEnabled():
            return
        if not self.path.text().strip():
            self.path.setFocus()
            return
        if not may_write_to(self, target):
            self.path.setFocus()
            return
        self._write_to(target)

    def _write_to(self, target: Path) -> None:
        assert self.facts is not None
        self.notice.hide()
        self._set_busy(True)
        self._desk.read(
            self,
            save_roster,
            self.facts.selection,
            target,
            self.facts.zone,
            columns=self.columns.chosen(),
            separator=SEPARATORS[self.separator.current],
            bom=self.bom.isChecked(),
            then=lambda rows: self._written(target, rows),
            failed=self._refused,
        )

    def _written(self, target: Path, rows: int) -> None:
        self._memory.put("roster/folder", str(target.parent))
        self._keep()
        told = _("Saved {people} to “{name}”.").format(people=people_text(rows), name=target.name)
        folder = QUrl.fromLocalFile(str(target.parent))
        self._toasts.show(told, "ok", _("Open folder"), lambda: QDesktopServices.openUrl(folder))
        self.saved.emit(str(target))
        self.finish()

    def _refused(self, error: DeskError) -> None:
        self._set_busy(False)
        zone = None if self.facts is None else self.facts.zone
        said = error_text(error, zone)
        target = Path(self.path.text().strip()).expanduser()
        if error.facts.get("why") in ("file_busy", "not_writable") and target.exists():
            self.notice.say(said, "danger", (_("Save as a new file"), self._save_as_new))
        else:
            self.notice.say(said, "danger")
        self.path.setFocus()

    def _save_as_new(self) -> None:
        target = free_name(Path(self.path.text().strip()).expanduser())
        self.path.setText(str(target))
        self._write_to(target)

    def _show_facts(self, facts: RosterFacts) -> None:
        self.facts = facts
        sessions = plural("{n} session", "{n} sessions", facts.sessions)
        self.subtitle.set_whole(f"{sessions} · {people_text(facts.people)}")
        self.path.setText(str(self._folder() / facts.file_name))
        self._look_again()
        self.save.setFocus()

    def _folder(self) -> Path:
        """Return the folder of last time, else that of documents, as far as it is there; else one's own."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        wanted = (Path(name) for name in (self._memory.get("roster/folder", ""), documents) if name)
        return next((folder for folder in wanted if folder.is_dir()), Path.home())

    def _look_again(self) -> None:
        chosen = self.columns.chosen()
        self.save.setEnabled(bool(chosen) and self.facts is not None)
        if self.facts is None or not chosen:
            self._show_rows([chosen])
            return
        separator = SEPARATORS[self.separator.current]
        first, zone = self.facts.first, self.facts.zone
        read = self._desk.read
        read(self, preview, first, zone, chosen, separator, then=self._show_rows, failed=self._refused, lane="preview")

    def _show_rows(self, rows: list[list[str]]) -> None:
        head, body = rows[0], rows[1:]
        self.table.setColumnCount(len(head))
        self.table.setRowCount(len(body))
        self.table.setHorizontalHeaderLabels(head)
        for row, cells in enumerate(body):
            for place, cell in enumerate(cells):
                self.table.setItem(row, place, QTableWidgetItem(cell))
        self.table.resizeColumnsToContents()
        self.empty.setVisible(self.facts is not None and bool(head) and not body)

    def _pick_file(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Save the roster"),
            self.path.text(),
            _("CSV files (*.csv)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self.path.setText(name)

    def _recall(self) -> None:
        order = [code for code in self._memory.get("roster/order", list(COLUMNS)) if code in COLUMNS]
        order += [code for code in COLUMNS if code not in order]
        self.columns.offer(order, self._memory.get("roster/columns", list(DEFAULT_COLUMNS)))
        remembered = self._memory.get("roster/separator", "comma")
        self.separator.choose(remembered if remembered in SEPARATORS else "comma")
        self.bom.setChecked(self._memory.get("roster/bom", True))

    def _keep(self) -> None:
        self._memory.put("roster/order", self.columns.order())
        self._memory.put("roster/columns", self.columns.chosen())
        self._memory.put("roster/separator", self.separator.current)
        self._memory.put("roster/bom", self.bom.isChecked())
        self._memory.save()

    def _set_busy(self, busy: bool) -> None:
        self.save.setEnabled(not busy)
        self.save.set_words(_("Saving…") if busy else _("Save"))

    def _connect_sheet(self) -> None:
        self.columns.changed.connect(self._look_again)
        self.separator.chosen.connect(lambda _key: self._look_again())
        self.choose.clicked.connect(self._pick_file)
        self.cancel.clicked.connect(self.dismiss)
        self.save.clicked.connect(self.write)
        self.path.returnPressed.connect(self.write)

    def _lay_out_sheet(self) -> None:
        self.path.setAccessibleName(_("File"))
        self.table.setAccessibleName(_("First rows of the file"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.columns.setFixedWidth(220)
        self.empty = PlainLabel(_("Nobody is enrolled: the file will hold the headings only."), "small", wrap=True)
        self.empty.hide()
        right = QVBoxLayout()
        right.setSpacing(6)
        options = QHBoxLayout()
        options.addWidget(self.separator)
        options.addStretch(1)
        options.addWidget(self.bom)
        right.addWidget(PlainLabel(_("Separator"), "field"))
        right.addLayout(options)
        right.addWidget(PlainLabel(_("First rows"), "field"))
        right.addWidget(self.table, 1)
        right.addWidget(self.empty)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.columns)
        middle.addLayout(right, 1)
        file = QHBoxLayout()
        file.addWidget(self.path, 1)
        file.addWidget(self.choose)
        self.body.addWidget(self.notice)
        self.body.addLayout(middle, 1)
        self.body.addWidget(PlainLabel(_("File"), "field"))
        self.body.addLayout(file)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.save)
