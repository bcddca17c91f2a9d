"""Turns what a database says into a refusal that a user understands; what it does not know stays a bug."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from trainer_desk.models import Base
from trainer_desk.services.errors import BadValue, DatabaseTrouble, DeskError
from trainer_desk.services.store.refusal import REFUSED, refusal_of
from trainer_desk.services.store.unreached import NOT_THERE, said_by_server, why_unreached

LOG = logging.getLogger(__name__)

OP_KEY = "uq_changes_op_key"
"""What refuses a write that was done already: the store then looks up what it did."""

CONSTRAINTS = {
    "claims_overlap": "trainer_busy",
    "claims_blocked": "venue_closed",
    "ck_sessions_seats": "session_full",
    "ck_runs_people": "run_full",
    "not_on_run": "not_on_run",
    "ck_groups_members": "group_full",
    "ck_venues_present": "room_full",
    "version_guard": "stale",
    "ck_sessions_complete_when_published": "wrong_state",
    "uq_sessions_ref": "duplicate_ref",
    "uq_people_employee_no": "duplicate_ref",
    "uq_courses_code": "duplicate_ref",
    "uq_resources_code": "duplicate_ref",
    "uq_runs_code": "duplicate_ref",
    "uq_groups_session_id_name": "duplicate_ref",
    "uq_enrollments_session_id_person_id": "already_enrolled",
    "uq_sessions_booking_request_id": "already_accepted",
    "uq_presences_person_id": "stale",
    "pk_group_members": "stale",
    "group_of_session": "stale",
    "run_frozen": "wrong_state",
    "uq_changes_undoes": "stale",
    OP_KEY: "stale",
}
"""Constraints that two workstations can meet in a race, and the code of the refusal."""

CLASHES = frozenset({"claims_overlap", "claims_blocked"})
"""Constraints that refuse a claim on what is taken or blocked."""

TOLD = frozenset(
    {
        "ck_sessions_seats",
        "ck_runs_people",
        "ck_groups_members",
        "ck_venues_present",
        "version_guard",
        "ck_sessions_complete_when_published",
    }
)
"""Constraints that say all there is to say: to look again would tell no more."""

RACED = frozenset(CONSTRAINTS) - TOLD
"""Constraints that fire only when somebody else came first within the same instant: looked at again, it is told who."""

DOUBLED = "UNIQUE constraint failed: "

SQLITE_WORDS = {
    "malformed": "damaged",
    "not a database": "not_a_database",
    "disk is full": "disk_full",
    "disk I/O error": "disk_error",
    "readonly": "read_only",
    "unable to open": "cannot_open",
    "locked": "locked",
    "query_only": "read_only",
}

SERVER_STATES = {
    "40P01": "deadlock",
    "40001": "deadlock",
    "55P03": "locked",
    "57014": "too_slow",
    "53100": "disk_full",
    "53200": "server_short",
    "58030": "disk_error",
    "XX001": "server_damaged",
    "XX002": "server_damaged",
    "53300": "server_full",
    "25006": "read_only",
    "42501": "not_allowed",
    "28P01": "login_refused",
    "3D000": "no_such_database",
}

AGAIN = frozenset({"40P01", "40001", "25006"})
"""After which the whole unit may run again: a deadlock, a lost race, and a connection that may only read."""


@contextmanager
def translated() -> Iterator[None]:
    """Raise DeskErrors instead of the driver's exceptions; bugs pass through untouched."""
    try:
        yield
    except UnicodeEncodeError as error:  # half a character, as a terminal hands on what is no text
        raise BadValue(field="text", value=str(error.object), why="broken_text") from error
    except PoolTimeout as error:
        raise DatabaseTrouble(why="locked", detail=str(error)) from error
    except DBAPIError as error:
        refusal = explain(error)
        word = "connection lost" if refusal is not None and is_lost(refusal) else "database"
        LOG.warning("%s: %s", word, str(error.orig).strip().split("\n", 1)[0])
        if refusal is None:
            raise
        raise refusal from error


@contextmanager
def savepoint(db: Session) -> Iterator[None]:
    """Let what is refused inside leave nothing behind, while the rest of the transaction stands; raises DeskErrors."""
    with translated(), db.begin_nested():
        yield


def constraint_of(error: DBAPIError) -> str | None:
    """Return the name of the violated constraint, the same on both dialects."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return diagnosis.constraint_name if isinstance(diagnosis.constraint_name, str) else None
    text = str(error.orig)
    if text.startswith(DOUBLED):
        return _unique(text.removeprefix(DOUBLED).split(", "))
    return text.removeprefix("CHECK constraint failed: ").strip()


def _unique(columns: Sequence[str]) -> str:
    """Return the name that columns (`table.column`) have by our convention: SQLite tells them and not the name."""
    table, names = columns[0].split(".")[0], [column.split(".")[-1] for column in columns]
    known = Base.metadata.tables.get(table)
    is_key = known is not None and names == [column.name for column in known.primary_key]
    return f"pk_{table}" if is_key else "_".join(["uq", table, *names])


def explain(error: DBAPIError) -> DeskError | None:
    """Return the refusal behind a driver's error, or None if it is a bug."""
    if getattr(error.orig, "sqlstate", None) == REFUSED:
        said = error.orig.diag  # type: ignore[union-attr]  # only a server has such a state
        return refusal_of(str(said.message_primary), str(said.message_detail or ""))
    constraint = constraint_of(error)
    if constraint in CONSTRAINTS:
        return DeskError(CONSTRAINTS[constraint], constraint=constraint)
    why, text = _state(error) if hasattr(error.orig, "sqlstate") else _words(error), str(error.orig)
    if why == "connection_lost" or why in NOT_THERE or (error.connection_invalidated and why is None):
        reason: dict[str, Any] = {"reason": why} if why in NOT_THERE else {}
        return DatabaseTrouble("connection_lost", why="connection_lost", detail=text, **reason)
    return None if why is None else DatabaseTrouble(why=why, detail=text, said=said_by_server(text))


def is_worth_retrying(refusal: DeskError) -> bool:
    """Whether the whole unit may simply run again, by `AGAIN` or after a lost race for a claim.

    The last finds the winner there when it asks again, and so can name it (C2).
    """
    error = refusal.__cause__
    if not isinstance(error, DBAPIError):
        return False
    return getattr(error.orig, "sqlstate", None) in AGAIN or constraint_of(error) in RACED


def is_lost(refusal: DeskError) -> bool:
    """Whether the connection was lost, so that nobody has heard how it ended."""
    return refusal.code == "connection_lost"


def is_broken(refusal: DeskError) -> bool:
    """Whether a line broke on which the server was heard before, so that a new one is worth a try at once."""
    error = refusal.__cause__
    if not isinstance(error, DBAPIError) or getattr(error.orig, "is_silent", False):
        return False
    return error.connection_invalidated and is_lost(refusal)


def is_repeated(refusal: DeskError) -> bool:
    """Whether a write was refused because its key stands in the journal already."""
    return refusal.facts.get("constraint") == OP_KEY


def _state(error: DBAPIError) -> str | None:
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        is_outside = isinstance(error, OperationalError | InterfaceError)
        return (why_unreached(str(error.orig)) or "connection_lost") if is_outside else None
    return "connection_lost" if state[:2] == "08" or state[:3] == "57P" else SERVER_STATES.get(state)


def _words(error: DBAPIError) -> str | None:
    text = str(error.orig)
    return next((why for words, why in SQLITE_WORDS.items() if words in text), None)
