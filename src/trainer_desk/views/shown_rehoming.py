"""Scenes of the sheet that finds people another date: a session is cancelled, a capacity lowered."""

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.findings import Fix
from trainer_desk.views.rehoming.sheet import RehomeSheet
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.shown_seats import capacity_too_low, end_of_typing
from trainer_desk.views.stage import Scene, Stage


def cancelling(stage: Stage) -> None:
    """A session with people and a queue is to be cancelled; one of them was put elsewhere by hand."""
    stage.view(View.WEEK)
    chosen = stage.session(lambda card: card.status is SessionStatus.SCHEDULED and card.waiting > 0)
    stage.parts.schedule.actions_of.cancel([chosen])
    sheet = _sheet(stage)
    sheet.reason.setText("Trainer is ill")


def lowering(stage: Stage) -> None:
    """The newest who no longer fit are offered another date."""
    capacity_too_low(stage)
    stage.parts.panel.work.lower(Fix("rehome_newest", {"capacity": 9, "people": 3}))
    _sheet(stage)


def end_of_lowering(stage: Stage) -> None:
    """Close the sheet, and give up what was typed."""
    _sheet(stage).finish()
    end_of_typing(stage)


def _sheet(stage: Stage) -> RehomeSheet:
    sheets = [sheet for sheet in stage.parts.window.findChildren(RehomeSheet) if sheet.isVisible()]
    stage.wait(lambda: bool(sheets[-1].people.lines))
    return sheets[-1]


SCENES = (Scene("cancel", cancelling), Scene("session-rehome", lowering, end_of_lowering))
