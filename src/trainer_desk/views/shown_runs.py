"""The pictures of runs: the list with one run beside it, and the sheets that change it."""

from trainer_desk.views.runs.days_sheet import RunDaysSheet
from trainer_desk.views.runs.form_sheet import RunSheet
from trainer_desk.views.runs.people_sheet import RunPeopleSheet
from trainer_desk.views.stage import Scene, Stage


def one_run(stage: Stage) -> None:
    """The list of runs, and one of them beside it."""
    parts = stage.parts
    parts.window.toasts.dismiss()
    parts.window.go_to_page("runs")
    page = parts.runs.page
    stage.wait(lambda: page.shelves is not None and page.shelves.runs)
    if page.shelves is not None:
        page.select(page.shelves.runs[0].run.id)
    stage.wait(lambda: parts.window.panel.current == "run")


def adding_people(stage: Stage) -> None:
    """People who are put on a run, with a seat on every coming day."""
    one_run(stage)
    stage.parts.runs.panel.buttons["people"].click()
    sheet = stage.sheet(RunPeopleSheet)
    sheet.search.setText("a")
    sheet.look_up()
    stage.wait(lambda: sheet.hits.count())
    sheet.take_hit()
    sheet.text.setPlainText(f"{sheet.text.toPlainText()}\nNobody Known")
    stage.wait(lambda: sheet.is_settled)


def adding_days(stage: Stage) -> None:
    """New days of a run at one time of day."""
    one_run(stage)
    stage.parts.runs.panel.buttons["days"].click()
    stage.wait(lambda: stage.parts.window.findChildren(RunDaysSheet))
    sheet = stage.sheet(RunDaysSheet)
    sheet.number.setText("3")
    sheet.number.textEdited.emit("3")


def editing(stage: Stage) -> None:
    """The form of a run."""
    one_run(stage)
    stage.parts.runs.panel.buttons["edit"].click()
    stage.wait(lambda: stage.parts.window.findChildren(RunSheet))


def end(stage: Stage) -> None:
    """Close the sheets and leave the page for the calendar."""
    for kind in (RunPeopleSheet, RunDaysSheet, RunSheet):
        for sheet in stage.parts.window.findChildren(kind):
            sheet.finish()
    stage.parts.window.toasts.dismiss()
    stage.parts.window.show_page("schedule")


SCENES = (
    Scene("runs", one_run, end),
    Scene("runs-people", adding_people, end),
    Scene("runs-days", adding_days, end),
    Scene("runs-edit", editing, end),
)
