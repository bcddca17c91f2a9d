"""The commands that move sessions, one or several: publish, start, complete, cancel, delete, and their ways back."""

from collections.abc import Callable
from typing import Any

from trainer_desk.cli.answer import DONE, REFUSED, Answer
from trainer_desk.cli.json_out import error_body
from trainer_desk.cli.plain import error_lines
from trainer_desk.cli.sessions import find, written
from trainer_desk.cli.task import Task
from trainer_desk.services.errors import DeskError
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration import completing, scheduling
from trainer_desk.services.planning import drafts
from trainer_desk.services.rows.schedule import SessionDetail

Move = Callable[[SessionDetail], tuple[int, tuple[Finding, ...]]]
"""Carries out one move; answers the id of the session to show, and what should be known."""


def publish(task: Task) -> Answer:
    """Schedule drafts after all checks (S2)."""

    def move(detail: SessionDetail) -> tuple[int, tuple[Finding, ...]]:
        done = task.store.write(f"Schedule {detail.card.ref}", scheduling.publish, detail.card.id)
        return detail.card.id, done.value

    return _each(task, move)


def duplicate(task: Task) -> Answer:
    """Copy sessions as drafts without people."""

    def move(detail: SessionDetail) -> tuple[int, tuple[Finding, ...]]:
        made = task.store.write(f"Duplicate {detail.card.ref}", drafts.duplicate_session, detail.card.id)
        return made.value, ()

    return _each(task, move)


def unpublish(task: Task) -> Answer:
    """Make scheduled sessions drafts again."""
    return _each(task, _plain(task, "Unpublish", scheduling.unpublish))


def start(task: Task) -> Answer:
    """Let scheduled sessions begin now."""
    return _each(task, _plain(task, "Start", completing.start))


def complete(task: Task) -> Answer:
    """End sessions in which everybody is marked; `--rest-no-show` marks the others (S5)."""
    return _each(task, _plain(task, "Complete", completing.complete, rest_no_show=task.arguments.rest_no_show))


def reopen(task: Task) -> Answer:
    """Let completed sessions run again (S6)."""

    def move(detail: SessionDetail) -> tuple[int, tuple[Finding, ...]]:
        done = task.store.write(f"Reopen {detail.card.ref}", completing.reopen, detail.card.id)
        return detail.card.id, done.value

    return _each(task, move)


def reinstate(task: Task) -> Answer:
    """Make cancelled sessions drafts again."""
    return _each(task, _plain(task, "Reinstate", scheduling.reinstate))


def cancel(task: Task) -> Answer:
    """Cancel sessions for one reason."""
    return _each(task, _plain(task, "Cancel", scheduling.cancel, task.arguments.reason))


def delete(task: Task) -> Answer:
    """Put drafts and cancelled sessions into the trash."""
    return _each(task, _plain(task, "Delete", scheduling.delete_session))


def restore(task: Task) -> Answer:
    """Take sessions out of the trash, as drafts."""
    return _each(task, _plain(task, "Restore", scheduling.restore_session))


def _plain(task: Task, word: str, verb: Callable[..., None], *more: Any, **named: Any) -> Move:
    """Return a move that has nothing to tell, but for what followed its commit: a hook that failed (S11)."""

    def move(detail: SessionDetail) -> tuple[int, tuple[Finding, ...]]:
        done = task.store.write(f"{word} {detail.card.ref}", verb, detail.card.id, *more, **named)
        return detail.card.id, done.warnings

    return move


def _each(task: Task, move: Move) -> Answer:
    """Move each session in a change of its own; one REF answers plainly, several with a list of results."""
    refs = list(dict.fromkeys(task.arguments.refs))
    if len(refs) == 1:
        return written(task, *move(find(task, refs[0])))
    results, lines = [], []
    for ref in refs:
        try:
            answer = written(task, *move(find(task, ref)))
        except DeskError as error:
            results.append({"ref": ref, "error": error_body(error, task.zone)})
            lines.append(f"{ref}: {error_lines(error, task.zone)}")
        else:
            results.append({"ref": ref} | answer.document)
            lines.append(answer.text)
    refused = any("error" in result for result in results)
    return Answer({"results": results}, "\n".join(lines), REFUSED if refused else DONE)
