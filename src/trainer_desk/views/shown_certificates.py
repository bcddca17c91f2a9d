"""The pictures of certificates: in the panel of a completed session, and one of them as it looks on paper."""

from trainer_desk.models.enums import SessionStatus
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.stage import Stage


def completed_session(stage: Stage) -> None:
    """A session that was completed this week, with the certificates that it made."""
    stage.view(View.WEEK)
    parts = stage.parts
    chosen = stage.session(lambda card: card.status is SessionStatus.COMPLETED and card.seats_taken > 3)
    parts.open_session(chosen, "notes")
    panel = parts.panel
    stage.wait(lambda: panel.facts is not None and panel.facts.card.id == chosen)
    stage.wait(lambda: bool(panel.certificates.proof.certificates))
    panel.form.ensureWidgetVisible(panel.certificates, 0, 24)


def certificate(stage: Stage) -> None:
    """The first of those certificates."""
    completed_session(stage)
    parts = stage.parts
    parts.certificates.open(parts.panel.certificates.proof.certificates[0].id)
    stage.wait(lambda: parts.certificates.sheet is not None and parts.certificates.sheet.isVisible())


def end_of_certificate(stage: Stage) -> None:
    """Close it again."""
    sheet = stage.parts.certificates.sheet
    if sheet is not None:
        sheet.finish()
    stage.wait()
