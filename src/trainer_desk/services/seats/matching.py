"""Finds the few people whom a search or filter names, straight from `people`; says so when there are too many (P5).

A rare word is found quickest this way, a common one by walking the groups: whoever asks takes the other way then.
"""

from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Person
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.rules.compliance import group_of, order_key
from trainer_desk.services.seats.asking import NOT_SEATED, Criteria, Question, Shape
from trainer_desk.services.seats.walking import COLUMNS, PEOPLE, Key
from trainer_desk.services.store.db import Db, is_sqlite

FEW = 2000
"""Up to so many people are joined and sorted; with more, walking the groups fills a page sooner."""

GRAM = 3
"""Letters of the pieces that SQLite's search index knows; shorter words are looked for in every person."""

PEOPLE_SEARCH = sa.table("people_search", sa.column("rowid"), sa.column("people_search"))
IN_INDEX = Person.id.in_(
    sa.select(PEOPLE_SEARCH.c.rowid).where(PEOPLE_SEARCH.c.people_search.op("MATCH")(sa.bindparam("grams")))
)
"""SQLite only: narrows to people who have all pieces; the LIKE of the shape then has the last word."""

BY_ID = sa.select(*COLUMNS).select_from(PEOPLE)
BY_ID = BY_ID.where(Person.id.in_(sa.bindparam("ids", expanding=True, literal_execute=True)), NOT_SEATED)


def find(db: Db, question: Question, criteria: Criteria) -> list[tuple[Key, Any]] | None:
    """Return everybody whom the criteria name, in the picker's order, as key and row of COLUMNS; None if too many.

    All groups are returned, also those that the filter leaves out.
    """
    criteria, indexed = with_index(db, criteria)
    ids = list(db.execute(_probe(criteria.shape, indexed), criteria.values).scalars())
    if len(ids) > FEW:
        return None
    return find_these(db, question, ids)


def find_these(db: Db, question: Question, ids: Collection[int]) -> list[tuple[Key, Any]]:
    """Return those of these people who have no place there, in the picker's order, as key and row of COLUMNS."""
    if not ids:
        return []
    rows = db.execute(BY_ID, question.values() | {"ids": list(ids)})
    found = [(_key(row, question), row) for row in rows]
    found.sort(key=lambda pair: pair[0])
    return found


def with_index(db: Db, criteria: Criteria) -> tuple[Criteria, bool]:
    """Return the criteria with the value for IN_INDEX, and whether this database has that index for these words."""
    grams = grams_of(criteria.words)
    if not grams or not is_sqlite(db):
        return criteria, False
    return replace(criteria, values=criteria.values | {"grams": grams}), True


def grams_of(words: tuple[str, ...]) -> str:
    """Return what SQLite's index is asked for: every piece of every word that is long enough; may be empty."""
    pieces = {word[start : start + GRAM] for word in words for start in range(len(word) - GRAM + 1)}
    return " AND ".join('"' + piece.replace('"', '""') + '"' for piece in sorted(pieces))


@lru_cache(maxsize=64)
def _probe(shape: Shape, indexed: bool) -> sa.Executable:
    chosen = sa.select(Person.id).where(*shape.conditions())
    return (chosen.where(IN_INDEX) if indexed else chosen).limit(FEW + 1)


def _key(row: Any, question: Question) -> Key:
    status = None if row.status is None else ComplianceStatus(row.status)
    group = group_of(status, row.expires_on, question.day, question.expiring_days, row.due_on, row.counts_from)
    return order_key(group, row.expires_on, row.sort_name, row.person_id)
