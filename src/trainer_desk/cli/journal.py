"""The commands about what was changed: history, undo and redo (U4, V4)."""

from typing import Any

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.json_out import instant
from trainer_desk.cli.task import Task
from trainer_desk.services.journal.history import ChangeEntry, history_of_row, history_of_session
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.people.numbers import find_person
from trainer_desk.services.planning.board import find_session
from trainer_desk.texts import moment_text

_TABLES = {"person": "people", "course": "courses", "trainer": "resources", "venue": "resources"}


def show_history(task: Task) -> Answer:
    """List who changed a session, person, course, trainer or venue, newest first."""
    kind, key = task.arguments.kind, task.arguments.key
    if kind == "session":
        entries = task.store.read(history_of_session, task.store.read(find_session, key))
    else:
        row_id = task.store.read(find_person, key) if kind == "person" else task.codes.of(kind, key)
        entries = task.store.read(history_of_row, _TABLES[kind], str(row_id))
    documents = [_document(entry, task) for entry in entries]
    lines = [f"{moment_text(entry.at, task.zone, year=True)}  {entry.by}  {entry.label}" for entry in entries]
    return Answer({"changes": documents}, "\n".join(lines) or "Nothing was changed.")


def undo(task: Task) -> Answer:
    """Undo one's own last change."""
    done = undo_last(task.store)
    return _stepped(done.value, done.changes.change_id, "Undone", "Nothing to undo.")


def redo(task: Task) -> Answer:
    """Redo what one undid last."""
    done = redo_last(task.store)
    return _stepped(done.value, done.changes.change_id, "Redone", "Nothing to redo.")


def _stepped(label: str | None, change_id: int | None, word: str, nothing: str) -> Answer:
    change = None if label is None else {"id": change_id, "label": label}
    return Answer({"change": change}, nothing if label is None else f"{word}: {label}")


def _document(entry: ChangeEntry, task: Task) -> dict[str, Any]:
    rows = [{"table": table, "key": key, "before": old, "after": new} for table, key, old, new in entry.rows]
    return {"id": entry.id, "at": instant(entry.at, task.zone), "by": entry.by, "label": entry.label, "rows": rows}
