"""The sheet that saves a roster as CSV: columns, separator, a preview of the first rows, and where to (X1)."""

import datetime as dt
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from trainer_desk.services.exchange.roster import COLUMNS, DEFAULT_COLUMNS, save_roster
from trainer_desk.services.exchange.table_out import Shape
from trainer_desk.texts import people_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.export.column_list import ColumnList
from trainer_desk.views.export.file_sheet import FileSheet, Step, Work
from trainer_desk.views.export.roster_facts import RosterFacts, of_range, of_sessions, preview
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.segment import Segment
from trainer_desk.views.parts.toast import Toasts

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


class RosterSheet(FileSheet):
    """For the sessions named, or for all that start in a range of UTC instants; choices are remembered."""

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
        super().__init__(
            over,
            desk,
            memory,
            toasts,
            title=_("Save the roster as CSV"),
            kinds=_("CSV files (*.csv)"),
            remembers="roster/folder",
            told=lambda rows, name: _("Saved {people} to “{name}”.").format(people=people_text(rows), name=name),
            width=720,
            height=600,
            subtitle=" ",
        )
        self.facts: RosterFacts | None = None
        self.columns = ColumnList()
        names = (("comma", _("Comma")), ("semicolon", _("Semicolon")), ("tab", _("Tab")))
        self.separator = Segment(names, _("Separator"), narrow=0)
        self.bom = QCheckBox(_("UTF-8 mark for Excel"))
        self.table = QTableWidget()
        self._lay_out_sheet()
        self._recall()
        self._connect_sheet()
        if span is None:
            desk.read(self, of_sessions, list(session_ids), then=self._show_facts, failed=self._refused)
        else:
            desk.read(self, of_range, *span, then=self._show_facts, failed=self._refused)

    def make_work(self) -> Work | None:
        """Return what writes the roster with the columns that are chosen now."""
        if self.facts is None:
            return None
        return partial(
            _write,
            self.facts,
            columns=self.columns.chosen(),
            shape=Shape(SEPARATORS[self.separator.current], self.bom.isChecked()),
        )

    def _show_facts(self, facts: RosterFacts) -> None:
        self.facts = facts
        sessions = plural("{n} session", "{n} sessions", facts.sessions)
        self.subtitle.set_whole(f"{sessions} · {people_text(facts.people)}")
        self.propose(facts.file_name)
        self._look_again()
        self.save.setFocus()

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

    def _recall(self) -> None:
        order = [code for code in self._memory.get("roster/order", list(COLUMNS)) if code in COLUMNS]
        order += [code for code in COLUMNS if code not in order]
        self.columns.offer(order, self._memory.get("roster/columns", list(DEFAULT_COLUMNS)))
        remembered = self._memory.get("roster/separator", "comma")
        self.separator.choose(remembered if remembered in SEPARATORS else "comma")
        self.bom.setChecked(self._memory.get("roster/bom", True))

    def keep(self) -> None:
        """Remember the choices."""
        self._memory.put("roster/order", self.columns.order())
        self._memory.put("roster/columns", self.columns.chosen())
        self._memory.put("roster/separator", self.separator.current)
        self._memory.put("roster/bom", self.bom.isChecked())
        super().keep()

    def _connect_sheet(self) -> None:
        self.columns.changed.connect(self._look_again)
        self.separator.chosen.connect(lambda _key: self._look_again())
        self.path.returnPressed.connect(self.write)

    def _lay_out_sheet(self) -> None:
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
        self.middle.setSpacing(16)
        self.middle.addWidget(self.columns)
        self.middle.addLayout(right, 1)


def _write(facts: RosterFacts, db: Any, path: Path, step: Step, **chosen: Any) -> int:
    return save_roster(db, facts.selection, path, facts.zone, step=step, **chosen)
