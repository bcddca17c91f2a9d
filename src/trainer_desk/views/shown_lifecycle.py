"""The pictures of a session's end: over and waiting for its marks, running, who is not marked, and completed."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from trainer_desk.models.enums import SessionLabel, SessionStatus
from trainer_desk.services.orchestration.completing import start
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.labels import label
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.stage import DAY, Stage


def awaiting_attendance(stage: Stage) -> None:
    """A session that is over and was never started."""
    _show(stage, lambda card: label(card, DAY) is SessionLabel.AWAITING_ATTENDANCE and card.enrolled > 1)


def running(stage: Stage) -> None:
    """A session that was started."""
    chosen = _show(stage, _is_on)
    desk, facts = stage.program.desk, stage.parts.panel.facts
    if desk is not None and facts is not None and facts.status is SessionStatus.SCHEDULED:
        desk.write(stage.parts.panel, "Start a session", start, chosen)
    stage.wait()


def unmarked(stage: Stage) -> None:
    """The question that comes where people are not marked."""
    running(stage)
    panel = stage.parts.panel
    if panel.facts is not None:
        panel.moves.complete(panel.facts)
    stage.wait(lambda: panel.moves.completing.question is not None)


def end_of_unmarked(stage: Stage) -> None:
    """Go back."""
    question = stage.parts.panel.moves.completing.question
    if question is not None:
        question.reject()


def question_of(stage: Stage) -> QWidget:
    """Return the question."""
    question = stage.parts.panel.moves.completing.question
    assert question is not None
    return question


def completed(stage: Stage) -> None:
    """A completed session."""
    _show(stage, lambda card: card.status is SessionStatus.COMPLETED and card.enrolled > 1)


def _is_on(card: SessionCard) -> bool:
    is_begun = card.starts_at is not None and card.starts_at <= DAY
    is_live = card.status in (SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS)
    return is_live and is_begun and card.ends_at is not None and card.ends_at > DAY and card.enrolled > 1


def _show(stage: Stage, wanted: Callable[[SessionCard], bool]) -> int:
    stage.view(View.WEEK)
    chosen = stage.session(wanted)
    stage.parts.schedule.select([chosen])
    stage.parts.open_session(chosen, "notes")
    stage.wait()
    return chosen
