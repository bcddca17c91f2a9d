"""Judges all seats of an organisation in one snapshot, by counting rows anew and by reading the whole journal."""

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import Connection

from tests.services.store.recount import miscounts
from trainer_desk.models import ChangeRow, Course, Enrollment, Session
from trainer_desk.models.enums import SEATED, EnrollmentState, OverlapPolicy
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.rules.seating import BUSY, stricter
from trainer_desk.services.store.engine import Store

WAITING = EnrollmentState.WAITLISTED.value
FULL = {
    "session": (
        "SELECT s.id, s.capacity, (SELECT count(*) FROM enrollments e WHERE e.session_id = s.id"
        " AND e.state IN ('confirmed', 'offered'))"
        " + (SELECT coalesce(sum(h.seats), 0) FROM seat_holds h WHERE h.session_id = s.id AND h.ended_at IS NULL)"
        " FROM sessions s WHERE s.capacity IS NOT NULL"
    ),
    "run": (
        "SELECT r.id, r.max_people, (SELECT count(DISTINCT e.person_id) FROM enrollments e"
        " JOIN sessions s ON s.id = e.session_id WHERE s.run_id = r.id AND e.state IN ('confirmed', 'offered')"
        " AND s.status <> 'CANCELLED' AND s.deleted_at IS NULL) FROM runs r WHERE r.max_people IS NOT NULL"
    ),
}
"""Of each thing with a limit: its id, the limit, and how many seats or people the rows say it has."""


def judge(store: Store, now: dt.datetime | None = None) -> list[str]:
    """Say what is wrong in one snapshot at `now` (UTC; otherwise what the store's clock says)."""
    with store.snapshot() as db:
        return verdict(db, now or _now(db, store))


def verdict(db: Connection, now: dt.datetime) -> list[str]:
    """Say what is wrong at `now` (UTC) on a connection that shows one state."""
    return [
        *(f"{finding.code}: {finding.facts}" for finding in check_database(db, now=now)),
        *(f"miscounted: {row}" for row in miscounts(db)),
        *oversold(db),
        *busy_twice(db, now),
        *promoted_twice(db),
    ]


def oversold(db: Connection) -> Iterator[str]:
    """Count seats and people against the limits of sessions and runs."""
    for what, query in FULL.items():
        for key, limit, taken in db.execute(sa.text(query)):
            if taken > limit:
                yield f"oversold: {what} {key} has {taken} of {limit}"


def busy_twice(db: Connection, now: dt.datetime) -> Iterator[str]:
    """Find who has two seats at one time where that is forbidden; an offer that ended by `now` is none (C6)."""
    columns = (
        Enrollment.person_id, Session.ref, Session.starts_at, Session.ends_at, Course.overlap_policy,
    )  # fmt: skip
    seats = (
        sa.select(*columns)
        .join(Session, Session.id == Enrollment.session_id)
        .join(Course, Course.id == Session.course_id)
        .where(
            Enrollment.state.in_(sorted(SEATED)),
            sa.or_(Enrollment.offer_until.is_(None), Enrollment.offer_until > now),
            Session.status.in_(sorted(BUSY)),
            Session.deleted_at.is_(None),
        )
        .order_by(Enrollment.person_id, Session.starts_at)
    )
    held = list(db.execute(seats))
    for place, one in enumerate(held):
        for other in held[place + 1 :]:
            if other.person_id != one.person_id:
                break
            policy = stricter(OverlapPolicy(one.overlap_policy), OverlapPolicy(other.overlap_policy))
            if policy is OverlapPolicy.BLOCK and other.starts_at < one.ends_at and one.starts_at < other.ends_at:
                yield f"busy twice: person {one.person_id} in {one.ref} and {other.ref}"


def promoted_twice(db: Connection) -> Iterator[str]:
    """Read the journal from its start: a place in a queue is given a seat once, unless it was given back (K5)."""
    rows = sa.select(ChangeRow.pk, ChangeRow.before, ChangeRow.after).where(ChangeRow.tbl == "enrollments")
    given: set[tuple[str, int]] = set()
    for pk, before, after in db.execute(rows.order_by(ChangeRow.id)):
        was, is_now = before or {"state": None}, after or {"state": None}
        stamps = [(image.get("promoted_at"), image.get("promoted_by")) for image in (was, is_now)]
        if (
            is_now["state"] in SEATED
            and stamps[1] != (None, None)
            and stamps[0] != stamps[1]
            and was["state"] in SEATED
        ):
            yield f"promoted twice: enrollment {pk} had its seat already"
        if was["state"] == WAITING and is_now["state"] in SEATED:
            if (pk, was["position"]) in given:
                yield f"promoted twice: enrollment {pk} from place {was['position']}"
            given.add((pk, was["position"]))
        if was["state"] in SEATED and is_now["state"] == WAITING:
            given.discard((pk, is_now["position"]))


def _now(db: Connection, store: Store) -> dt.datetime:
    """Tell the time after the snapshot was taken: it cannot show what was done later."""
    db.execute(sa.text("SELECT 1 FROM settings")).first()
    return store.clock.now()
