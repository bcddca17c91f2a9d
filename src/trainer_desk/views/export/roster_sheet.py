"""The sheet that saves a roster: columns, kind of file, a preview of the first rows, and where to (X1)."""

import datetime as dt
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_desk.services.exchange.roster import COLUMNS, DEFAULT_COLUMNS, save_roster
from trainer_desk.services.exchange.selection import Selection
from trainer_desk.texts import people_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.export.column_list import ColumnList
from trainer_desk.views.export.file_sheet import FileSheet, Step, Work
from trainer_desk.views.export.first_rows import FirstRows
from trainer_desk.views.export.roster_facts import RosterFacts, of_range, of_selection, of_sessions, preview
from trainer_desk.views.export.shape_choice import ShapeChoice
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.toast import Toasts


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
        selection: Selection | None = None,
        name: str = "",
    ) -> None:
        super().__init__(
            over,
            desk,
            memory,
            toasts,
            title=_("Save the roster"),
            kinds=_("CSV files (*.csv);;Excel workbooks (*.xlsx)"),
            remembers="roster/folder",
            told=lambda rows, name: _("Saved {people} to “{name}”.").format(people=people_text(rows), name=name),
            width=720,
            height=600,
            subtitle=" ",
        )
        self.facts: RosterFacts | None = None
        self.columns = ColumnList()
        self.shape = ShapeChoice()
        self.separator, self.bom = self.shape.separator, self.shape.bom
        self.table = FirstRows()
        self._lay_out_sheet()
        self._recall()
        self._connect_sheet()
        if selection is not None:
            desk.read(self, of_selection, selection, name, then=self._show_facts, failed=self._refused)
        elif span is None:
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
            shape=self.shape.shape(),
        )

    def _show_facts(self, facts: RosterFacts) -> None:
        self.facts, self.total = facts, facts.people
        sessions = plural("{n} session", "{n} sessions", facts.sessions)
        self.subtitle.set_whole(f"{sessions} · {people_text(facts.people)}")
        self.propose(facts.file_name)
        self.use_ending(self.shape.ending)
        self._look_again()
        self.save.setFocus()

    def _look_again(self) -> None:
        chosen = self.columns.chosen()
        self.save.setEnabled(bool(chosen) and self.facts is not None)
        if self.facts is None or not chosen:
            self._show_rows([chosen])
            return
        wanted = (preview, self.facts.first, self.facts.zone, chosen, self.shape.shape())
        self._desk.read(self, *wanted, then=self._show_rows, failed=self._refused, lane="preview")

    def _change_shape(self) -> None:
        self.use_ending(self.shape.ending)
        self._look_again()

    def _show_rows(self, rows: list[list[str]]) -> None:
        head, body = rows[0], rows[1:]
        self.table.show_rows(head, body)
        self.empty.setVisible(self.facts is not None and bool(head) and not body)

    def _recall(self) -> None:
        order = [code for code in self._memory.get("roster/order", list(COLUMNS)) if code in COLUMNS]
        order += [code for code in COLUMNS if code not in order]
        self.columns.offer(order, self._memory.get("roster/columns", list(DEFAULT_COLUMNS)))
        self.shape.recall(self._memory, "roster")

    def keep(self) -> None:
        """Remember the choices."""
        self._memory.put("roster/order", self.columns.order())
        self._memory.put("roster/columns", self.columns.chosen())
        self.shape.keep(self._memory, "roster")
        super().keep()

    def _connect_sheet(self) -> None:
        self.columns.changed.connect(self._look_again)
        self.shape.changed.connect(self._change_shape)

    def _lay_out_sheet(self) -> None:
        self.columns.setFixedWidth(220)
        self.empty = PlainLabel(_("Nobody is enrolled: the file will hold the headings only."), "small", wrap=True)
        self.empty.hide()
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self.shape)
        right.addWidget(PlainLabel(_("First rows"), "field"))
        right.addWidget(self.table, 1)
        right.addWidget(self.empty)
        self.middle.setSpacing(16)
        self.middle.addWidget(self.columns)
        self.middle.addLayout(right, 1)


def _write(facts: RosterFacts, db: Any, path: Path, step: Step, **chosen: Any) -> int:
    return save_roster(db, facts.selection, path, facts.zone, step=step, **chosen)
