"""Looks at the queue of a session: settles it, or shows what settling would do and leaves nothing behind (K5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.seats import Seat, Settled
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.services.seats.settling import settle_sessions
from trainer_desk.services.store.engine import Store, Written
from trainer_desk.services.store.unit import Unit


@dataclass(frozen=True, slots=True)
class QueueLook:
    """A queue by rank and what settling it came to.

    `waiting` are those who still wait; of a rehearsal, those who wait now. `settled` may name further sessions.
    """

    waiting: tuple[Seat, ...]
    settled: Settled
    reasons: Mapping[int, Finding]
    """What keeps whom from a free seat, by person."""


def settle_queue(
    store: Store, label: str, session_id: int, *, dry_run: bool = False, actor: str | None = None
) -> Written[QueueLook]:
    """Settle the queue of a session and all that it concerns, as one change under a label.

    With `dry_run` the same is done in a transaction that is thrown away. A session whose queue does not move (a
    draft, one that began) or that does not exist promotes nobody.
    """

    def deed(unit: Unit) -> QueueLook:
        before = _waiting(unit.db, session_id)
        settled = settle_sessions(unit.db, [session_id], actor=unit.actor, now=unit.now)
        reasons = {skip.person_id: skip.finding for skip in settled.skipped.get(session_id, ())}
        if dry_run:
            unit.discard()
            return QueueLook(before, settled, reasons)
        return QueueLook(_waiting(unit.db, session_id), settled, reasons)

    return store.perform(label, lambda: deed, actor=actor)


def _waiting(db: DbSession, session_id: int) -> tuple[Seat, ...]:
    """Return who waits, next first; whoever has left the organisation waits in vain, at the end."""
    waiting = [seat for seat in load_seats(db, session_id) if seat.state is EnrollmentState.WAITLISTED]
    return tuple(sorted(waiting, key=lambda seat: (seat.position is None, seat.position or 0)))
