"""The pictures of what was changed: the list of all changes, and the history of one session."""

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.planning.drafts import edit_session
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.stage import Scene, Stage


def all_changes(stage: Stage) -> None:
    """The list of all changes."""
    parts = stage.parts
    parts.window.toasts.dismiss()
    parts.window.go_to_page("audit")
    parts.history.page.period.choose("all")
    parts.history.page.reload()
    stage.wait(lambda: parts.history.page.table.model.rowCount())


def one_history(stage: Stage) -> None:
    """The history of a session to which somebody added a note."""
    stage.view(View.WEEK)
    parts = stage.parts
    chosen = stage.session(lambda card: card.status is SessionStatus.SCHEDULED and card.seats_taken > 3)
    said = {"notes": "Bring the long lanyards", "capacity": 16}
    parts.desk.write(parts.window, "Edit notes and capacity", edit_session, chosen, said, version=None)
    stage.wait()
    parts.history.open("session", chosen, "S4")
    stage.wait(lambda: parts.history.sheet is not None and parts.history.sheet.history is not None)


def end(stage: Stage) -> None:
    """Close the sheet and go back to the calendar."""
    sheet = stage.parts.history.sheet
    if sheet is not None:
        sheet.finish()
    stage.parts.window.toasts.dismiss()
    stage.parts.window.show_page("schedule")


SCENES = (Scene("changes", all_changes, end), Scene("history", one_history, end))
