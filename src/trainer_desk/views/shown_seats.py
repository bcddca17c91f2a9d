"""The scenes of the panel in which seats are held, offered, waited for, and given to somebody else."""

from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.findings import Fix
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.session.dates_sheet import DatesSheet
from trainer_desk.views.session.people_group import PeopleGroup
from trainer_desk.views.session.people_rows import PersonRow
from trainer_desk.views.session.person_sheet import PersonSheet
from trainer_desk.views.stage import Stage


def full_session(stage: Stage) -> None:
    """A session that is full: enrolled, held and offered seats, people who wait, and its run."""
    stage.view(View.WEEK)
    stage.parts.schedule.step(1)
    stage.wait()
    if not any(card.waiting for card in stage.parts.schedule.source.cards.values()):
        stage.parts.schedule.step(-1)
        stage.wait()
    chosen = stage.session(lambda card: card.waiting > 0)
    stage.parts.schedule.select([chosen])
    stage.parts.open_session(chosen, "notes")
    panel = stage.parts.panel
    stage.wait(lambda: panel.facts is not None and panel.facts.card.id == chosen)
    form = panel.form
    form.verticalScrollBar().setValue(form.people.y() - 8)


def queue_looked_at(stage: Stage) -> None:
    """Who waits, what can be done with one of them, and what settling would do."""
    full_session(stage)
    people = stage.parts.panel.form.people
    _choose(people.waiting, 0)
    people.queue.look.click()
    stage.wait(lambda: people.queue.answer.text())
    _scroll_to_end_of(stage, people.queue)


def holding_seats(stage: Stage) -> None:
    """Holding seats for a customer."""
    full_session(stage)
    stage.parts.panel.form.people.held.hold.click()
    stage.wait()


def replacing(stage: Stage) -> None:
    """Giving somebody's seat to another person."""
    full_session(stage)
    _choose(stage.parts.panel.form.people.seated, 1).button("replace").click()
    sheet = stage.sheet(PersonSheet)
    stage.wait(lambda: sheet.is_settled)


def filling(stage: Stage) -> None:
    """Choosing people for held seats."""
    full_session(stage)
    stage.parts.panel.form.people.held.rows[0].fill.click()
    sheet = stage.sheet(PersonSheet)
    stage.wait(lambda: sheet.is_settled)
    for row in (1, 4):
        sheet.list.clicked.emit(sheet.list.lines.index(row))
    stage.wait()


def moving(stage: Stage) -> None:
    """Moving somebody to another date."""
    full_session(stage)
    _choose(stage.parts.panel.form.people.seated, 1).button("move").click()
    sheet = stage.sheet(DatesSheet)
    stage.wait(lambda: sheet.list.lines.rowCount() or sheet.empty.isVisible())


def capacity_too_low(stage: Stage) -> None:
    """A capacity below the number of people, with its ways out."""
    full_session(stage)
    panel = stage.parts.panel
    panel.form.capacity.apply(Fix("set_capacity", {"capacity": 9}))
    stage.wait(lambda: panel.form.capacity.verdict.isVisible())
    panel.form.verticalScrollBar().setValue(panel.form.venue.y())


def end_of_typing(stage: Stage) -> None:
    """Give up what was typed."""
    stage.parts.panel.saver.discard()


def _choose(part: PeopleGroup, place: int) -> PeopleGroup:
    states = (EnrollmentState.CONFIRMED, EnrollmentState.WAITLISTED, EnrollmentState.OFFERED)
    row = part.list.lines.rows[place]
    assert isinstance(row, PersonRow)
    assert row.state in states
    part.list.setCurrentIndex(part.list.lines.index(place))
    return part


def _scroll_to_end_of(stage: Stage, part: object) -> None:
    form = stage.parts.panel.form
    stage.wait()
    form.ensureWidgetVisible(part, 0, 60)  # type: ignore[arg-type]
