"""Everything that the panel shows of one session, gathered by one question."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.findings import Finding
from trainer_desk.services.journal.history import ChangeEntry, history_of_session
from trainer_desk.services.planning.board import load_session
from trainer_desk.services.planning.publishing import session_findings
from trainer_desk.services.planning.workload import trainer_minutes
from trainer_desk.services.rows.directory import CourseRow, Directory, VenueRow
from trainer_desk.services.rows.schedule import SessionCard, SessionDetail
from trainer_desk.services.rows.seats import Seat
from trainer_desk.services.rules.load import LoadMinutes
from trainer_desk.services.rules.times import iso_week_bounds, local
from trainer_desk.services.seats.roster import load_seats

HISTORY = 30
"""How many changes the panel shows."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One session as it stands at `now` (UTC), with the names, hours, people and findings around it."""

    detail: SessionDetail
    directory: Directory
    now: dt.datetime
    seats: tuple[Seat, ...] = ()
    loads: Mapping[int, LoadMinutes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    history: tuple[ChangeEntry, ...] = ()

    @property
    def card(self) -> SessionCard:
        """The session's card."""
        return self.detail.card

    @property
    def course(self) -> CourseRow | None:
        """The session's course; None only if the directory does not know it."""
        return self.directory.courses.get(self.card.course_id)

    @property
    def course_title(self) -> str:
        """The title of the course."""
        course = self.course
        return course.title if course else f"#{self.card.course_id}"

    @property
    def title(self) -> str:
        """The session's own title, or its course's."""
        return self.card.title or self.course_title

    @property
    def venue(self) -> VenueRow | None:
        """The session's venue, if it has one."""
        return None if self.card.venue_id is None else self.directory.venues.get(self.card.venue_id)

    @property
    def status(self) -> SessionStatus:
        """The state it is in."""
        return self.card.status

    @property
    def judged_on(self) -> dt.date:
        """The day on which people and trainers are judged: of the start, today while undated (P1)."""
        return local(self.card.starts_at or self.now, self.directory.settings.zone).date()


def gather(db: Any, session_id: int, *, now: dt.datetime) -> Facts:
    """Return everything about one session at `now` (UTC). Raises NotFound."""
    detail = load_session(db, session_id, now=now)
    directory = load_directory(db)
    week = iso_week_bounds(detail.card.starts_at or now, directory.settings.zone)
    return Facts(
        detail=detail,
        directory=directory,
        now=now,
        seats=tuple(load_seats(db, session_id)),
        loads=trainer_minutes(db, *week),
        findings=() if detail.deleted_at else session_findings(db, session_id, now=now),
        history=tuple(history_of_session(db, session_id, limit=HISTORY)),
    )
