"""The command that saves sign-in sheets as one PDF (X4)."""

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.outgoing import give_bytes, require_place
from trainer_desk.cli.selecting import selected
from trainer_desk.cli.task import Task
from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.on_paper import load_selection_on_paper


def export_sign_in(task: Task) -> Answer:
    """Write the sign-in sheets of a selection to a PDF, each session on pages of its own; `rows` counts people."""
    selection = selected(task)
    require_place(task, "PDF goes")
    with task.store.snapshot() as db:
        found = load_selection_on_paper(db, selection, task.store.actor, now=task.now)
    if not found.sessions:
        raise BadValue(field="selection", value=None, why="no_sessions")
    from trainer_desk.views.paper.offscreen import pdf_of_sessions  # noqa: PLC0415 - Qt is slow to load

    content = pdf_of_sessions("print_sign_in", found)
    people = sum(len(session.confirmed) for session in found.sessions)
    count = len(found.sessions)
    return give_bytes(task, content, people, "1 sign-in sheet" if count == 1 else f"{count} sign-in sheets")
