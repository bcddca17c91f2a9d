"""Gathers what the publishing rules need to know about one session, and asks them (S2, S3, S9)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import CLAIMING, SessionStatus
from trainer_desk.services.findings import Finding, refusals
from trainer_desk.services.planning import board, claims
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.alternatives import find_alternatives
from trainer_desk.services.rules.publishing import NO_ALTERNATIVES, check_draft_hints, check_publish

Db = Connection | DbSession
AFTER = dt.timedelta(days=1)
"""How far past the end the next free time is looked for."""


@dataclass(frozen=True, slots=True)
class Question:
    """A session as it would be, judged against a directory at an instant (UTC)."""

    card: SessionCard
    directory: Directory
    now: dt.datetime


def problems(db: Db, question: Question) -> list[Finding]:
    """Return what speaks for and against the session as SCHEDULED; its resources must be locked by now (S2).

    Only when something refuses, every trainer and venue is looked at for ways out.
    """
    own = claims.resources_of(question.card, question.directory)
    found = _ask(db, question, check_publish, own, with_ways_out=False)
    if not refusals(found):
        return found
    return _ask(db, question, check_publish, _all_resources(question.directory), with_ways_out=True)


def hints(db: Db, question: Question) -> tuple[Finding, ...]:
    """Return what a panel or a list says about the session as it stands, with ways out (S1, S9).

    Drafts are only hinted at; cancelled and completed sessions have nothing to answer for.
    """
    status = question.card.status
    if status in (SessionStatus.CANCELLED, SessionStatus.COMPLETED):
        return ()
    check = check_publish if status in CLAIMING else check_draft_hints
    return tuple(_ask(db, question, check, _all_resources(question.directory), with_ways_out=True))


def _ask(
    db: Db,
    question: Question,
    check: Callable[..., list[Finding]],
    resource_ids: set[int],
    *,
    with_ways_out: bool,
) -> list[Finding]:
    card, directory, now = question.card, question.directory, question.now
    if card.starts_at is None or card.ends_at is None or card.ends_at <= card.starts_at:
        return check(card, directory=directory, claims=(), blocks=(), now=now)
    until = card.ends_at + AFTER
    taken = claims.claims_between(db, resource_ids, card.starts_at, until)
    blocks = board.blocks_between(db, card.starts_at, until)
    ways_out = NO_ALTERNATIVES
    if with_ways_out:
        people = card.seats_taken
        ways_out = find_alternatives(card, directory, taken, blocks, people=people, known_until=until)
    return check(card, directory=directory, claims=taken, blocks=blocks, now=now, alternatives=ways_out)


def _all_resources(directory: Directory) -> set[int]:
    return {*directory.trainers, *directory.venues, *directory.equipment}
