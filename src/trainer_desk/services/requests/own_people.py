"""Whom a login may name in a request: planners anybody, others themselves and whoever reports to them (Q1, U2)."""

from collections.abc import Collection

import sqlalchemy as sa

from trainer_desk.models import Account, Base
from trainer_desk.models.enums import Role
from trainer_desk.services.errors import NotAllowed, NotFound
from trainer_desk.services.rights import PLANNERS
from trainer_desk.services.rows.requests import NamedPerson
from trainer_desk.services.store.access import load_role
from trainer_desk.services.store.db import Db, plain
from trainer_desk.services.store.lists import Among

PEOPLE = Base.metadata.tables["people"]
COLUMNS = (PEOPLE.c.id, PEOPLE.c.employee_no, PEOPLE.c.name, PEOPLE.c.department, PEOPLE.c.active)
MYSELF = (
    sa.select(PEOPLE.c.id, PEOPLE.c.employee_no)
    .join(Account, Account.person_id == PEOPLE.c.id)
    .where(Account.login == sa.bindparam("login"), Account.disabled_at.is_(None))
    .cte("own", recursive=True)
)
BELOW = MYSELF.union(
    sa.select(PEOPLE.c.id, PEOPLE.c.employee_no).join(MYSELF, PEOPLE.c.manager_no == MYSELF.c.employee_no)
)
"""A union leaves out who was found already, so a circle of managers ends."""

OWN = sa.select(*COLUMNS).join(BELOW, BELOW.c.id == PEOPLE.c.id).order_by(PEOPLE.c.sort_name, PEOPLE.c.id)
KNOWN = sa.select(*COLUMNS).where(Among(PEOPLE.c.id, "ids")).order_by(PEOPLE.c.sort_name, PEOPLE.c.id)


def load_own_people(db: Db, login: str) -> tuple[NamedPerson, ...]:
    """Return the active people whom a login may name as its own: itself, and all who report to it, by name."""
    found = (NamedPerson(*row) for row in db.execute(OWN, {"login": login}))
    return tuple(one for one in found if one.active)


def load_named(db: Db, person_ids: Collection[int]) -> tuple[NamedPerson, ...]:
    """Return people by id, those who left too, by name; who is unknown is left out."""
    return tuple(NamedPerson(*row) for row in db.execute(KNOWN, {"ids": sorted(set(person_ids))}))


def role_of(db: Db, login: str) -> Role | None:
    """Return the role of a login, None for somebody who is not signed in."""
    return load_role(plain(db), login)


def require_nameable(db: Db, person_ids: Collection[int], login: str) -> None:
    """Refuse to name people who are not one's own. Raises NotAllowed, NotFound for who is unknown or has left (Q1)."""
    if not person_ids:
        return
    role = role_of(db, login)
    if role not in PLANNERS and not {one.person_id for one in load_own_people(db, login)}.issuperset(person_ids):
        raise NotAllowed(role=role, why="not_own_people")
    known = {one.person_id: one for one in load_named(db, person_ids)}
    for person_id in person_ids:
        person = known.get(person_id)
        if person is None or not person.active:
            raise NotFound(kind="person", key=f"#{person_id}" if person is None else person.employee_no)
