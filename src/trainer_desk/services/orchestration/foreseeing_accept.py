"""Says what speaks against accepting a request as it is filled in, before anybody does it; it only reads (Q2)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration.accepting import fields_for
from trainer_desk.services.planning.checking import Question, problems
from trainer_desk.services.planning.listing import SessionFilter, list_sessions
from trainer_desk.services.planning.workload import trainer_minutes
from trainer_desk.services.requests.reading import load_request
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.requests import RequestRow, Wish
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.labels import is_over
from trainer_desk.services.rules.load import LoadMinutes
from trainer_desk.services.rules.times import iso_week_bounds, local
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE
from trainer_desk.services.store.db import Db

NO_SESSION = 0
"""The id of the session that is not made yet."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A request with the session that it would become at `now` (UTC), and what speaks against that as it stands.

    `loads` are the minutes of the session's week by trainer; `sessions` those of the course that people can join.
    """

    request: RequestRow
    card: SessionCard
    directory: Directory
    now: dt.datetime
    loads: Mapping[int, LoadMinutes]
    findings: tuple[Finding, ...]
    sessions: tuple[SessionCard, ...]

    @property
    def judged_on(self) -> dt.date:
        """The day on which trainers are judged: of the start, today while there is none."""
        return local(self.card.starts_at or self.now, self.directory.settings.zone).date()


def foresee_accept(db: Db, request_id: int, fields: Mapping[str, Any], *, now: dt.datetime) -> Foreseen:
    """Return what accepting a request with these fields would come up against at `now` (UTC). Raises NotFound."""
    request = load_request(db, request_id)
    directory = load_directory(db)
    card = _card(request.wish, fields_for(request.wish, fields, directory))
    found = [*problems(db, Question(card, directory, now)), *_too_few_seats(request.wish, card)]
    week = iso_week_bounds(card.starts_at or now, directory.settings.zone)
    there = list_sessions(db, SessionFilter(course_id=request.wish.course_id), now=now)
    joinable = (one.card for one in there if one.card.status in OPEN_FOR_PEOPLE and not is_over(one.card, now))
    loads = trainer_minutes(db, *week)
    return Foreseen(request, card, directory, now, loads, tuple(found), tuple(joinable))


def _card(wish: Wish, fields: Mapping[str, Any]) -> SessionCard:
    return SessionCard(
        id=NO_SESSION,
        ref="",
        course_id=wish.course_id,
        title=None,
        status=SessionStatus.SCHEDULED,
        starts_at=fields["starts_at"],
        ends_at=fields["ends_at"],
        trainer_id=fields["trainer_id"],
        venue_id=fields["venue_id"],
        co_trainer_ids=(),
        equipment_ids=(),
        capacity=fields["capacity"],
        seats_taken=wish.headcount or 0,
        version=0,
        run_id=fields["run_id"],
    )


def _too_few_seats(wish: Wish, card: SessionCard) -> list[Finding]:
    """Return the refusal of a hold for more people than the session takes; named people are told one by one."""
    if wish.people is None or card.capacity is None or wish.people <= card.capacity:
        return []
    facts = {"free": card.capacity, "seats": wish.people}
    return [Finding("session_full", field="capacity", facts=facts)]
