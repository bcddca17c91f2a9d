"""The command that tells where somebody has a seat, an offer or a place in a queue (K13)."""

from typing import Any

from trainer_desk import texts
from trainer_desk.cli.answer import Answer
from trainer_desk.cli.json_out import instant
from trainer_desk.cli.plain import session_line
from trainer_desk.cli.sessions import shape_of
from trainer_desk.cli.task import Task
from trainer_desk.services.dossiers.own_places import load_own_schedule, load_schedule
from trainer_desk.services.people.numbers import find_person
from trainer_desk.services.planning.board import load_session
from trainer_desk.services.rows.schedule import SessionDetail
from trainer_desk.services.rows.signing_up import OwnPlace, OwnSchedule, PersonalSession
from trainer_desk.texts.seats import rank_text, until_text


def show_schedule(task: Task) -> Answer:
    """List what a person is enrolled in, offered or waiting for and that is not over, by start.

    Without a number that is the person of the own login. Each session stands there with the person's `enrollment`.
    """
    schedule = _schedule(task)
    details = [task.store.read(load_session, one.session_id, now=task.now) for one in schedule.sessions]
    pairs = list(zip(schedule.sessions, details, strict=True))
    shape = shape_of(task)
    document = {
        "employee_no": schedule.employee_no,
        "name": schedule.name,
        "sessions": [shape.document(detail) | {"enrollment": _enrollment(one, task)} for one, detail in pairs],
    }
    lines = [_line(one, detail, task) for one, detail in pairs]
    return Answer(document, "\n".join(lines) or f"{schedule.name} is not enrolled in anything to come.")


def _schedule(task: Task) -> OwnSchedule:
    number = task.arguments.person
    if number is None:
        return task.store.read(load_own_schedule, task.store.actor, now=task.now)
    return task.store.read(load_schedule, task.store.read(find_person, number), now=task.now)


def _enrollment(session: PersonalSession, task: Task) -> dict[str, Any]:
    mine = _place(session)
    return {
        "state": mine.state.value,
        "position": mine.rank,
        "offer_until": instant(mine.offer_until, task.zone),
        "skip": mine.skip_code,
    }


def _line(session: PersonalSession, detail: SessionDetail, task: Task) -> str:
    mine = _place(session)
    said = texts.enrollment_word(mine.state)
    if mine.offer_until is not None:
        said = f"{said} until {until_text(mine.offer_until, task.zone, task.now)}"
    if mine.rank is not None:
        said = f"{said}, {rank_text(mine.rank)} in line"
    return f"{session_line(detail.card, task.directory)}  {said}"


def _place(session: PersonalSession) -> OwnPlace:
    """Return the place, which every session of a schedule has."""
    if session.mine is None:
        raise ValueError(f"{session.ref} is in nobody's schedule")
    return session.mine
