"""What was changed of a session since the version that `edit --version` names: told with the refusal (U5)."""

import datetime as dt
from typing import Any

from trainer_desk.cli.answer import REFUSED, Answer
from trainer_desk.cli.json_out import SessionShape, error_document, instant
from trainer_desk.cli.plain import error_lines
from trainer_desk.cli.task import Task
from trainer_desk.services.errors import Stale
from trainer_desk.services.journal.since import changes_since
from trainer_desk.services.rows.comparing import FieldChange
from trainer_desk.texts import moment_text
from trainer_desk.texts.comparing import session_value_text, title_text

KEYS = {
    "course_id": ("course", "course"),
    "trainer_id": ("trainer", "trainer"),
    "venue_id": ("venue", "venue"),
    "run_id": ("run", "run"),
    "co_trainer_ids": ("co_trainers", "trainer"),
    "equipment_ids": ("equipment", "equipment"),
}
"""Fields whose values are ids: their key in JSON, and whose codes stand there."""
TIMES = {"starts_at": "start", "ends_at": "end"}


def refused(task: Task, error: Stale, session_id: int, version: int) -> Answer:
    """Return the refusal with each field that differs by now: as it was, as it is, by whom and when."""
    changes = task.store.read(changes_since, session_id, version)
    shape = SessionShape(task.directory, task.codes, task.now)
    document = error_document(error, task.zone)
    document["error"]["changed"] = [_document(one, shape) for one in changes]
    lines = [error_lines(error, task.zone), *(_line(one, task) for one in changes)]
    return Answer(document, "\n".join(lines), REFUSED, is_error=True)


def _document(change: FieldChange, shape: SessionShape) -> dict[str, Any]:
    return {
        "field": KEYS.get(change.field, (TIMES.get(change.field, change.field), ""))[0],
        "before": _value(change.field, change.before, shape),
        "after": _value(change.field, change.after, shape),
        "by": change.by,
        "at": instant(change.at, shape.zone),
    }


def _value(field: str, value: Any, shape: SessionShape) -> Any:
    if field in KEYS:
        kind = KEYS[field][1]
        if isinstance(value, tuple):
            return [shape.code(kind, key) for key in value]
        return shape.code(kind, value)
    if isinstance(value, dt.datetime):
        return instant(value, shape.zone)
    return value.isoformat() if isinstance(value, dt.date) else value


def _line(change: FieldChange, task: Task) -> str:
    before, after = (session_value_text(change.field, one, task.directory) for one in (change.before, change.after))
    at = moment_text(change.at.replace(second=0), task.zone)
    return f"  {title_text(change.field)}: {before} → {after} ({change.by}, {at})"
