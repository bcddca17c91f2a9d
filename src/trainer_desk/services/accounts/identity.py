"""Who a login is: its role, and the person and the trainer that it stands for."""

import sqlalchemy as sa

from trainer_desk.models import Account
from trainer_desk.services.rows.accounts import Identity
from trainer_desk.services.store.access import load_role
from trainer_desk.services.store.db import Db, plain

WHO = sa.select(Account.id, Account.person_id, Account.trainer_id).where(
    Account.login == sa.bindparam("login"), Account.disabled_at.is_(None)
)

STANDS_FOR = (
    sa.select(Account.login)
    .where(Account.person_id == sa.bindparam("person_id"), Account.disabled_at.is_(None))
    .order_by(Account.login)
)


def who_is(db: Db, login: str) -> Identity:
    """Return who a login is; without an account it is nobody in particular, and what the database lets it be."""
    role = load_role(plain(db), login)
    account = db.execute(WHO, {"login": login}).one_or_none()
    return Identity(login, role, *(account or (None, None, None)))


def who_stands_for(db: Db, person_id: int) -> list[Identity]:
    """Return the logins that stand for a person, by name."""
    return [who_is(db, login) for login in db.execute(STANDS_FOR, {"person_id": person_id}).scalars().all()]
