"""The commands of a door: checkin and checkout (K9)."""

from collections.abc import Callable
from typing import Any

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.json_out import instant
from trainer_desk.cli.sessions import find
from trainer_desk.cli.task import Task
from trainer_desk.services.orchestration.door import come_in, go_out
from trainer_desk.services.rows.door import Passage
from trainer_desk.services.rules.occupancy import places_left
from trainer_desk.services.store.engine import Written
from trainer_desk.texts.door import passage_line


def checkin(task: Task) -> Answer:
    """Let a person into the room of a session; a walk-in is given a seat first."""
    return _pass(task, come_in, "Check {number} in to {ref}")


def checkout(task: Task) -> Answer:
    """Let a person out of the room of a session."""
    return _pass(task, go_out, "Check {number} out of {ref}")


def _pass(task: Task, move: Callable[..., Written[Passage]], label: str) -> Answer:
    card, number = find(task, task.arguments.ref).card, task.arguments.number.strip()
    passage = move(task.store, label.format(number=number, ref=card.ref), card.id, number).value
    return Answer(_document(passage, card.ref, task), passage_line(passage, task.zone))


def _document(passage: Passage, ref: str, task: Task) -> dict[str, Any]:
    room = passage.occupancy
    return {
        "presence": {
            "employee_no": passage.employee_no,
            "name": passage.name,
            "session": ref,
            "venue": task.directory.venues[passage.venue_id].code,
            "in": passage.is_in,
            "entered_at": instant(passage.entered_at, task.zone),
            "left_at": instant(passage.left_at, task.zone),
            "walk_in": passage.walk_in,
        },
        "occupancy": {
            "present": room.present,
            "limit": room.limit,
            "session_present": room.session_present,
            "capacity": room.capacity,
            "available": places_left(room),
        },
    }
