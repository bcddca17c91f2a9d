"""The pictures of the compliance matrix: as it comes, with people selected, and as of a past day."""

from datetime import timedelta

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from trainer_desk.views.matrix.view import MatrixView
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.stage import Scene, Stage


def matrix(stage: Stage) -> MatrixView:
    """The whole matrix of today."""
    stage.view(View.WEEK)
    parts = stage.parts
    parts.window.panel.close_panel()
    reports = parts.overview.reports
    reports.open("matrix")
    view = reports.matrix.view
    assert view is not None
    view.filters.day.set_value(view.filters.asked().today)
    view.filters.clear_all()
    stage.wait(lambda: view.page is not None and view.model.counts is not None)
    return view


def selected(stage: Stage) -> None:
    """Some people of one course, with what can be done for them."""
    view = matrix(stage)
    model, flags = view.model, QItemSelectionModel.SelectionFlag
    chosen = QItemSelection(model.index(2, 11), model.index(13, 11))
    view.grid.selectionModel().select(chosen, flags.ClearAndSelect)
    view.grid.selectionModel().setCurrentIndex(model.index(13, 11), flags.NoUpdate)
    view.grid.setFocus()
    stage.wait()


def past_day(stage: Stage) -> None:
    """Who lacked something three weeks ago."""
    view = matrix(stage)
    view.filters.day.set_value(view.filters.asked().today - timedelta(days=21))
    view.filters.lacking.setChecked(True)
    stage.wait(lambda: view.page is not None and view.page.asked.lacking and view.model.counts is not None)


def saving(stage: Stage) -> None:
    """It is about to be saved."""
    matrix(stage).save.click()
    stage.wait()
    sheet = stage.parts.overview.reports.matrix.saving.sheet
    if sheet is not None:
        sheet.path.setText("Documents/Compliance 2026-11-24.xlsx")


def printing(stage: Stage) -> None:
    """It is about to be printed."""
    found = stage.parts.overview.reports.matrix.printing
    found.preview = None
    matrix(stage).print.click()
    stage.wait(lambda: found.preview is not None)


def end_of_sheets(stage: Stage) -> None:
    """Close what was opened over the window."""
    for sheet in stage.parts.window.findChildren(Sheet):
        sheet.finish()


SCENES = (
    Scene("matrix", matrix),
    Scene("matrix-selected", selected),
    Scene("matrix-past", past_day),
    Scene("matrix-save", saving, end_of_sheets),
    Scene("matrix-print", printing, end_of_sheets),
)
