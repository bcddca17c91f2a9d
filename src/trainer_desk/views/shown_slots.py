"""The pictures of free times and substitutes: outlined on the calendar, proposed for a draft, listed, shared out."""

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.slots.sheet import SlotsSheet
from trainer_desk.views.slots.substitute_sheet import SubstituteSheet
from trainer_desk.views.stage import Scene, Stage


def around(stage: Stage) -> None:
    """The free times nearest to where a session stands, in the week."""
    stage.view(View.WEEK)
    _outline(stage, stage.session(_is_movable))


def on_lanes(stage: Stage) -> None:
    """The same on the lanes of trainers."""
    stage.view(View.TRAINERS)
    _outline(stage, stage.session(_is_movable))
    stage.parts.slots.calendar.times.step(1)


def proposed(stage: Stage) -> None:
    """What Enter on a draft without a time proposes."""
    stage.view(View.WEEK)
    board = stage.parts.schedule.source.board
    if board is not None and board.undated:
        _outline(stage, board.undated[0].id)


def listed(stage: Stage) -> None:
    """The list of free times with their reasons."""
    stage.view(View.WEEK)
    stage.parts.slots.list_times(stage.session(_is_movable))
    stage.wait(lambda: stage.parts.window.findChildren(SlotsSheet))
    stage.wait(lambda: stage.sheet(SlotsSheet).slots)


def shared_out(stage: Stage) -> None:
    """Who steps in for the busiest trainer of the week."""
    stage.view(View.TRAINERS)
    cards = stage.parts.schedule.source.cards.values()
    leading = [card.trainer_id for card in cards if card.trainer_id is not None and _is_movable(card)]
    stage.parts.slots.substitute_for(max(sorted(set(leading)), key=leading.count))
    stage.wait(lambda: stage.sheet(SubstituteSheet).lines.lines)


def put_away(stage: Stage) -> None:
    """Hide the free times and close the sheets."""
    stage.parts.slots.calendar.times.stop()
    stage.view(View.WEEK)


def _outline(stage: Stage, session_id: int) -> None:
    times = stage.parts.slots.calendar.times
    stage.parts.slots.show_times(session_id)
    stage.wait(lambda: times.slots)


def _is_movable(card: SessionCard) -> bool:
    return card.status is SessionStatus.SCHEDULED and card.venue_id is not None and card.waiting == 0


SCENES = (
    Scene("free-times", around, put_away),
    Scene("free-times-lanes", on_lanes, put_away),
    Scene("free-times-draft", proposed, put_away),
    Scene("free-times-list", listed, put_away),
    Scene("substitutes", shared_out, put_away),
)
