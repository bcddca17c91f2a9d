"""Makes what a test of seats needs straight in the database: sessions by letter, people by number, places and holds."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session as Db

from tests.factories import (
    BERLIN,
    make_course,
    make_draft,
    make_enrollment,
    make_hold,
    make_person,
    make_run,
    make_scheduled,
    prepared,
)
from trainer_desk.models.enums import EnrollmentState, OverlapPolicy
from trainer_desk.services.store.engine import Store

DAY = "2099-07-06"
"""A Monday on which sessions are, long after any day on which these tests run."""

NAMES = {"1": "Ann", "2": "Bo", "3": "Cy", "4": "Di", "5": "Ed"}
PAST = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def moment(clock: str, day: str = DAY) -> dt.datetime:
    """Give the UTC instant of a wall clock of the organisation on a day."""
    return dt.datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=BERLIN).astimezone(dt.UTC)


@dataclass
class Plan:
    """An organisation with five people; courses, sessions and runs are made as they are named."""

    store: Store
    ids: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def _made(self) -> Iterator[Db]:
        with prepared(self.store) as db:
            yield db

    def people(self) -> None:
        """Make the people."""
        with self._made() as db:
            self.ids |= {number: make_person(db, name, employee_no=number) for number, name in NAMES.items()}

    def course(self, code: str, policy: str = "warn", **columns: Any) -> None:
        """Make a course with an overlap policy."""
        with self._made() as db:
            self.ids[code] = make_course(db, code, title=code.title(), overlap_policy=OverlapPolicy(policy), **columns)

    def run(self, code: str, *, course: str, max_people: int | None = None) -> None:
        """Make a run of a course."""
        with self._made() as db:
            self.ids[code] = make_run(db, code, course=self.ids[course], max_people=max_people)

    def session(
        self, ref: str, course: str, clock: str = "09:00", day: str = DAY, *, draft: bool = False, **columns: Any
    ) -> None:
        """Make a session of an hour, scheduled and with one seat unless something else is said."""
        starts_at = moment(clock, day) if clock else None
        run = {"run_id": self.ids[columns.pop("run")]} if "run" in columns else {}
        facts = {"ref": ref, "course": self.ids[course], "capacity": 1, "starts_at": starts_at} | run | columns
        with self._made() as db:
            self.ids[ref] = make_draft(db, **facts) if draft else make_scheduled(db, **facts)

    def places(self, ref: str, numbers: Sequence[str], state: str = "confirmed", **columns: Any) -> None:
        """Give people places in a session, one after the other; nothing is settled."""
        with self._made() as db:
            for number in numbers:
                if state == "offered":  # an offer keeps the place in the queue
                    columns["position"] = int(number)
                make_enrollment(db, self.ids[ref], self.ids[number], EnrollmentState(state), **columns)

    def hold(self, ref: str, seats: int = 1, until_at: dt.datetime | None = None, label: str = "Acme") -> int:
        """Hold seats of a session."""
        with self._made() as db:
            return make_hold(db, self.ids[ref], seats, until_at=until_at or moment("08:00"), label=label)
