"""The commands about what was changed: history, undo and redo (U4, V4)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.json_out import instant
from trainer_desk.cli.task import Task
from trainer_desk.services.accounts.logins import find_account
from trainer_desk.services.errors import NotFound
from trainer_desk.services.journal.history import ChangeEntry
from trainer_desk.services.journal.kinds import KEPT, find_numbered, history_of
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.people.numbers import find_person
from trainer_desk.services.people.records import load_record
from trainer_desk.services.people.requirement_list import load_requirement
from trainer_desk.services.planning.board import find_session
from trainer_desk.texts import moment_text

_BY_ID: dict[str, Callable[..., Any]] = {"requirement": load_requirement, "record": load_record}
"""What has no code of its own, by the question that finds it."""

_WORDS = {"do": "", "undo": "Undone: ", "redo": "Redone: "}
"""What is told before the label of a change that takes another one back, or back again."""


def show_history(task: Task) -> Answer:
    """List who changed a thing, newest first."""
    kind, key = task.arguments.kind, task.arguments.key
    entries = task.store.read(history_of, kind, _id_of(kind, key, task))
    documents = [_document(entry, task) for entry in entries]
    lines = [
        f"{moment_text(entry.at, task.zone, year=True)}  {entry.by}  {_WORDS[entry.kind]}{entry.label}"
        for entry in entries
    ]
    return Answer({"changes": documents}, "\n".join(lines) or "Nothing was changed.")


def _id_of(kind: str, key: str, task: Task) -> int | str:
    """Return the id of a thing by its ref, number, login or code; rules, records and absences go by their ids."""
    read = task.store.read
    if kind == "setting":
        return key
    if kind in KEPT:
        return read(find_numbered, kind, key)
    if kind in _BY_ID:
        if not key.isdecimal():
            raise NotFound(kind=kind, key=key)
        return int(read(_BY_ID[kind], int(key)).id)
    if kind == "account":
        return read(find_account, key).id
    if kind == "session":
        return read(find_session, key)
    return read(find_person, key) if kind == "person" else task.codes.of(kind, key)


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
    rows = [
        {"table": table, "key": key, "before": _image(old, task), "after": _image(new, task)}
        for table, key, old, new in entry.rows
    ]
    facts = {"by": entry.by, "label": entry.label, "kind": entry.kind, "rows": rows}
    return {"id": entry.id, "at": instant(entry.at, task.zone)} | facts


def _image(image: dict[str, Any] | None, task: Task) -> dict[str, Any] | None:
    if image is None:
        return None
    return {
        name: instant(value, task.zone) if isinstance(value, dt.datetime) else value for name, value in image.items()
    }
