"""The pictures of the form that records a past session: filled in, and refused with its reasons."""

from datetime import date, time

from trainer_desk.services.planning.shelves import Shelf
from trainer_desk.views.past.sheet import PastSheet
from trainer_desk.views.stage import Scene, Stage


def filled_in(stage: Stage) -> None:
    """Two weeks ago, with a list of which one line names nobody and one could name several."""
    parts = stage.parts
    parts.window.toasts.dismiss()
    parts.window.panel.close_panel()
    parts.window.show_page("sessions")
    parts.sessions.show_shelf(Shelf.PAST)
    stage.wait()
    parts.past.open()
    stage.wait(lambda: parts.past.sheet is not None and parts.past.sheet.form is not None)
    sheet = stage.sheet(PastSheet)
    assert sheet.form is not None
    directory, fields = sheet.form.directory, sheet.fields
    trainer, course = next((t, c) for t, c in sheet.form.directory.qualifications if directory.courses[c].active)
    fields.course.set_value(course)
    fields.day.set_value(date(2026, 11, 11))
    fields.start.set_value(time(9))
    fields.end.set_value(time(11))
    fields.trainer.set_value(trainer)
    fields.venue.set_value(next(iter(directory.venues)))
    sheet.text.setPlainText("\n".join([*(f"P{number}" for number in range(10003, 10009)), "Jo Nobody-Knows"]))
    stage.wait(lambda: sheet.is_settled)
    for combo in sheet.people.marks[-1:]:
        combo.setCurrentIndex(1)


def refused(stage: Stage) -> None:
    """Recorded too early: a line of the list names nobody."""
    filled_in(stage)
    stage.sheet(PastSheet).confirm()
    stage.wait()


def end(stage: Stage) -> None:
    """Give it up."""
    stage.sheet(PastSheet).finish()
    stage.parts.window.show_page("schedule")


SCENES = (Scene("past-session", filled_in, end), Scene("past-session-refused", refused, end))
