"""The commands that look for free times of a session, and for trainers who could take it (C7, C8)."""

from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk import texts
from trainer_desk.cli.answer import Answer
from trainer_desk.cli.json_out import instant
from trainer_desk.cli.sessions import find
from trainer_desk.cli.task import Task
from trainer_desk.services.errors import BadValue
from trainer_desk.services.planning.slots import answer_slots
from trainer_desk.services.planning.substitutes import find_substitutes
from trainer_desk.services.rows.settling import Substitute
from trainer_desk.services.rows.slots import Slot
from trainer_desk.services.rules.transitions import require_editable
from trainer_desk.texts.slots import reason_text, reasons_text

MOST = 1000
"""So many times can be asked for."""


def list_slots(task: Task) -> Answer:
    """Tell the next free times of a session within twenty working days; when there is none, why."""
    limit = task.arguments.limit
    if not 1 <= limit <= MOST:
        raise BadValue(field="limit", value=str(limit), why="out_of_range", least=1, most=MOST)
    card = find(task, task.arguments.ref).card
    found = task.store.read(answer_slots, card.id, now=task.now, limit=limit)
    lines = [_line(slot, task.zone) for slot in found.slots] or [reasons_text(found.lacking)]
    document: dict[str, Any] = {"slots": [_slot(slot, task.zone) for slot in found.slots]}
    return Answer(document | {"why": [reason_text(reason) for reason in found.lacking]}, "\n".join(lines))


def step_in(task: Task) -> Answer:
    """Tell the qualified trainers who are free for a session, the least booked of its week first."""
    card = find(task, task.arguments.ref).card
    require_editable(card.status, ["trainer_id"], ref=card.ref)
    found = task.store.read(find_substitutes, [card.id], now=task.now)[card.id]
    lines = [texts.load_line(one.name, one.booked_minutes or 0) for one in found.trainers]
    nobody = "Nobody else who is qualified is free." if card.starts_at else "The session has no time yet."
    document = {
        "substitutes": [_substitute(one) for one in found.trainers],
        "venues": [{"code": one.code, "name": one.name} for one in found.venues],
    }
    return Answer(document, "\n".join(lines) or nobody)


def _slot(slot: Slot, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "start": instant(slot.starts_at, zone),
        "end": instant(slot.ends_at, zone),
        "trainer": slot.trainer_code,
        "venue": slot.venue_code,
        "reasons": [reason_text(reason) for reason in slot.reasons],
        "booked_minutes": slot.booked_minutes,
    }


def _substitute(one: Substitute) -> dict[str, Any]:
    minutes = one.booked_minutes or 0
    return {"code": one.code, "name": one.name, "booked_minutes": minutes, "text": texts.load_line(one.name, minutes)}


def _line(slot: Slot, zone: ZoneInfo) -> str:
    day = texts.day_text(slot.starts_at.astimezone(zone).date())
    when = texts.span_text(slot.starts_at, slot.ends_at, zone)
    return f"{day} {when}  {slot.trainer_name}  {slot.venue_name}  {reasons_text(slot.reasons)}"
