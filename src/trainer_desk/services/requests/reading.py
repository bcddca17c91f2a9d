"""Reads booking requests: one, those that are open, and takes one for a write, as it is now (Q1, Q3)."""

from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.models.enums import RequestStatus
from trainer_desk.services.errors import NotFound, Stale
from trainer_desk.services.journal.history import last_change, of_row
from trainer_desk.services.rows.requests import RequestRow, Wish
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

REQUESTS, NAMED = (Base.metadata.tables[name] for name in ("booking_requests", "booking_request_people"))
LARGEST_ID = 2**31 - 1
"""What the databases take as an id; beyond it there is no request."""

NAMED_IN = sa.select(NAMED).where(Among(NAMED.c.booking_request_id, "ids"))
OPEN = sa.select(REQUESTS).where(REQUESTS.c.status == RequestStatus.DRAFT.value).order_by(REQUESTS.c.id)


def load_request(db: Db, request_id: int) -> RequestRow:
    """Return a request. Raises NotFound."""
    found = load_requests(db, sa.select(REQUESTS).where(REQUESTS.c.id == _sound(request_id)))
    if not found:
        raise NotFound(kind="request", key=f"#{request_id}")
    return found[0]


def load_requests(db: Db, query: sa.Select[Any]) -> tuple[RequestRow, ...]:
    """Return the requests that a query of whole rows finds, in its order."""
    rows = db.execute(query).mappings().all()
    named: dict[int, list[int]] = {row["id"]: [] for row in rows}
    for link in db.execute(NAMED_IN, {"ids": list(named)}) if named else ():
        named[link.booking_request_id].append(link.person_id)
    return tuple(_row(row, named[row["id"]]) for row in rows)


def open_requests(db: Db) -> tuple[RequestRow, ...]:
    """Return the requests that wait for a decision, the oldest first."""
    return load_requests(db, OPEN)


def lock_request(db: DbSession, request_id: int, *, version: int | None = None) -> RequestRow:
    """Lock a request, before any session, and return it as it is now.

    Raises NotFound, or Stale when `version` is given and somebody changed it since (U5).
    """
    query = sa.select(REQUESTS.c.id).where(REQUESTS.c.id == _sound(request_id)).with_for_update()
    db.execute(query).all()
    found = load_request(db, request_id)
    if version is not None and version != found.version:
        last = last_change(db, of_row("booking_requests", str(request_id)))
        raise Stale(ref=found.ref, by=last and last.by, at=last and last.at, version=found.version)
    return found


def write_request(db: DbSession, request: RequestRow, values: dict[str, Any]) -> None:
    """Write columns of a locked request and raise its version by one; `values` hold `updated_at`."""
    changes = values | {"version": request.version + 1}
    db.execute(sa.update(REQUESTS).where(REQUESTS.c.id == request.id).values(changes))


def columns_of(wish: Wish) -> dict[str, Any]:
    """Return the columns that a wish fills; named people lie in a table of their own."""
    names = ("course_id", "trainer_id", "venue_id", "run_id", "starts_at", "ends_at", "people", "reason")
    return {name: getattr(wish, name) for name in names}


def write_named(db: DbSession, request_id: int, person_ids: Iterable[int], known: Collection[int] = ()) -> None:
    """Make the named people of a request those given; `known` are those it names by now."""
    wanted = set(person_ids)
    gone, new = set(known) - wanted, sorted(wanted - set(known))
    if gone:
        mine = sa.and_(NAMED.c.booking_request_id == request_id, Among(NAMED.c.person_id, "gone"))
        db.execute(sa.delete(NAMED).where(mine), {"gone": sorted(gone)})
    if new:
        db.execute(sa.insert(NAMED), [{"booking_request_id": request_id, "person_id": one} for one in new])


def _sound(request_id: int) -> int:
    return request_id if 0 < request_id <= LARGEST_ID else 0


def _row(found: Any, named: Collection[int]) -> RequestRow:
    wish = Wish(
        found["course_id"],
        found["trainer_id"],
        found["venue_id"],
        found["run_id"],
        found["starts_at"],
        found["ends_at"],
        found["people"],
        tuple(sorted(named)),
        found["reason"],
    )
    return RequestRow(
        found["id"],
        wish,
        RequestStatus(found["status"]),
        found["requested_by"],
        found["requested_at"],
        found["decided_by"],
        found["decided_at"],
        found["decision_reason"],
        found["session_id"],
        found["into_run_id"],
        found["version"],
    )
