"""The pictures of the pages of a person, a trainer and a course, and of one about to be saved as a PDF."""

from trainer_desk.models.enums import SessionStatus
from trainer_desk.views.pages.content import COURSES, PEOPLE, TRAINERS
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.stage import Stage


def person_page(stage: Stage) -> None:
    """Somebody who sits in a session of the week."""
    stage.view(View.WEEK)
    parts = stage.parts
    chosen = stage.session(lambda card: card.status is SessionStatus.SCHEDULED and card.seats_taken > 3)
    parts.open_session(chosen, "notes")
    stage.wait(lambda: parts.panel.facts is not None and parts.panel.facts.card.id == chosen)
    if parts.panel.facts is not None:
        _open(stage, PEOPLE, parts.panel.facts.seats[0].person_id)


def trainer_page(stage: Stage) -> None:
    """The trainer who teaches most courses."""
    stage.view(View.WEEK)
    directory = stage.parts.schedule.source.directory
    if directory is not None:
        held = [trainer for trainer, _course in directory.qualifications]
        _open(stage, TRAINERS, max(directory.trainers, key=held.count))


def course_page(stage: Stage) -> None:
    """The course of a session of the week."""
    stage.view(View.WEEK)
    chosen = stage.session(lambda card: card.status is SessionStatus.SCHEDULED)
    _open(stage, COURSES, stage.parts.schedule.source.cards[chosen].course_id)


def page_as_pdf(stage: Stage) -> None:
    """The page of a course about to be saved as a PDF."""
    course_page(stage)
    stage.parts.pages.page.save_button.click()
    stage.wait()
    sheet = stage.parts.pages.paper.sheet
    if sheet is not None:
        sheet.path.setText("Documents/Overhead Crane 2026-11-24.pdf")


def _open(stage: Stage, kind: str, thing_id: int) -> None:
    stage.parts.window.panel.close_panel()
    stage.parts.pages.open(kind, thing_id)
    stage.wait(lambda: stage.parts.pages.page.content is not None)
