"""Scenes of the side-by-side: two people changed one session (U5)."""

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.views.comparing.sheet import CompareSheet
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.stage import Scene, Stage

MINE = "Bring the new gas detectors; ask the site office for the key of the store."
THEIRS = "The site office has the key. Detectors are in the van."


def both_changed(stage: Stage) -> None:
    """Notes are being typed while somebody else changes them, and the capacity."""
    stage.view(View.WEEK)
    chosen = stage.session(lambda card: card.status is SessionStatus.DRAFT and card.starts_at is not None)
    stage.parts.open_session(chosen)
    panel = stage.parts.panel
    stage.wait(lambda: panel.facts is not None and panel.facts.card.id == chosen)
    panel.saver.begin("notes")
    desk = stage.program.desk
    assert desk is not None
    desk.write(panel, "Edit", edit_session, chosen, {"notes": THEIRS, "capacity": 14})
    stage.wait(lambda: panel.facts is not None and panel.facts.detail.notes == THEIRS)
    panel.saver.change("notes", {"notes": MINE})
    stage.wait(lambda: panel.comparing.sheet is not None)


def end_of_comparing(stage: Stage) -> None:
    """Close the sheet, and give up what was typed."""
    stage.sheet(CompareSheet).finish()
    panel, desk = stage.parts.panel, stage.program.desk
    panel.saver.discard()
    if desk is not None and panel.session_id is not None:
        desk.write(panel, "Edit", edit_session, panel.session_id, {"notes": None, "capacity": None})
        stage.wait()


SCENES = (Scene("session-compare", both_changed, end_of_comparing),)
