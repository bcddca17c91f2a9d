"""Scenes of many sessions at once: those that are chosen, how they would move, and what was refused."""

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.rows.bulk import BulkVerb
from trainer_desk.views.bulk.fields import MoveFields
from trainer_desk.views.bulk.refusals import Refusals
from trainer_desk.views.bulk.sheet import BulkSheet
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.stage import Scene, Stage


def chosen(stage: Stage) -> None:
    """Six sessions of the week are chosen."""
    stage.view(View.WEEK)
    stage.parts.schedule.select(_ids(stage))


def moving(stage: Stage) -> None:
    """They are to move by a day; some of them would clash."""
    chosen(stage)
    stage.parts.schedule.actions_of.bulk.open(BulkVerb.MOVE, _ids(stage))
    sheet = _sheet(stage)
    assert isinstance(sheet.fields, MoveFields)
    sheet.fields.days.setValue(1)
    stage.wait(lambda: sheet.go.isEnabled())


def scheduling(stage: Stage) -> None:
    """Drafts of the week are to be scheduled; those that clash can be helped."""
    stage.view(View.WEEK)
    board = stage.parts.schedule.source.board
    assert board is not None
    drafts = [card.id for card in board.sessions if card.status is SessionStatus.DRAFT and card.starts_at]
    stage.parts.schedule.actions_of.bulk.open(BulkVerb.PUBLISH, drafts[:6])
    sheet = _sheet(stage)
    stage.wait(lambda: bool(sheet.table.rows))


def duplicating(stage: Stage) -> None:
    """They are to be duplicated at the same time, which clashes with themselves."""
    chosen(stage)
    stage.parts.schedule.actions_of.bulk.open(BulkVerb.DUPLICATE, _ids(stage))
    sheet = _sheet(stage)
    stage.wait(lambda: sheet.go.isEnabled())


def changed(stage: Stage) -> None:
    """One of them was given other seats meanwhile, so they are not moved yet."""
    moving(stage)
    sheet = _sheet(stage)
    store = stage.program.store
    assert store is not None
    other = sheet.table.rows[-2].line.card
    store.write("Edit", edit_session, other.id, {"capacity": (other.capacity or 30) + 1}, actor="Mary Jones")
    sheet.go.click()
    stage.wait(lambda: not sheet.trouble.isHidden())


def refused(stage: Stage) -> None:
    """Two of them were refused."""
    stage.view(View.WEEK)
    Refusals(
        stage.parts.window,
        (
            ("Lockout–Tagout · Tue 24 Nov · 13:30–16:30", "Training Room A is taken by Fire Warden, 14:00–15:00."),
            ("First Aid at Work · Wed 25 Nov · 09:00–17:00", "John Smith is away on that day."),
        ),
    ).open()


def end(stage: Stage) -> None:
    """Close what is open, and choose nothing."""
    for sheet in (*stage.parts.window.findChildren(BulkSheet), *stage.parts.window.findChildren(Refusals)):
        sheet.finish()
    stage.parts.schedule.select([])


def _ids(stage: Stage) -> list[int]:
    board = stage.parts.schedule.source.board
    assert board is not None
    live = (SessionStatus.SCHEDULED, SessionStatus.DRAFT)
    return [card.id for card in board.sessions if card.status in live][-6:]


def _sheet(stage: Stage) -> BulkSheet:
    stage.wait(lambda: bool(stage.parts.window.findChildren(BulkSheet)))
    return stage.parts.window.findChildren(BulkSheet)[-1]


SCENES = (
    Scene("bulk", chosen, end),
    Scene("bulk-move", moving, end),
    Scene("bulk-schedule", scheduling, end),
    Scene("bulk-duplicate", duplicating, end),
    Scene("bulk-changed", changed, end),
    Scene("bulk-refused", refused, end),
)
