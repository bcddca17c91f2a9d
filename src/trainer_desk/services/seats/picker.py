"""The smart picker: whom to put into a session, those who need it most first, page by page (P1–P5)."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Person
from trainer_desk.models.enums import ComplianceStatus, PrerequisitePolicy
from trainer_desk.services.rows.seats import Candidate, PickerFilter, PickerPage
from trainer_desk.services.rules.compliance import GROUPS, order_key
from trainer_desk.services.rules.names import sort_name
from trainer_desk.services.seats.asking import Criteria, Question, ask, criteria_of
from trainer_desk.services.seats.bookings import Bookings, bookings_of, lacking_of, outside_of
from trainer_desk.services.seats.counting import count_everybody, count_matching
from trainer_desk.services.seats.matching import find, find_these
from trainer_desk.services.seats.walk_ins import known_people, pick_known
from trainer_desk.services.seats.walking import COLUMNS, Key, walk
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.gate import goes_through_gate

EVERYBODY = 2**31 - 1
NOTHING = Bookings()
STATUS = {None: None} | {status.value: status for status in ComplianceStatus}
VALUES: sa.CompoundSelect[Any] = sa.union(
    *(
        sa.select(sa.literal_column(str(number)).label("list"), column.label("value")).where(
            Person.active.is_(sa.true()), column != ""
        )
        for number, column in enumerate((Person.department, Person.site, Person.job_role))
    )
)


@dataclass(frozen=True, slots=True)
class FilterValues:
    """What can be chosen in the picker's filters, by name."""

    departments: tuple[str, ...]
    sites: tuple[str, ...]
    job_roles: tuple[str, ...]


def pick(
    db: Db,
    session_id: int,
    filters: PickerFilter,
    *,
    limit: int = 50,
    after: Key | None = None,
    now: dt.datetime,
    counted: bool = True,
) -> PickerPage:
    """Return the next `limit` people to offer for a session, in the order of P1, judged on its day.

    Everybody active who has no place there and does not wait; `after` continues a page by its `next_key`. Counts
    come with the first page only, and not without `counted` (`count_groups`). `now` is a UTC instant. Raises NotFound.
    """
    if goes_through_gate(db):
        return pick_known(db, session_id, filters, now=now)
    question, criteria = ask(db, session_id, now), criteria_of(filters)
    rows, counts = _rows(db, question, criteria, max(1, limit) + 1, after)
    page, more = rows[:-1] if len(rows) > max(1, limit) else rows, len(rows) > max(1, limit)
    if after is not None or not counted:
        counts = None
    elif counts is None:
        counts = _counts(db, question, criteria)
    ids = [row.person_id for _key, row in page]
    held, lacking, outside = (
        bookings_of(db, question, ids),
        lacking_of(db, question, ids),
        outside_of(db, question, ids),
    )
    return PickerPage(
        on=question.day,
        undated=question.undated,
        people=tuple(
            _candidate(question, key, row, held.get(row.person_id, NOTHING), lacking, outside) for key, row in page
        ),
        counts=counts,
        next_key=page[-1][0] if more else None,
    )


def pick_all(db: Db, session_id: int, filters: PickerFilter, group: int, *, now: dt.datetime) -> list[Candidate]:
    """Return everybody of one group under the filter, in order, for "Select all" (P4); without their bookings.

    `now` is a UTC instant. Raises NotFound.
    """
    if goes_through_gate(db):
        return [one for one in known_people(db, session_id, filters) if one.group == group]
    question, criteria = ask(db, session_id, now), criteria_of(filters)
    if group not in criteria.groups:
        return []
    only = Criteria(criteria.shape, criteria.values, criteria.words, (group,))
    rows, _counts_of = _rows(db, question, only, EVERYBODY, None)
    ids = [row.person_id for _key, row in rows]
    lacking, outside = lacking_of(db, question, ids), outside_of(db, question, ids)
    return [_candidate(question, key, row, NOTHING, lacking, outside) for key, row in rows]


def pick_these(db: Db, session_id: int, person_ids: Collection[int], *, now: dt.datetime) -> list[Candidate]:
    """Return these people as the picker offers them, in its order; who has a place there is left out (K11).

    `now` is a UTC instant. Raises NotFound.
    """
    question = ask(db, session_id, now)
    rows = find_these(db, question, person_ids)
    ids = [row.person_id for _key, row in rows]
    held, lacking, outside = (
        bookings_of(db, question, ids),
        lacking_of(db, question, ids),
        outside_of(db, question, ids),
    )
    return [_candidate(question, key, row, held.get(row.person_id, NOTHING), lacking, outside) for key, row in rows]


def count_groups(db: Db, session_id: int, filters: PickerFilter, *, now: dt.datetime) -> Mapping[int, int]:
    """Return the full count of each group under the filter; a group that it leaves out counts 0. Raises NotFound."""
    if goes_through_gate(db):
        return dict(pick_known(db, session_id, filters, now=now).counts or {})
    return _counts(db, ask(db, session_id, now), criteria_of(filters))


def filter_values(db: Db) -> FilterValues:
    """Return the departments, sites and job roles of active people."""
    lists: tuple[list[str], list[str], list[str]] = ([], [], [])
    for number, value in db.execute(VALUES):
        lists[number].append(value)
    return FilterValues(*(tuple(sorted(values, key=lambda value: (sort_name(value), value))) for values in lists))


def _rows(
    db: Db, question: Question, criteria: Criteria, most: int, after: Key | None
) -> tuple[list[tuple[Key, Any]], Mapping[int, int] | None]:
    """Return at most `most` rows with their keys, and the counts if they come for nothing."""
    if not criteria.shape.is_open:
        found = find(db, question, criteria)
        if found is not None:
            wanted = [(key, row) for key, row in found if key[0] in criteria.groups]
            counts = Counter(key[0] for key, _row in wanted)
            left = wanted if after is None else [(key, row) for key, row in wanted if key > after]
            return left[:most], {group: counts[group] for group in GROUPS}
    rows = walk(db, question, criteria, most, after)
    return [(order_key(row.grp, row.expires_on, row.sort_name, row.person_id), row) for row in rows], None


def _counts(db: Db, question: Question, criteria: Criteria) -> Mapping[int, int]:
    everybody = criteria.shape.is_open
    counts = count_everybody(db, question) if everybody else count_matching(db, question, criteria)
    return {group: counts[group] if group in criteria.groups else 0 for group in GROUPS}


def _candidate(
    question: Question, key: Key, row: Any, held: Bookings, lacking: frozenset[int], outside: frozenset[int]
) -> Candidate:
    person_id, employee_no, name, department, site, job_role, *own = row[-len(COLUMNS) :]
    status, expires_on, due_on, counts_from, has_intake, _sorted_by = own
    required = question.prerequisite if person_id in lacking else None
    return Candidate(
        person_id,
        employee_no,
        name,
        department,
        site,
        job_role,
        key[0],
        STATUS[status],
        expires_on,
        tuple(held.booked_on),
        tuple(held.booked_at),
        tuple(held.busy_in),
        tuple(held.busy_with),
        held.withdrawn,
        tuple(held.busy_at),
        tuple(held.busy_blocks),
        question.requires_intake and not has_intake,
        due_on,
        counts_from,
        "" if required is None else required.course,
        required is not None and required.policy is PrerequisitePolicy.BLOCK,
        person_id in outside,
    )
