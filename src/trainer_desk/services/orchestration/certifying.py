"""Certificates follow the marks: who has earned one gets it, who has not loses what that completion made (A5)."""

import datetime as dt
from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Certificate, Person, Run, Session
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.directory import load_settings
from trainer_desk.services.orchestration.certificate_facts import CourseFacts, concerned_by, load_course_facts
from trainer_desk.services.people.certificates import (
    last_revisions,
    live_certificates,
    store_certificates,
    withdraw_certificates,
)
from trainer_desk.services.people.compliance import recompute, wait_in_line
from trainer_desk.services.rows.certificates import CertificateRow
from trainer_desk.services.rows.directory import Settings
from trainer_desk.services.rules.certificates import day_held, held_on, number_of, trainers_of
from trainer_desk.services.rules.certifying import Earned, Verdict, judge
from trainer_desk.services.rules.holdings import valid_until
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

HELD_IN = (
    sa.select(Session.id)
    .join(Run, Run.id == Session.run_id)
    .where(Among(Run.id, "ids"), Run.one_course.is_(sa.true()), Session.status == SessionStatus.COMPLETED.value)
)
HELD_OF = sa.select(Session.id).where(Among(Session.course_id, "ids"), Session.status == SessionStatus.COMPLETED.value)
MATTERING = sa.select(Session.id).where(
    Among(Session.id, "ids"),
    sa.or_(
        Session.status == SessionStatus.COMPLETED.value,
        sa.exists().where(Certificate.session_id == Session.id),
        sa.exists().where(Run.id == Session.run_id, Run.one_course.is_(sa.true())),
    ),
)
NAMES = sa.select(Person.id, Person.employee_no, Person.name).where(Among(Person.id, "ids"))


def certify(db: DbSession, session_ids: Collection[int], *, actor: str, now: dt.datetime) -> None:
    """Bring certificates and compliance in line with state and marks of these sessions, which are locked.

    Safe to call at any time: what is right already stays as it is. On a server one of these follows after the other,
    so that the last of several days sees all others.
    """
    if not session_ids:
        return
    wait_in_line(db)
    for course_id, people in concerned_by(db, session_ids).items():
        _certify_people(db, course_id, people, actor=actor, now=now)


def certify_run(db: DbSession, run_ids: Collection[int], *, actor: str, now: dt.datetime) -> None:
    """Bring certificates in line with runs whose days changed: one day less may be the last that was lacking."""
    if run_ids:
        certify(db, list(db.execute(HELD_IN, {"ids": sorted(run_ids)}).scalars()), actor=actor, now=now)


def certify_courses(db: DbSession, course_ids: Collection[int], *, actor: str, now: dt.datetime) -> None:
    """Bring certificates in line with courses that ask for a result now, or ask for none any more (A7)."""
    if course_ids:
        certify(db, list(db.execute(HELD_OF, {"ids": sorted(course_ids)}).scalars()), actor=actor, now=now)


def certify_after(db: DbSession, session_ids: Collection[int], *, actor: str, now: dt.datetime) -> None:
    """Bring certificates in line with sessions of which something was put back, as far as it can matter."""
    if session_ids:
        certify(db, list(db.execute(MATTERING, {"ids": sorted(session_ids)}).scalars()), actor=actor, now=now)


def _certify_people(db: DbSession, course_id: int, people: Collection[int], *, actor: str, now: dt.datetime) -> None:
    """Bring the certificates of these people for one course in line with all their places in it."""
    facts = load_course_facts(db, course_id, people)
    changed = {person: verdict for person, verdict in verdicts(db, facts, people).items() if _changes(verdict)}
    if not changed:
        return
    withdraw_certificates(db, [end for verdict in changed.values() for end in verdict.withdrawn], now)
    earned = {person: verdict.earned for person, verdict in changed.items()}
    store_certificates(db, _new_rows(db, facts, earned, actor, now), now)
    recompute(db, people=set(changed), courses={course_id})


def verdicts(db: Db, facts: CourseFacts, people: Collection[int] | None) -> dict[int, Verdict]:
    """Judge everybody who has a place in a course or a certificate for it, by person; of `people` or (None) of all."""
    live: dict[int, list[CertificateRow]] = {}
    for row in live_certificates(db, facts.course_id, people):
        live.setdefault(row.person_id, []).append(row)
    return {
        person: judge(facts.places.get(person, ()), facts.lengths, live.get(person, ()), asks=facts.asks_result)
        for person in sorted(facts.places.keys() | live.keys())
    }


def _changes(verdict: Verdict) -> bool:
    return bool(verdict.withdrawn or verdict.earned)


def _new_rows(
    db: DbSession, facts: CourseFacts, earned: Mapping[int, Collection[Earned]], actor: str, now: dt.datetime
) -> list[CertificateRow]:
    """Return the certificates that were earned; a number that was given before goes on with its next revision."""
    settings = load_settings(db)
    names = {key: (number, name) for key, number, name in db.execute(NAMES, {"ids": sorted(earned)})}
    numbers = {number_of(one.last, settings.zone) for each in earned.values() for one in each}
    last = last_revisions(db, numbers)
    rows = []
    for person_id, each in earned.items():
        for one in each:
            number = number_of(one.last, settings.zone)
            last[number] = last.get(number, 0) + 1
            rows.append(_row(facts, one, settings, person_id, names[person_id], last[number], actor, now))
    return rows


def _row(
    facts: CourseFacts,
    earned: Earned,
    settings: Settings,
    person_id: int,
    named: tuple[str, str],
    revision: int,
    actor: str,
    now: dt.datetime,
) -> CertificateRow:
    days = tuple(day_held(one, settings.zone) for one in earned.days)
    ends_on = held_on(earned.last, settings.zone)
    employee_no, name = named
    said = earned.deciding if facts.asks_result else None
    return CertificateRow(
        id=0,
        number=number_of(earned.last, settings.zone),
        revision=revision,
        person_id=person_id,
        course_id=facts.course_id,
        session_id=earned.last.session_id,
        run_id=earned.run_id,
        held_from=days[0].day,
        held_on=ends_on,
        minutes=sum(day.minutes for day in days),
        expires_on=valid_until(ends_on, facts.validity_months),
        employee_no=employee_no,
        person_name=name,
        course_code=facts.code,
        course_title=facts.title,
        trainer_name=trainers_of(days),
        organisation=settings.organisation,
        result=None if said is None else said.result,
        score=None if said is None else said.score,
        reason=None,
        days=days,
        certified_at=now if earned.instead_of is None else earned.instead_of.certified_at,
        issued_at=now,
        issued_by=actor,
        checksum="",
    )
