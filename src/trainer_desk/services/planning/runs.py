"""Reads runs: all of them with what follows from their sessions, one of them whole, and their codes (R1, R6, K8)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Enrollment, Run, RunMember, RunSeat, Session
from trainer_desk.models.enums import Attendance, EnrollmentState, SessionStatus
from trainer_desk.services.directory import RUNS, load_settings
from trainer_desk.services.errors import NotFound
from trainer_desk.services.planning.board import CARD_COLUMNS, SEEN_AT, card_of, seen
from trainer_desk.services.planning.listing import SessionFilter, list_sessions
from trainer_desk.services.rows.directory import RunRow
from trainer_desk.services.rows.runs import RunDetail, RunSummary
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.capacity import available
from trainer_desk.services.rules.runs import run_status
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

IN_RUNS: sa.Select[*tuple[Any, ...]] = sa.select(*CARD_COLUMNS).where(
    Session.run_id.is_not(None), Session.deleted_at.is_(None)
)
"""The sessions of all runs but for the trash, in the form of cards without co-trainers and equipment."""

_ENDED = (
    sa.select(Session.run_id, Enrollment.person_id, sa.func.count().label("seats"))
    .join(Enrollment, Enrollment.session_id == Session.id)
    .where(
        Session.run_id.is_not(None),
        Session.seats_offered > 0,
        Session.status != SessionStatus.CANCELLED.value,
        Session.deleted_at.is_(None),
        Enrollment.state == EnrollmentState.OFFERED.value,
        Enrollment.offer_until <= SEEN_AT,
    )
    .group_by(Session.run_id, Enrollment.person_id)
    .subquery()
)
LAPSED = (
    sa.select(RunSeat.run_id, sa.func.count())
    .join(_ENDED, sa.and_(_ENDED.c.run_id == RunSeat.run_id, _ENDED.c.person_id == RunSeat.person_id))
    .where(RunSeat.seats == _ENDED.c.seats)
    .group_by(RunSeat.run_id)
)
"""How many people of each run have nothing but offers that ended and were not swept yet."""


MARKED = (
    sa.select(
        Session.run_id,
        sa.func.count(),
        sa.func.sum(sa.case((Enrollment.attendance == Attendance.ATTENDED.value, 1), else_=0)),
    )
    .join(Enrollment, Enrollment.session_id == Session.id)
    .where(
        Session.run_id.is_not(None),
        Session.deleted_at.is_(None),
        Session.status != SessionStatus.CANCELLED.value,
        Enrollment.state == EnrollmentState.CONFIRMED.value,
        Enrollment.attendance != Attendance.REGISTERED.value,
    )
    .group_by(Session.run_id)
)
"""How many people of each run are marked on its days, and how many of them attended."""

MEMBERS = sa.select(RunMember.run_id, sa.func.count()).where(RunMember.deleted_at.is_(None)).group_by(RunMember.run_id)


def list_runs(db: Db, *, now: dt.datetime) -> list[RunSummary]:
    """Return all runs by their first day, those without one last; people and seats are as of `now` (UTC)."""
    cards: dict[int | None, list[SessionCard]] = defaultdict(list)
    for row in db.execute(IN_RUNS, seen(now)).all():
        card = card_of(row, {})
        cards[card.run_id].append(card)
    runs, figures = _runs(db, RUNS, {}, now), _figures(db)
    today = _today(db, now)
    found = [_summary(run, cards[run.id], now, today, figures) for run in runs]
    return sorted(found, key=lambda one: (one.run.start_date or dt.date.max, one.run.code))


def load_run(db: Db, code: str, *, now: dt.datetime) -> RunDetail:
    """Return one run with its sessions, people and seats as of `now` (UTC). Raises NotFound."""
    found = _runs(db, RUNS.where(Run.code == sa.bindparam("code")), {"code": code}, now)
    if not found:
        raise NotFound(kind="run", key=code)
    return _detail(db, found[0], now)


def load_run_by_id(db: Db, run_id: int, *, now: dt.datetime) -> RunDetail:
    """Return one run as `load_run` does. Raises NotFound, also when its making was undone."""
    run = load_run_row(db, run_id, now=now)
    if run is None:
        raise NotFound(kind="run", key=f"#{run_id}")
    return _detail(db, run, now)


def load_run_row(db: Db, run_id: int, *, now: dt.datetime) -> RunRow | None:
    """Return one run without its sessions, with its people as of `now` (UTC); None when its making was undone."""
    found = _runs(db, RUNS.where(Run.id == sa.bindparam("id")), {"id": run_id}, now)
    return found[0] if found else None


def run_ids(db: Db) -> dict[str, int]:
    """Return the ids of all runs by code; one whose making was undone is not there."""
    return dict(db.execute(sa.select(Run.code, Run.id).where(Run.deleted_at.is_(None))).all())


def sessions_in(db: Db, ids: Collection[int]) -> list[int]:
    """Return the ids of the sessions in these runs but for the trash."""
    found = sa.select(Session.id).where(Among(Session.run_id, "ids"), Session.deleted_at.is_(None))
    return sorted(db.execute(found, {"ids": sorted(ids)}).scalars()) if ids else []


def _runs(db: Db, query: sa.Select[Any], values: Mapping[str, Any], now: dt.datetime) -> list[RunRow]:
    """Return the rows of runs with the people that they have at `now`."""
    rows = [RunRow(*row) for row in db.execute(query, values)]
    lapsed = dict(db.execute(LAPSED, seen(now)).all())
    return [replace(row, people_taken=row.people_taken - lapsed.get(row.id, 0)) for row in rows]


def _detail(db: Db, run: RunRow, now: dt.datetime) -> RunDetail:
    sessions = list_sessions(db, SessionFilter(run_id=run.id), now=now)
    cards = [detail.card for detail in sessions]
    return RunDetail(_summary(run, cards, now, _today(db, now), _figures(db, run.id)), tuple(sessions))


def _figures(db: Db, run_id: int | None = None) -> Mapping[int, tuple[int, int, int]]:
    """Return by run how many people are marked, how many of them attended, and how many are on the run."""
    marked, members = MARKED, MEMBERS
    if run_id is not None:
        marked, members = marked.where(Session.run_id == run_id), members.where(RunMember.run_id == run_id)
    marks = {run: (int(people), int(attended)) for run, people, attended in db.execute(marked)}
    on_it = {run: int(people) for run, people in db.execute(members)}
    return {run: (*marks.get(run, (0, 0)), on_it.get(run, 0)) for run in marks.keys() | on_it.keys()}


def _summary(
    run: RunRow,
    cards: Sequence[SessionCard],
    now: dt.datetime,
    today: dt.date,
    figures: Mapping[int, tuple[int, int, int]],
) -> RunSummary:
    standing = [card for card in cards if card.status is not SessionStatus.CANCELLED]
    limited = [card for card in standing if card.capacity is not None]
    marked, attended, members = figures.get(run.id, (0, 0, 0))
    return RunSummary(
        run=run,
        status=run_status(run, cards, now=now, today=today),
        sessions=len(cards),
        available=available(run.max_people, run.people_taken),
        starts_at=min((card.starts_at for card in standing if card.starts_at), default=None),
        ends_at=max((card.ends_at for card in standing if card.ends_at), default=None),
        seats=sum(card.capacity or 0 for card in limited),
        seated=sum(card.enrolled + card.offered for card in limited),
        marked=marked,
        attended=attended,
        members=members,
    )


def _today(db: Db, now: dt.datetime) -> dt.date:
    return local(now, load_settings(db).zone).date()
