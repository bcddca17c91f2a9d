"""The picture of demand: who needs which training where and by when, some months chosen (D4)."""

from PySide6.QtCore import QItemSelectionModel

from trainer_desk.views.demand.model import BEFORE
from trainer_desk.views.stage import Scene, Stage


def demand(stage: Stage) -> None:
    """The table with the first months that lack sessions chosen."""
    parts = stage.parts
    parts.window.toasts.dismiss()
    reports = parts.overview.reports
    reports.open("demand")
    stage.wait(lambda: reports.demand.view is not None and bool(reports.demand.view.model.lines))
    view = reports.demand.view
    assert view is not None
    model, chosen = view.model, 0
    for row, line in enumerate(model.lines):
        for month, cell in enumerate(line.cells):
            if cell.sessions and chosen < 3:
                choose = QItemSelectionModel.SelectionFlag.Select
                view.table.selectionModel().select(model.index(row, BEFORE + month), choose)
                chosen += 1


def end(stage: Stage) -> None:
    """Go back to the calendar."""
    stage.parts.window.show_page("schedule")


SCENES = (Scene("demand", demand, end),)
