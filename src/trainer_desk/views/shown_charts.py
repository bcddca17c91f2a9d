"""The pictures of the charts: over time, by group, and several groups over time."""

from trainer_desk.services.rows.reports import Split, Step
from trainer_desk.views.charts.view import ChartsView
from trainer_desk.views.stage import Play, Scene, Stage


def _view(stage: Stage) -> ChartsView:
    stage.parts.window.toasts.dismiss()
    stage.parts.window.panel.close_panel()
    stage.parts.overview.reports.open("charts")
    view = stage.parts.overview.reports.charts.view
    assert view is not None
    return view


def chart(name: str, split: Split | None = None, step: Step | None = None) -> Play:
    """Return the scene of a report, split and cut as it says."""

    def play(stage: Stage) -> None:
        view = _view(stage)
        view.show_report(name)
        if split is not None:
            view.choices.split.set_value(split)
        if step is not None:
            view.choices.step.set_value(step)
            view.choices.show_span("three")
        view.report = None
        view.reload()
        stage.wait(lambda: view.report is not None and view.report.name == name)

    return play


def saving(stage: Stage) -> None:
    """The numbers of a chart are to be saved."""
    chart("expiries")(stage)
    stage.parts.overview.reports.charts.save("numbers")
    stage.wait()


def end_of_saving(stage: Stage) -> None:
    """Put the sheet away."""
    sheet = stage.parts.overview.reports.charts.sheet
    if sheet is not None:
        sheet.finish()
    stage.parts.window.show_page("schedule")


SCENES = (
    Scene("charts-over-time", chart("enrollments", Split.TOTAL, Step.WEEK)),
    Scene("charts-lines", chart("compliance", Split.DEPARTMENT, Step.WEEK)),
    Scene("charts-bars", chart("expiries")),
    Scene("charts-saving", saving, end_of_saving),
)
