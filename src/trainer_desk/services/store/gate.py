"""The way in for trainers and requesters on a server, who write nothing by themselves: functions that ask who they are.

A verb asks `goes_through_gate` and then calls its function of the same name; what that refuses is raised like any other
refusal, once the statement fails (`store/refusal.py`). On a file, and for those who plan, the program's rules decide.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from trainer_desk.models.enums import Role
from trainer_desk.services.store.db import Db, is_sqlite, plain
from trainer_desk.services.store.lists import ListOf

ROLE = sa.select(sa.func.me_role())
LOGIN = sa.text("SELECT session_user = :actor")
GATED = frozenset({Role.TRAINER.value, Role.REQUESTER.value})
"""Who plans writes by the program's own rules, which the server lets through."""


def goes_through_gate(db: Db) -> bool:
    """Whether whoever is connected changes things through functions of the server alone."""
    return not is_sqlite(db) and plain(db).execute(ROLE).scalar() in GATED


def is_login(db: Db, actor: str) -> bool:
    """Whether somebody works here with a login of a server, and is not merely named."""
    return not is_sqlite(db) and bool(plain(db).execute(LOGIN, {"actor": actor}).scalar())


def through_gate(db: Db, function: str, *values: object) -> Any:
    """Call a function of the server with values, lists of ids among them, and return what it answers.

    Raises, through the store, whatever the function refuses with.
    """
    said = [sa.bindparam(f"v{place}", value, type_=_type(value)) for place, value in enumerate(values)]
    return plain(db).execute(sa.select(getattr(sa.func, function)(*said))).scalar()


def _type(value: object) -> Any:
    is_list = isinstance(value, Sequence) and not isinstance(value, str)
    return ListOf(sa.Integer()) if is_list else None
