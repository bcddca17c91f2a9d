"""Doors as the pictures show them: people come in by their badges, somebody walks in, and a room gets full."""

from collections.abc import Callable

from trainer_desk.models.enums import CLAIMING
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.assembly import Assembly
from trainer_desk.views.door.view import DoorView

Wait = Callable[[Callable[[], object]], object]
SIZE = (1024, 768)
STRANGERS = ("4711", "P10002", "P10005")
"""A badge that nobody has, and badges of people who are most likely not enrolled."""


def busy_door(parts: Assembly, wait: Wait) -> None:
    """Most of the expected people are in, a badge was not known, and somebody walked in."""
    door = _open(parts, wait, lambda card: card.capacity is None and card.enrolled > 9)
    for place, person in enumerate(door.model.people):
        if place % 3 != 1:
            _scan(door, person.employee_no)
    for number in STRANGERS:
        _scan(door, number)
    wait(lambda: not door.scanner.waiting)


def full_door(parts: Assembly, wait: Wait) -> None:
    """Everybody is in, and one more wants in."""
    door = _open(parts, wait, lambda card: card.capacity is not None and 0 < card.capacity - card.seats_taken < 3)
    for person in door.model.people:
        _scan(door, person.employee_no)
    for number in range(10001, 10008):
        _scan(door, f"P{number}")
    wait(lambda: not door.scanner.waiting)


def door_of(parts: Assembly) -> DoorView:
    """Return the door that is open."""
    return list(parts.doors.values())[-1]


def _open(parts: Assembly, wait: Wait, wanted: Callable[[SessionCard], bool]) -> DoorView:
    cards = [card for card in parts.schedule.source.cards.values() if card.status in CLAIMING]
    chosen = next((card for card in cards if wanted(card)), cards[0])
    parts.open_door(chosen.id)
    door = door_of(parts)
    door.resize(*SIZE)
    wait(lambda: door.row is not None)
    return door


def _scan(door: DoorView, number: str) -> None:
    door.parts.field.setText(number)
    door.take()
