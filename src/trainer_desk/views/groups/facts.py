"""Everything that the sheet of groups shows of one session, gathered by one question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.planning.board import load_session
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.seats import GroupRow
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE
from trainer_desk.services.seats.groups import load_groups
from trainer_desk.services.seats.roster import load_seats


@dataclass(frozen=True, slots=True)
class GroupPerson:
    """A confirmed person of the session."""

    id: int
    employee_no: str
    name: str
    department: str

    @property
    def details(self) -> str:
        """What tells people of one name apart: `Logistics · P11659`."""
        return " · ".join(part for part in (self.department, self.employee_no) if part)


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A session, its groups as they were made, and its confirmed people by id, in the order of names."""

    card: SessionCard
    is_open: bool
    groups: tuple[GroupRow, ...]
    people: Mapping[int, GroupPerson]

    def members(self, group: GroupRow) -> list[GroupPerson]:
        """Return who is in a group, by name."""
        return [self.people[person_id] for person_id in group.members if person_id in self.people]

    def without_group(self) -> list[GroupPerson]:
        """Return who is in no group, by name."""
        placed = {person_id for group in self.groups for person_id in group.members}
        return [person for person in self.people.values() if person.id not in placed]


def load_facts(db: Any, session_id: int) -> GroupFacts:
    """Return a session with its groups and its confirmed people. Raises NotFound."""
    detail = load_session(db, session_id)
    people = {
        seat.person_id: GroupPerson(seat.person_id, seat.employee_no, seat.name, seat.department)
        for seat in load_seats(db, session_id)
        if seat.state is EnrollmentState.CONFIRMED
    }
    is_open = detail.deleted_at is None and detail.card.status in OPEN_FOR_PEOPLE
    return GroupFacts(detail.card, is_open, tuple(load_groups(db, session_id)), people)
