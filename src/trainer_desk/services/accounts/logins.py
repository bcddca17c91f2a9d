"""Logins: given a role, linked to a person or trainer, disabled; an administrator always remains."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Account, Base, Person, Resource
from trainer_desk.models.enums import ResourceKind, Role
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.rows.accounts import AccountRow
from trainer_desk.services.rules.names import clean_name
from trainer_desk.services.store.db import Db

LOGIN_LIMIT = 100
TABLE = Base.metadata.tables["accounts"]
LIST = (
    sa.select(
        Account.id, Account.login, Account.role, Account.person_id, Person.employee_no, Person.name,
        Account.trainer_id, Resource.code, Resource.name, Account.disabled_at, Account.version,
    )
    .outerjoin(Person, Person.id == Account.person_id)
    .outerjoin(Resource, Resource.id == Account.trainer_id)
    .order_by(Account.disabled_at.is_not(None), Account.login)
)  # fmt: skip
LOCK = sa.select(TABLE).order_by(TABLE.c.id).with_for_update()
"""All of them: who is the last administrator cannot be told from one row."""

UNSAID: Any = object()
"""Stands for a link that stays as it is; None takes it away."""


def list_accounts(db: Db) -> list[AccountRow]:
    """Return all accounts by login, those that are disabled last."""
    return [AccountRow(row[0], row[1], Role(row[2]), *row[3:]) for row in db.execute(LIST)]


def find_account(db: Db, login: str) -> AccountRow:
    """Return the account of a login. Raises NotFound."""
    found = db.execute(LIST.where(Account.login == clean_login(login))).one_or_none()
    if found is None:
        raise NotFound(kind="account", key=login)
    return AccountRow(found[0], found[1], Role(found[2]), *found[3:])


def clean_login(login: str) -> str:
    """Return a login as it is stored; raises BadValue for one that is empty, too long or cannot be typed."""
    return clean_name(login, field="login", limit=LOGIN_LIMIT)


def add(
    db: DbSession,
    login: str,
    role: Role | str,
    *,
    person_id: int | None = UNSAID,
    trainer_id: int | None = UNSAID,
    actor: str,
    now: dt.datetime,
) -> int:
    """Give a login a role and return the account's id; one that is there gets the role and is enabled again.

    Links that are not named stay. With the very first account whoever adds it becomes administrator, too, so that
    nobody locks themselves out. Raises BadValue, NotFound, and as `disable`.
    """
    name, wanted = clean_login(login), _role(role)
    links = _links(db, person_id, trainer_id)
    accounts = {row["login"]: row for row in db.execute(LOCK).mappings()}
    if not accounts and name != actor:
        _insert(db, {"login": actor, "role": Role.ADMINISTRATOR.value}, now)
    known = accounts.get(name)
    values = {"role": wanted.value, **links}
    if known is None:
        return _insert(db, {"login": name} | values, now)
    _change(db, known, values | {"disabled_at": None}, now)
    require_administrator(db)
    return int(known["id"])


def disable(db: DbSession, login: str, *, actor: str, now: dt.datetime) -> int:
    """Disable a login, which is not signed in any more from then on; return the account's id.

    Raises NotFound, and BadValue (last_administrator) when nobody would be left who can enable it again.
    """
    name = clean_login(login)
    known = {row["login"]: row for row in db.execute(LOCK).mappings()}.get(name)
    if known is None:
        raise NotFound(kind="account", key=name)
    if known["disabled_at"] is None:
        _change(db, known, {"disabled_at": now}, now)
        require_administrator(db, name)
    return int(known["id"])


def require_administrator(db: DbSession, login: str = "") -> None:
    """Refuse that accounts are left without an administrator who is enabled. Raises BadValue."""
    enabled = sa.and_(TABLE.c.role == Role.ADMINISTRATOR.value, TABLE.c.disabled_at.is_(None))
    total, left = db.execute(sa.select(sa.func.count(), sa.func.count().filter(enabled)).select_from(TABLE)).one()
    if total and not left:
        raise BadValue(field="login", value=login, why="last_administrator")


def _role(role: Role | str) -> Role:
    try:
        return Role(role)
    except ValueError as trouble:
        raise BadValue(field="role", value=role, why="not_one_of", choices=[one.value for one in Role]) from trouble


def _links(db: DbSession, person_id: int | None, trainer_id: int | None) -> dict[str, int | None]:
    links: dict[str, int | None] = {}
    if person_id is not UNSAID:
        _require(db, "person", person_id, sa.select(Person.id).where(Person.id == person_id))
        links["person_id"] = person_id
    if trainer_id is not UNSAID:
        trainer = sa.select(Resource.id).where(Resource.id == trainer_id, Resource.kind == ResourceKind.TRAINER)
        _require(db, "trainer", trainer_id, trainer)
        links["trainer_id"] = trainer_id
    return links


def _require(db: DbSession, kind: str, key: int | None, query: sa.Select[Any]) -> None:
    if key is not None and db.execute(query).scalar_one_or_none() is None:
        raise NotFound(kind=kind, key=f"#{key}")


def _insert(db: DbSession, values: dict[str, Any], now: dt.datetime) -> int:
    row = values | {"created_at": now, "updated_at": now}
    return int(db.execute(sa.insert(TABLE).values(row).returning(TABLE.c.id)).scalar_one())


def _change(db: DbSession, known: Any, values: dict[str, Any], now: dt.datetime) -> None:
    changed = {name: value for name, value in values.items() if known[name] != value}
    if changed:
        row = changed | {"version": TABLE.c.version + 1, "updated_at": now}
        db.execute(sa.update(TABLE).where(TABLE.c.id == known["id"]).values(row))
