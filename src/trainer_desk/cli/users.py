"""The commands about accounts: who may use the program, in which role."""

import getpass
import os
import sys
from typing import Any

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.json_out import instant
from trainer_desk.cli.plain import table
from trainer_desk.cli.task import Task
from trainer_desk.models.enums import Role
from trainer_desk.services.accounts import logins
from trainer_desk.services.accounts.server_logins import add_with_login, needs_password
from trainer_desk.services.people.numbers import find_person
from trainer_desk.services.rows.accounts import AccountRow
from trainer_desk.texts.words import role_word

PASSWORD_VARIABLE = "TRAINER_DESK_NEW_PASSWORD"
"""Holds the password of a new login where nobody can be asked."""


def add(task: Task) -> Answer:
    """Give a login a role; a known one gets it and is enabled again."""
    given = task.arguments
    login, role = logins.clean_login(given.login), Role(given.role)
    links: dict[str, Any] = {}
    if given.person is not None:
        links["person_id"] = task.store.read(find_person, given.person) if given.person.strip() else None
    if given.trainer is not None:
        links["trainer_id"] = task.codes.of("trainer", given.trainer) if given.trainer.strip() else None
    password = _new_password(login) if task.store.read(needs_password, login) else None
    task.store.write(f"Make {login} {role.value}", add_with_login, login, role, password, **links)
    return _told(task, login)


def list_users(task: Task) -> Answer:
    """List all accounts, the disabled ones last."""
    accounts = task.store.read(logins.list_accounts)
    said = table([_cells(account) for account in accounts]) or "No accounts: everybody is administrator."
    return Answer({"users": [_document(account, task) for account in accounts]}, said)


def disable(task: Task) -> Answer:
    """Disable a login."""
    login = logins.clean_login(task.arguments.login)
    task.store.write(f"Disable {login}", logins.disable, login)
    return _told(task, login)


def _new_password(login: str) -> str | None:
    """Return the password for a login that the server does not know yet: from the environment, else the terminal."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is None and sys.stdin.isatty():
        given = getpass.getpass(f"A new password for {login}: ")
    return given


def _told(task: Task, login: str) -> Answer:
    account = task.store.read(logins.find_account, login)
    return Answer({"user": _document(account, task)}, table([_cells(account)]))


def _document(account: AccountRow, task: Task) -> dict[str, Any]:
    return {
        "login": account.login,
        "role": account.role.value,
        "person": account.employee_no,
        "trainer": account.trainer_code,
        "disabled_at": instant(account.disabled_at, task.zone),
    }


def _cells(account: AccountRow) -> tuple[str, ...]:
    person = f"{account.employee_no} {account.person_name}" if account.employee_no else ""
    trainer = f"{account.trainer_code} {account.trainer_name}" if account.trainer_code else ""
    return (account.login, role_word(account.role), person, trainer, "disabled" if account.disabled_at else "")
