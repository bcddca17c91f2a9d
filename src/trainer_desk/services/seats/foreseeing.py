"""Says what adding people to a session would come to, by the same rule as adding them; nothing is written (P4, K5)."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa

from trainer_desk.models import Run
from trainer_desk.models.enums import WaitlistOrder
from trainer_desk.services.errors import NotFound
from trainer_desk.services.findings import refusals
from trainer_desk.services.rows.seats import Foresight, RunRoom
from trainer_desk.services.rules.queue import Fate, Seeker
from trainer_desk.services.rules.seating import lacks
from trainer_desk.services.seats.enrolling import is_queueing
from trainer_desk.services.seats.lapsing import load_lapses
from trainer_desk.services.seats.scope import Scope, SeatSession, read_scope
from trainer_desk.services.seats.seekers import load_newcomers, load_rooms
from trainer_desk.services.seats.settling import look
from trainer_desk.services.seats.walk_ins import foresee_places
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.gate import goes_through_gate

NAME = sa.select(Run.name).where(Run.id == sa.bindparam("id"))


def foresee(db: Db, session_id: int, person_ids: Sequence[int], *, now: dt.datetime) -> Foresight:
    """Return what `enrolling.enroll` would do with these people at `now` (UTC), as far as nobody comes between.

    It takes no locks, and of a capped run it looks at this session alone. Raises NotFound.
    """
    if goes_through_gate(db):
        return foresee_places(db, session_id, person_ids, now=now)
    scope = read_scope(db, [session_id], now)
    session = scope.sessions.get(session_id)
    if session is None:
        raise NotFound(kind="session", key=session_id)
    session.taken -= load_lapses(db, scope, now).seats[session_id]
    seekers = load_newcomers(db, session_id, person_ids) if person_ids else {}
    refused = Counter(_refusal(seekers.get(person), session) for person in person_ids)
    eligible = [seekers[person] for person in person_ids if _refusal(seekers.get(person), session) is None]
    fates = look(db, scope, eligible, now)
    own = [fate for fate in fates if fate.seeker.position is None]
    left = [fate for fate in own if not fate.seated]
    reasons = Counter(fate.reason.code if fate.reason else "session_full" for fate in left)
    queues = is_queueing(session, now)
    refused.update({} if queues else reasons)
    return Foresight(
        queues=queues,
        seated=len(own) - len(left),
        waiting=len(left) if queues else 0,
        places=_places(session, fates, len(left)) if queues and left else None,
        kept={code: n for code, n in reasons.items() if queues and code != "session_full"},
        refused={code: n for code, n in refused.items() if code is not None},
        run=_run(db, scope, session, [fate.seeker.sitter.person_id for fate in own if fate.seated]),
    )


def _refusal(seeker: Seeker | None, session: SeatSession) -> str | None:
    """Return why somebody may not even stand in line; None for everybody else."""
    if seeker is None or not seeker.sitter.active:
        return "not_found"
    return next((finding.code for finding in refusals(lacks(seeker.sitter, session.occasion))), None)


def _places(session: SeatSession, fates: Sequence[Fate], newcomers: int) -> tuple[int, int] | None:
    """Return the ranks of the newcomers who would wait, behind those who still do then."""
    if session.order is not WaitlistOrder.JOINED:
        return None
    here = [fate for fate in fates if fate.seeker.session_id == session.occasion.session_id]
    ahead = session.waiting - sum(fate.seated for fate in here if fate.seeker.position is not None)
    return ahead + 1, ahead + newcomers


def _run(db: Db, scope: Scope, session: SeatSession, people: Sequence[int]) -> RunRoom | None:
    if session.run_id is None or session.max_people is None:
        return None
    room = load_rooms(db, scope, people)[session.run_id]
    name: str = db.execute(NAME, {"id": session.run_id}).scalar_one()
    on_it = session.max_people - (room.left or 0)
    return RunRoom(name, on_it, session.max_people, sum(person not in room.people for person in people))
