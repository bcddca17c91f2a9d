"""Finds people by their employee numbers."""

from collections.abc import Collection

import sqlalchemy as sa

from trainer_desk.models import Person
from trainer_desk.services.errors import NotFound
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among


def find_person(db: Db, employee_no: str) -> int:
    """Return the id of the person with that number. Raises NotFound."""
    found = db.execute(sa.select(Person.id).where(Person.employee_no == employee_no)).scalar_one_or_none()
    if found is None:
        raise NotFound(kind="person", key=employee_no)
    return int(found)


def person_ids(db: Db, numbers: Collection[str]) -> dict[str, int]:
    """Return the ids of those employee numbers that exist."""
    query = sa.select(Person.employee_no, Person.id).where(Among(Person.employee_no, "numbers"))
    return dict(db.execute(query, {"numbers": numbers}).all())


def names_of(db: Db, ids: Collection[int]) -> dict[int, str]:
    """Return the names of those people that exist, in the order of their names."""
    query = sa.select(Person.id, Person.name).where(Among(Person.id, "ids")).order_by(Person.sort_name, Person.id)
    return dict(db.execute(query, {"ids": sorted(ids)}).all())
