"""Scenes of what is printed: the preview of sheets, badges and certificates."""

from collections.abc import Callable

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.stage import Scene, Stage


def preview(what: str) -> Callable[[Stage], None]:
    """Return the scene of a print of the first session with people that is scheduled, or was held."""
    held = what == "print_certificates"
    status = SessionStatus.COMPLETED if held else SessionStatus.SCHEDULED

    def wanted(card: SessionCard) -> bool:
        return card.status is status and card.enrolled > (0 if held else 8)

    def play(stage: Stage) -> None:
        stage.view(View.WEEK)
        room = stage.parts.overview.paper
        room.preview = None
        room.print(what, [stage.session(wanted)])
        stage.wait(lambda: room.preview is not None)

    return play


def end(stage: Stage) -> None:
    """Close the preview."""
    sheet = stage.parts.overview.paper.preview
    if sheet is not None:
        sheet.finish()


SCENES = (
    Scene("print-sign-in", preview("print_sign_in"), end),
    Scene("print-badges", preview("print_badges"), end),
)
