"""What narrows the schedule: trainers, venues, courses, states, queues; pure, with the words of their chips."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.directory import CourseRow, Directory, EquipmentRow, TrainerRow, VenueRow
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.texts import state_word
from trainer_desk.texts.translate import _
from trainer_desk.views.schedule import words

Choice = tuple[str, int | str]
"""Kind (one of `KINDS`) and id; for a status its value, of seats what is asked."""

KINDS = ("status", "seats", "trainer", "venue", "equipment", "course")
QUEUED = "queued"
"""Sessions for which people wait."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Chosen things; of one kind any may match, and every kind that is on must."""

    chosen: frozenset[Choice] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.chosen)

    def toggled(self, choice: Choice) -> "Filters":
        """Return the filters with one choice put on or taken off."""
        return replace(self, chosen=self.chosen ^ {choice})

    def without(self, choice: Choice) -> "Filters":
        """Return the filters without one choice."""
        return replace(self, chosen=self.chosen - {choice})

    def passes(self, card: SessionCard, directory: Directory) -> bool:
        """Whether a session is shown; a venue stands for its parts and for the whole that it is part of (C3)."""
        wanted: dict[str, set[int | str]] = {}
        for kind, key in self.chosen:
            wanted.setdefault(kind, set()).add(key)
        return all(not keys.isdisjoint(_keys_of(kind, card, directory)) for kind, keys in wanted.items())

    def visible(self, cards: Iterable[SessionCard], directory: Directory) -> frozenset[int] | None:
        """Return the ids that are shown, or None while nothing narrows."""
        return frozenset(card.id for card in cards if self.passes(card, directory)) if self else None


def choice_word(choice: Choice, directory: Directory) -> str:
    """Return the name of a choice."""
    kind, key = choice
    if kind == "status":
        return state_word(SessionStatus(str(key)))
    if kind == "seats":
        return _("With a waitlist")
    if kind == "trainer":
        return words.trainer_name(int(key), directory)
    if kind == "venue":
        return words.venue_name(int(key), directory)
    if kind == "equipment":
        piece = directory.equipment.get(int(key))
        return piece.name if piece else f"#{key}"
    course = directory.courses.get(int(key))
    return course.title if course else f"#{key}"


def choices_of(directory: Directory) -> list[Choice]:
    """Return everything that can be chosen: states, queues, then trainers, venues and courses that are in use."""
    return [
        *(("status", status.value) for status in SessionStatus),
        ("seats", QUEUED),
        *(("trainer", key) for key, row in directory.trainers.items() if row.active),
        *(("venue", key) for key, row in directory.venues.items() if row.active),
        *(("equipment", key) for key, row in directory.equipment.items() if row.active),
        *(("course", key) for key, row in directory.courses.items() if row.active),
    ]


def remembered(filters: Filters, directory: Directory) -> tuple[str, ...]:
    """Return the filters as texts that outlive the ids: kind and code."""
    return tuple(sorted(f"{kind}:{_code(kind, key, directory)}" for kind, key in filters.chosen))


def recalled(texts: Iterable[str], directory: Directory) -> Filters:
    """Return the filters of such texts; what does not exist any more is passed over."""
    known = {f"{kind}:{_code(kind, key, directory)}": (kind, key) for kind, key in choices_of(directory)}
    return Filters(frozenset(known[text] for text in texts if text in known))


def _keys_of(kind: str, card: SessionCard, directory: Directory) -> set[int | str]:
    if kind == "status":
        return {card.status.value}
    if kind == "seats":
        return {QUEUED} if card.waiting else set()
    if kind == "trainer":
        return set(card.trainer_ids)
    if kind == "course":
        return {card.course_id}
    if kind == "equipment":
        return set(card.equipment_ids)
    return _related_venues(card.venue_id, directory)


def _related_venues(venue_id: int | None, directory: Directory) -> set[int | str]:
    if venue_id is None or venue_id not in directory.venues:
        return set()
    leaves = set(directory.venues[venue_id].leaf_ids)
    return {key for key, venue in directory.venues.items() if not leaves.isdisjoint(venue.leaf_ids)}


def _code(kind: str, key: int | str, directory: Directory) -> str:
    if kind in ("status", "seats"):
        return str(key)
    rows: dict[str, Mapping[int, CourseRow | TrainerRow | VenueRow | EquipmentRow]] = {
        "course": directory.courses,
        "trainer": directory.trainers,
        "venue": directory.venues,
        "equipment": directory.equipment,
    }
    row = rows[kind].get(int(key))
    return row.code if row else f"#{key}"
