"""Carries out a choice: adds the people or finds each the next date, and puts what came of it into words (K11, K14)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from trainer_desk.services.planning.listing import sessions_by_ref
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard, SessionDetail
from trainer_desk.services.rows.seats import Candidate, Outcome
from trainer_desk.services.seats.enrolling import enroll, turned_away
from trainer_desk.services.seats.next_date import enroll_next
from trainer_desk.texts import people_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.picker.told_words import (
    Told,
    added_text,
    date_words,
    dated_text,
    here_words,
    is_worth_telling,
    report_title,
    told_of,
)
from trainer_desk.views.picker.words import title_of

People = Sequence[Candidate]
Outcomes = Sequence[Outcome]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a choice: outcomes in the order of the people, the report, and a sentence for all (or none)."""

    outcomes: tuple[Outcome, ...]
    lines: tuple[Told, ...]
    heading: str
    sentence: str
    refused: frozenset[int]
    """Who has no place, by person id."""
    is_worth_telling: bool

    @property
    def without_intake(self) -> dict[int, str]:
        """Who was refused for want of an intake: names by person id, from the way out that says so (K12)."""
        fixes = [fix for outcome in self.outcomes for finding in outcome.findings for fix in finding.fixes]
        return {fix.facts["id"]: fix.facts["name"] for fix in fixes if fix.code == "record_intake"}


class Doing(QObject):
    """Both deeds are one change each, with one undo; `done` or `refused` comes once."""

    done = Signal(object)
    refused = Signal(object)
    """A DeskError."""

    def __init__(
        self, desk: Desk, session_id: int, directory: Directory, parent: QObject, verb: Callable[..., Any] = enroll
    ) -> None:
        """Take the verb that adds people; it answers as `enroll`."""
        super().__init__(parent)
        self._desk, self._session_id, self._directory = desk, session_id, directory
        self._verb = verb

    def add(self, card: SessionCard | None, people: People) -> None:
        """Enroll people in the session, in this order."""
        label = _("Add {people} to {title}").format(people=people_text(len(people)), title=self._title(card))
        then = partial(self._tell_added, card, people)
        self._write(label, self._verb, self._session_id, people, then, first=turned_away)

    def find_dates(self, card: SessionCard, people: People) -> None:
        """Enroll each in the next date of the session's course that fits (K14)."""
        words = _("Enroll {people} on the next date of {title}")
        label = words.format(people=people_text(len(people)), title=self._course(card))
        self._write(label, enroll_next, card.course_id, people, partial(self._look_up, card, people))

    def _write(self, label: str, verb: Any, where: int, people: People, then: Any, **more: Any) -> None:
        ids = [person.person_id for person in people]
        self._desk.write(self, label, verb, where, ids, then=then, refused=self.refused.emit, **more)

    def _look_up(self, card: SessionCard, people: People, outcomes: Outcomes) -> None:
        """Ask which dates the refs of the answer are, before they are told."""
        refs = sorted({outcome.session for outcome in outcomes if outcome.session})
        then = partial(self._tell_dates, card, people, outcomes)
        self._desk.read(self, sessions_by_ref, refs, then=then, failed=self.refused.emit, lane="dates")

    def _tell_added(self, card: SessionCard | None, people: People, outcomes: Outcomes) -> None:
        zone = self._directory.settings.zone
        words = [here_words(one, outcome, card, zone) for one, outcome in zip(people, outcomes, strict=True)]
        self._tell(people, outcomes, words, added_text(outcomes), worth=is_worth_telling(outcomes))

    def _tell_dates(
        self, card: SessionCard, people: People, outcomes: Outcomes, found: Mapping[str, SessionDetail]
    ) -> None:
        dates = {ref: detail.card for ref, detail in found.items()}
        course, directory = self._course(card), self._directory
        words = [
            date_words(one, outcome, dates, course, directory) for one, outcome in zip(people, outcomes, strict=True)
        ]
        self._tell(people, outcomes, words, dated_text(outcomes), worth=True)

    def _tell(self, people: People, outcomes: Outcomes, words: Sequence[str], sentence: str, *, worth: bool) -> None:
        pairs = list(zip(people, outcomes, strict=True))
        lines = tuple(told_of(one, outcome, said) for (one, outcome), said in zip(pairs, words, strict=True))
        refused = frozenset(one.person_id for one, outcome in pairs if outcome.outcome == "refused")
        heading = report_title(outcomes, sentence)
        self.done.emit(Done(tuple(outcomes), lines, heading, sentence, refused, worth))

    def _title(self, card: SessionCard | None) -> str:
        return "" if card is None else title_of(card, self._directory)

    def _course(self, card: SessionCard) -> str:
        course = self._directory.courses.get(card.course_id)
        return course.title if course else card.ref
