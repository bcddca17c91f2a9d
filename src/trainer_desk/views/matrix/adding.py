"""What can be done for people who need a course: a session of it, their next date, or drafts for all of them (D3)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.dashboard.matrix import who_needs
from trainer_desk.services.dossiers.sessions import coming_of_course
from trainer_desk.services.rows.dossiers import Teaching
from trainer_desk.services.rows.matrix import MatrixAsked, MatrixCourse
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.rules.capacity import available
from trainer_desk.services.store.db import Db
from trainer_desk.texts import moment_text, people_text, spots_text, state_word
from trainer_desk.texts.translate import _, plural

MOST_SESSIONS = 8
OPEN = (SessionStatus.DRAFT, SessionStatus.SCHEDULED)


@dataclass(frozen=True, slots=True)
class Offer:
    """A course, who of the chosen people is to be trained in it, and the coming sessions that take people.

    `needing` says that they are those who lack the course or soon will; else nobody does, and they are all of them.
    """

    course: MatrixCourse
    people: tuple[int, ...]
    needing: bool
    sessions: tuple[Teaching, ...]


def offer_for(db: Db, asked: MatrixAsked, course: MatrixCourse, ids: Sequence[int], *, now: dt.datetime) -> Offer:
    """Return what can be done for these people; of all of them those who need the course, if anybody does."""
    needing = who_needs(db, asked, course, ids)
    coming = [one for one in coming_of_course(db, course.id, now) if one.status in OPEN]
    return Offer(course, tuple(needing or ids), bool(needing), tuple(coming[:MOST_SESSIONS]))


def heading_of(offer: Offer) -> str:
    """Return who it is about: `12 people need Fire Safety`."""
    words = _("{people} in need of {course}") if offer.needing else _("{people}, {course}")
    return words.format(people=people_text(len(offer.people)), course=offer.course.title)


def session_words(one: Teaching, zone: ZoneInfo) -> str:
    """Return the line of a session: `Tue 24 Nov 13:30 · Room A · 3 spots left`."""
    parts = [moment_text(one.starts_at, zone), one.venue or "", spots_text(available(one.capacity, one.seats_taken))]
    if one.status is SessionStatus.DRAFT:
        parts.append(state_word(one.status))
    return " · ".join(filter(None, parts))


def drafted_text(course: str, sessions: int, outcomes: Sequence[Outcome]) -> str:
    """Return what came of drafts for people: `2 drafts of Fire Safety with 30 people`, and how many were refused."""
    placed = sum(one.outcome != "refused" for one in outcomes)
    drafts = plural("{n} draft", "{n} drafts", sessions)
    said = _("{drafts} of {course} with {people}.").format(drafts=drafts, course=course, people=people_text(placed))
    refused = len(outcomes) - placed
    missed = plural("{n} person got no place.", "{n} people got no place.", refused) if refused else ""
    return f"{said} {missed}".strip()


def undated_text(outcomes: Sequence[Outcome]) -> str:
    """Return for how many no date fitted; empty where one did for everybody."""
    refused = sum(one.outcome == "refused" for one in outcomes)
    words = ("No date fits {n} person.", "No date fits {n} people.")
    return plural(*words, refused) if refused else ""
