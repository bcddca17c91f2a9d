"""Makes the view of demand for the page of reports, and the runs of drafts that are asked for there (D4)."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.exchange.reports import demand_rows
from trainer_desk.services.exchange.table_out import Shape, Table, save
from trainer_desk.services.orchestration.drafting_runs import draft_runs
from trainer_desk.services.rows.demand import Demand, RunWish
from trainer_desk.texts.demand import made_text
from trainer_desk.texts.translate import _
from trainer_desk.views.demand.view import DemandView
from trainer_desk.views.export.file_sheet import FileSheet, Step
from trainer_desk.views.room import Room


class DemandRoom(Room):
    """The view is made when it is first wanted."""

    run_wanted = Signal(int)
    """A run is to be opened."""

    view: DemandView | None = None
    sheet: FileSheet | None = None

    def make(self) -> tuple[QWidget, QWidget]:
        """Return the view, and the tools that stand in the bar over it."""
        view = self.view = DemandView(self._desk, self._clock.now)
        view.run_wanted.connect(self._draft)
        view.save_wanted.connect(self._save)
        return view, view.tools

    def _draft(self, wishes: Sequence[RunWish]) -> None:
        if not wishes:
            return

        def made(run_ids: Sequence[int]) -> None:
            self._tell(made_text(wishes), True)
            if len(run_ids) == 1:
                self.run_wanted.emit(run_ids[0])

        label = _("Draft runs of {courses}").format(courses=", ".join(dict.fromkeys(one.title for one in wishes)))
        self._desk.write(self, label, draft_runs, list(wishes), then=made)

    def _save(self) -> None:
        view, window, directory = self.view, self._window, self._directory()
        if view is None or view.demand is None or directory is None:
            return
        self.sheet = FileSheet(
            window,
            self._desk,
            window.memory,
            window.toasts,
            title=_("Save the demand"),
            kinds=_("Workbooks (*.xlsx);;CSV files (*.csv)"),
            remembers="demand/folder",
            work=partial(_write, view.demand, directory.settings.zone),
        )
        self.sheet.propose(_("Demand {day}.xlsx").format(day=view.demand.today.isoformat()))
        self.sheet.open()


def _write(demand: Demand, zone: ZoneInfo, _db: Any, path: Path, step: Step) -> int:
    return save(path, Table(*demand_rows(demand)), zone, Shape(bom=True), step)
