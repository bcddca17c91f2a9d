"""Rows of accounts as plain values."""

from dataclasses import dataclass
from datetime import datetime

from trainer_desk.models.enums import Role


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A login with its role; person by number and name, trainer by code and name, where it is one."""

    id: int
    login: str
    role: Role
    person_id: int | None
    employee_no: str | None
    person_name: str | None
    trainer_id: int | None
    trainer_code: str | None
    trainer_name: str | None
    disabled_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a login is; `role` is None for somebody who is not signed in, the others where it stands for none."""

    login: str
    role: Role | None
    account_id: int | None
    person_id: int | None
    trainer_id: int | None
