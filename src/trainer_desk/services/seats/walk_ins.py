"""Whom a trainer of a server may name as walk-in: own people, and whoever says their whole number or name (A2, U2).

A trainer reads the people of own sessions and nobody else, so the picker cannot show everybody to choose from.
"""

import datetime as dt
from collections.abc import Sequence

from trainer_desk.services.rows.seats import Candidate, Foresight, PickerFilter, PickerPage
from trainer_desk.services.rules.compliance import GREEN, GROUPS
from trainer_desk.services.rules.names import search_key, sort_name
from trainer_desk.services.seats.asking import ask
from trainer_desk.services.seats.scope import read_scope
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.gate import through_gate


def pick_known(db: Db, session_id: int, filters: PickerFilter, *, now: dt.datetime) -> PickerPage:
    """Return, as one page, whom the search names and who has no place in an own session yet; `now` is UTC.

    What they hold is not for a trainer to see, so all stand in one group. Raises NotFound, NotAllowed.
    """
    question = ask(db, session_id, now)
    found = known_people(db, session_id, filters)
    counts = dict.fromkeys(GROUPS, 0) | {GREEN: len(found)}
    return PickerPage(question.day, question.undated, found, counts, None, by_whole_name=True)


def known_people(db: Db, session_id: int, filters: PickerFilter) -> tuple[Candidate, ...]:
    """Return whom a search names by a whole number or name, and of own people by any part of it. Raises NotAllowed."""
    if filters.groups and GREEN not in filters.groups:
        return ()
    said = through_gate(db, "known_people", session_id, search_key(filters.search), sort_name(filters.search))
    lists = ((filters.departments, "department"), (filters.sites, "site"), (filters.job_roles, "job_role"))
    wanted = [one for one in said if all(not names or one[field] in names for names, field in lists)]
    return tuple(Candidate(**one, group=GREEN, status=None, expires_on=None) for one in wanted)


def foresee_places(db: Db, session_id: int, person_ids: Sequence[int], *, now: dt.datetime) -> Foresight:
    """Return how many of these people would still find a seat; what else speaks against somebody is told when it does.

    `now` is a UTC instant.
    """
    session = read_scope(db, [session_id], now).sessions[session_id]
    free = len(person_ids) if session.capacity is None else max(0, session.capacity - session.taken)
    seated = min(free, len(person_ids))
    full = {"session_full": len(person_ids) - seated} if seated < len(person_ids) else {}
    return Foresight(queues=False, seated=seated, waiting=0, places=None, kept={}, refused=full, run=None)
