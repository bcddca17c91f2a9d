"""Gathers what the publishing rules need to know about one session, asks them, and acts on it (S2, S3, S9)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import CLAIMING, SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import Refused
from trainer_desk.services.findings import Finding, refusals
from trainer_desk.services.planning import board, claims, locking
from trainer_desk.services.planning.attendees import busy_attendees, unprepared_attendees
from trainer_desk.services.planning.waiver_rows import waivers_of
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import BlockRow, ClaimRow, SessionCard
from trainer_desk.services.rules.alternatives import AFTER, find_alternatives, with_ways_out
from trainer_desk.services.rules.availability import resources_of
from trainer_desk.services.rules.publishing import as_hints, check_publish
from trainer_desk.services.rules.waiving import is_waivable, marked
from trainer_desk.services.store.db import Db

Around = tuple[list[ClaimRow], list[BlockRow]]
"""What is taken and blocked around a session's time, from its start to `AFTER` its end."""


@dataclass(frozen=True, slots=True)
class Question:
    """A session as it would be, judged against a directory at an instant (UTC).

    `absences` are blocks in which it may stand, because it stood there when they were entered (C4).
    """

    card: SessionCard
    directory: Directory
    now: dt.datetime
    absences: frozenset[int] = frozenset()


def secure(db: DbSession, card: SessionCard, now: dt.datetime, absences: frozenset[int] = frozenset()) -> list[Finding]:
    """Check a locked session as SCHEDULED at `now` (UTC) and make its claims anew; return the orange findings (S2, S3).

    Its resources are locked here, by id; it may stand in `absences`. Raises Refused with all problems, and nothing
    is changed then.
    """
    directory = load_directory(db, course_ids=[card.course_id])
    locking.lock_resources(db, resources_of(card, directory))
    found = problems(db, Question(card, directory, now, absences))
    if refusals(found):
        raise Refused(refusals(found), ref=card.ref)
    claims.take(db, card, directory)
    return found


def problems(db: Db, question: Question) -> list[Finding]:
    """Return what speaks for and against the session as SCHEDULED; before a write its resources are locked (S2).

    Only when something refuses, every trainer and venue is looked at for ways out.
    """
    around = _around(db, question, resources_of(question.card, question.directory))
    found = _marked(db, question, _check(db, question, around))
    if not refusals(found):
        return found
    return _with_ways_out(question, found, _around_everything(db, question))


def hints(db: Db, question: Question) -> tuple[Finding, ...]:
    """Return what a panel or a list says about the session as it stands, with ways out (S1, S9).

    Drafts are only hinted at; cancelled and completed sessions have nothing to answer for.
    """
    status = question.card.status
    if status in (SessionStatus.CANCELLED, SessionStatus.COMPLETED):
        return ()
    around = _around_everything(db, question)
    found = _check(db, question, around)
    told = _marked(db, question, found if status in CLAIMING else as_hints(found))
    return tuple(_with_ways_out(question, told, around))


def _marked(db: Db, question: Question, found: list[Finding]) -> list[Finding]:
    """Return the findings, those that somebody waived told so; hard ones cannot be, and cost no question."""
    if not any(is_waivable(finding) for finding in found):
        return found
    return marked(found, question.card, waivers_of(db, question.card.id))


def _check(db: Db, question: Question, around: Around) -> list[Finding]:
    taken, blocks = around
    card, directory = question.card, question.directory
    found = check_publish(card, directory=directory, claims=taken, blocks=blocks, now=question.now)
    found += busy_attendees(db, card, directory, question.now)
    found += unprepared_attendees(db, card, directory, question.now)
    return sorted(found, key=lambda finding: not finding.refuses)


def _with_ways_out(question: Question, found: list[Finding], around: Around) -> list[Finding]:
    """Return the findings with what is free instead; `around` must know of every trainer and venue."""
    until = _until(question.card)
    if until is None:
        return found
    free = find_alternatives(question.card, question.directory, *around, until)
    return [with_ways_out(finding, free) for finding in found]


def _around_everything(db: Db, question: Question) -> Around:
    directory = question.directory
    return _around(db, question, {*directory.trainers, *directory.venues, *directory.equipment})


def _around(db: Db, question: Question, resource_ids: Collection[int]) -> Around:
    card, until = question.card, _until(question.card)
    if card.starts_at is None or until is None:
        return [], []
    taken = claims.claims_between(db, resource_ids, card.starts_at, until)
    blocks = board.blocks_between(db, card.starts_at, until)
    if question.absences:
        taken = [claim for claim in taken if claim.block_id not in question.absences]
        blocks = [block for block in blocks if block.id not in question.absences]
    return taken, blocks


def _until(card: SessionCard) -> dt.datetime | None:
    """Return how far it is looked around the session (UTC); None while it has no possible time."""
    if card.starts_at is None or card.ends_at is None or card.ends_at <= card.starts_at:
        return None
    return card.ends_at + AFTER
