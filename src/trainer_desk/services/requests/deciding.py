"""Declines booking requests, for a reason; and closes one that was accepted, which only orchestration does (Q1, Q2)."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import RequestStatus
from trainer_desk.services.requests.reading import lock_request, write_request
from trainer_desk.services.rows.requests import RequestRow
from trainer_desk.services.rules.requests import checked_reason, require_open


def decline(
    db: DbSession, request_id: int, reason: str, *, actor: str, now: dt.datetime, version: int | None = None
) -> None:
    """Decline an open request for a reason that its requester reads (Q1).

    Raises NotFound, BadValue without a reason, WrongState once it was decided, Stale for an old `version`.
    """
    request = lock_request(db, request_id, version=version)
    said = checked_reason(reason)
    require_open(request, "decline")
    write_request(
        db,
        request,
        {
            "status": RequestStatus.DECLINED.value,
            "decided_by": actor,
            "decided_at": now,
            "decision_reason": said,
            "updated_at": now,
        },
    )


def decline_all(
    db: DbSession, request_ids: Collection[int], reason: str, *, actor: str, now: dt.datetime
) -> tuple[int, ...]:
    """Decline those of the requests that are still open, with one reason, in one change; return their ids (Q2).

    Raises NotFound, BadValue without a reason.
    """
    declined = []
    for request_id in sorted(set(request_ids)):
        if lock_request(db, request_id).is_open:
            decline(db, request_id, reason, actor=actor, now=now)
            declined.append(request_id)
    return tuple(declined)


def close_accepted(
    db: DbSession, request: RequestRow, by: str, at: dt.datetime, *, session_id: int | None, run_id: int | None
) -> None:
    """Write what a locked request became: a session, or a whole run; `at` is UTC."""
    became = {"session_id": session_id, "into_run_id": run_id, "status": RequestStatus.ACCEPTED.value}
    write_request(db, request, became | {"decided_by": by, "decided_at": at, "updated_at": at})
