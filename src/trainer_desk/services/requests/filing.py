"""Files a booking request, changes it while nobody has decided, and takes it back (Q1)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import RequestStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import NotAllowed, NotFound
from trainer_desk.services.requests.own_people import require_nameable, role_of
from trainer_desk.services.requests.reading import REQUESTS, columns_of, lock_request, write_named, write_request
from trainer_desk.services.rights import PLANNERS
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.requests import RequestRow, Wish
from trainer_desk.services.rules.requests import checked, require_open


def file_request(db: DbSession, wish: Wish, *, actor: str, now: dt.datetime) -> int:
    """File a request in the actor's name and return its id (Q1).

    A requester names only own people. Raises NotAllowed (not_own_people), NotFound for what it points at, and
    BadValue as `rules.requests.checked`.
    """
    clean = _sound(db, wish, actor, now)
    values = columns_of(clean) | {
        "status": RequestStatus.DRAFT.value,
        "requested_by": actor,
        "requested_at": now,
        "created_at": now,
        "updated_at": now,
    }
    request_id = int(db.execute(sa.insert(REQUESTS).values(values).returning(REQUESTS.c.id)).scalar_one())
    write_named(db, request_id, clean.person_ids)
    return request_id


def edit_request(
    db: DbSession, request_id: int, wish: Wish, *, actor: str, now: dt.datetime, version: int | None = None
) -> None:
    """Say anew what is wished for, while the request is open; equal values change nothing.

    A start that has passed meanwhile may stay as it was. Raises NotAllowed for somebody else's request, WrongState
    once it was decided, Stale for an old `version`, and as `file_request`.
    """
    request = _lock_own(db, request_id, actor, version)
    require_open(request, "edit")
    unmoved = wish.starts_at is not None and wish.starts_at == request.wish.starts_at
    clean = _sound(db, wish, actor, request.requested_at if unmoved else now)
    if clean == request.wish:
        return
    write_request(db, request, columns_of(clean) | {"updated_at": now})
    write_named(db, request_id, clean.person_ids, request.wish.person_ids)


def cancel_request(db: DbSession, request_id: int, *, actor: str, now: dt.datetime) -> None:
    """Take a request back before it is decided: its requester, or a planner (Q1).

    Raises NotAllowed for somebody else's, WrongState once it was decided, NotFound.
    """
    request = _lock_own(db, request_id, actor)
    require_open(request, "cancel")
    ended = {"status": RequestStatus.CANCELLED.value, "decided_by": actor, "decided_at": now, "updated_at": now}
    write_request(db, request, ended)


def _sound(db: DbSession, wish: Wish, actor: str, now: dt.datetime) -> Wish:
    require_nameable(db, wish.person_ids, actor)
    directory = load_directory(db, course_ids=[wish.course_id])
    _require_known(wish, directory)
    return checked(wish, directory, now=now)


def _require_known(wish: Wish, directory: Directory) -> None:
    places = {
        "course": (wish.course_id, directory.courses),
        "trainer": (wish.trainer_id, directory.trainers),
        "venue": (wish.venue_id, directory.venues),
        "run": (wish.run_id, directory.runs),
    }
    for kind, (key, known) in places.items():
        if key is not None and key not in known:
            raise NotFound(kind=kind, key=f"#{key}", field=kind)


def _lock_own(db: DbSession, request_id: int, actor: str, version: int | None = None) -> RequestRow:
    request = lock_request(db, request_id, version=version)
    role = role_of(db, actor)
    if request.requested_by != actor and role not in PLANNERS:
        raise NotAllowed(role=role, why="not_own_request")
    return request
