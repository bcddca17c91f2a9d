"""The command that lists what an account is told (D6)."""

from typing import Any

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.json_out import instant
from trainer_desk.cli.plain import table
from trainer_desk.cli.task import Task
from trainer_desk.services.accounts.identity import who_is, who_stands_for
from trainer_desk.services.errors import NotAllowed, NotSignedIn
from trainer_desk.services.notices.listing import load_notices
from trainer_desk.services.people.numbers import find_person
from trainer_desk.services.rights import PLANNERS
from trainer_desk.services.rows.accounts import Identity
from trainer_desk.services.rows.notices import Notice
from trainer_desk.texts.formats import moment_text
from trainer_desk.texts.notices import notice_text


def list_notices(task: Task) -> Answer:
    """List what one is told, or a person; looking changes nothing, so all of it stays new until the window shows it.

    Raises NotFound, and NotAllowed for who may not plan and asks for somebody else.
    """
    accounts = _whose(task)
    told = [notice for who in accounts for notice in task.store.read(load_notices, who, task.now)]
    told.sort(key=lambda notice: notice.at, reverse=True)
    lines = [_cells(notice, task) for notice in told]
    nothing = "Nothing new." if any(who.account_id for who in accounts) else _nobody(task)
    return Answer({"notices": [_document(notice, task) for notice in told]}, table(lines) or nothing)


def _whose(task: Task) -> list[Identity]:
    me = task.store.read(who_is, task.store.actor)
    number = task.arguments.person
    if me.role is None:
        raise NotSignedIn(login=me.login)
    if number is None:
        return [me]
    if me.role in PLANNERS:
        return task.store.read(who_stands_for, task.store.read(find_person, number))
    person = task.store.read(find_person, number) if me.person_id is not None else None
    if person is None or person != me.person_id:
        raise NotAllowed(role=me.role, why="not_own_notices")
    return [me]


def _nobody(task: Task) -> str:
    number = task.arguments.person
    if number is None:
        return "Your login has no account, so nothing is kept for it."
    return f"No login stands for {number}, so nothing is kept; tell them in person."


def _cells(notice: Notice, task: Task) -> tuple[str, ...]:
    new = "new" if notice.seen_at is None else ""
    return (new, moment_text(notice.at, task.zone), notice_text(notice, task.zone, task.now))


def _document(notice: Notice, task: Task) -> dict[str, Any]:
    zone = task.zone
    return {
        "id": notice.id,
        "kind": notice.kind.value,
        "at": instant(notice.at, zone),
        "by": notice.by or None,
        "message": notice_text(notice, zone, task.now),
        "session": notice.ref,
        "request": notice.request_id,
        "title": notice.title,
        "start": instant(notice.starts_at, zone),
        "end": instant(notice.ends_at, zone),
        "venue": notice.venue,
        "was_start": instant(notice.was_starts_at, zone),
        "was_end": instant(notice.was_ends_at, zone),
        "was_venue": notice.was_venue,
        "until": instant(notice.until_at, zone),
        "outcome": notice.outcome,
        "lead_minutes": notice.lead_minutes,
        "seen_at": instant(notice.seen_at, zone),
    }
