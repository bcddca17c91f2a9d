"""Everything that the panel shows of one session, gathered by one question."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trainer_desk.models.enums import EnrollmentState, SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.findings import Finding
from trainer_desk.services.journal.history import ChangeEntry, history_of_session
from trainer_desk.services.orchestration.own import is_own_session
from trainer_desk.services.planning.board import load_session
from trainer_desk.services.planning.listing import sessions_by_ref
from trainer_desk.services.planning.publishing import session_findings
from trainer_desk.services.planning.runs import load_run_row
from trainer_desk.services.planning.workload import trainer_minutes
from trainer_desk.services.rows.directory import CourseRow, Directory, RunRow, VenueRow
from trainer_desk.services.rows.schedule import SessionCard, SessionDetail
from trainer_desk.services.rows.seats import Hold, Seat
from trainer_desk.services.rules.load import LoadMinutes
from trainer_desk.services.rules.times import iso_week_bounds, local
from trainer_desk.services.seats.holds import live_holds
from trainer_desk.services.seats.roster import load_seats

HISTORY = 30
"""How many changes the panel shows."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One session as it stands at `now` (UTC), with the names, hours, people and findings around it.

    `holds` are those that have not ended, `in_the_way` the sessions that keep people who wait busy, by ref.
    `is_own` says that whoever looks teaches it or asked for it.
    """

    detail: SessionDetail
    directory: Directory
    now: dt.datetime
    seats: tuple[Seat, ...] = ()
    loads: Mapping[int, LoadMinutes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    history: tuple[ChangeEntry, ...] = ()
    holds: tuple[Hold, ...] = ()
    run: RunRow | None = None
    in_the_way: Mapping[str, SessionCard] = field(default_factory=dict)
    is_own: bool = False

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
    def offers(self) -> tuple[Seat, ...]:
        """The people whose offer is open, the one that ends first at the top."""
        found = [seat for seat in self.seats if is_open_offer(seat, self.now)]
        return tuple(sorted(found, key=lambda seat: seat.offer_until or self.now))

    @property
    def queue(self) -> tuple[Seat, ...]:
        """The people who wait, next first; whoever has left the organisation waits in vain, at the end."""
        found = [seat for seat in self.seats if seat.state is EnrollmentState.WAITLISTED]
        return tuple(sorted(found, key=lambda seat: (seat.position is None, seat.position or 0)))

    @property
    def judged_on(self) -> dt.date:
        """The day on which people and trainers are judged: of the start, today while undated (P1)."""
        return local(self.card.starts_at or self.now, self.directory.settings.zone).date()


def is_open_offer(seat: Seat, now: dt.datetime) -> bool:
    """Whether a seat is offered and the offer has not ended by `now` (UTC)."""
    return seat.state is EnrollmentState.OFFERED and (seat.offer_until is None or seat.offer_until > now)


def gather(db: Any, session_id: int, *, now: dt.datetime, actor: str) -> Facts:
    """Return everything about one session at `now` (UTC), as `actor` sees it. Raises NotFound."""
    detail = load_session(db, session_id, now=now)
    directory = load_directory(db)
    week = iso_week_bounds(detail.card.starts_at or now, directory.settings.zone)
    seats, run_id = tuple(load_seats(db, session_id, now=now)), detail.card.run_id
    refs = {seat.skip_ref for seat in seats if seat.skip_ref and seat.state is EnrollmentState.WAITLISTED}
    busy = sessions_by_ref(db, sorted(refs)) if refs else {}
    return Facts(
        detail=detail,
        directory=directory,
        now=now,
        seats=seats,
        loads=trainer_minutes(db, *week),
        findings=() if detail.deleted_at else session_findings(db, session_id, now=now),
        history=tuple(history_of_session(db, session_id, limit=HISTORY)),
        holds=tuple(live_holds(db, session_id, now)),
        run=None if run_id is None else load_run_row(db, run_id, now=now),
        in_the_way={ref: found.card for ref, found in busy.items()},
        is_own=is_own_session(db, session_id, actor),
    )
