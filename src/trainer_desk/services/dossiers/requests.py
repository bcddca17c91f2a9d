"""Reads booking requests as lists show them: who asks, who is named, and the session that came of each (Q3)."""

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa

from trainer_desk.models import Account, Person, Session
from trainer_desk.models.enums import RequestStatus, Role
from trainer_desk.services.accounts.identity import who_is
from trainer_desk.services.planning.board import load_cards
from trainer_desk.services.requests.own_people import load_named
from trainer_desk.services.requests.reading import REQUESTS, load_requests
from trainer_desk.services.rows.requests import RequestCard, RequestRow
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

MOST = 2_000
"""So many requests are listed at most: all that wait for a decision, then the newest."""

IS_OPEN = REQUESTS.c.status == RequestStatus.DRAFT.value
LISTED = sa.select(REQUESTS).order_by(IS_OPEN.desc(), sa.case((IS_OPEN, REQUESTS.c.id)), REQUESTS.c.id.desc())
WAITING = sa.select(sa.func.count()).select_from(REQUESTS).where(IS_OPEN)
NAMES = (
    sa.select(Account.login, Person.name)
    .join(Person, Person.id == Account.person_id)
    .where(Among(Account.login, "logins"))
)
STANDING = sa.select(Session.id, Session.deleted_at, Session.booking_request_id).where(Among(Session.id, "ids"))


def list_requests(db: Db, login: str, *, now: dt.datetime) -> tuple[RequestCard, ...]:
    """Return the requests that a login may see: open ones first, the oldest on top, then decided ones, newest first.

    A requester sees own requests; whoever plans sees all. Sessions are as at `now` (UTC).
    """
    query = LISTED.limit(MOST)
    if who_is(db, login).role is Role.REQUESTER:
        query = query.where(REQUESTS.c.requested_by == login)
    return _cards(db, load_requests(db, query), now)


def find_request(db: Db, request_id: int, *, now: dt.datetime) -> RequestCard | None:
    """Return one request as a list shows it, None where there is none."""
    found = _cards(db, load_requests(db, sa.select(REQUESTS).where(REQUESTS.c.id == request_id)), now)
    return found[0] if found else None


def count_waiting(db: Db) -> int:
    """Return how many requests wait for a decision."""
    return int(db.execute(WAITING).scalar_one())


def _cards(db: Db, rows: Iterable[RequestRow], now: dt.datetime) -> tuple[RequestCard, ...]:
    requests = tuple(rows)
    logins = {one.requested_by for one in requests}
    names = {row.login: row.name for row in db.execute(NAMES, {"logins": sorted(logins)})}
    named = {one.person_id: one for one in load_named(db, {key for each in requests for key in each.wish.person_ids})}
    session_ids = sorted({one.session_id for one in requests if one.session_id is not None})
    sessions = load_cards(db, session_ids, now=now) if session_ids else {}
    standing = list(db.execute(STANDING, {"ids": session_ids})) if session_ids else []
    trashed = {row.id for row in standing if row.deleted_at is not None}
    made = {(row.booking_request_id, row.id) for row in standing}
    return tuple(
        RequestCard(
            one,
            names.get(one.requested_by, one.requested_by),
            tuple(person for key, person in named.items() if key in one.wish.person_ids),
            sessions.get(one.session_id or 0),
            one.session_id in trashed,
            (one.id, one.session_id) in made,
        )
        for one in requests
    )
