"""Random small organisations: a course that renews another, who must hold it, what was told, and days with marks."""

import datetime as dt
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as Db

from tests.factories import (
    at,
    make_course,
    make_draft,
    make_enrollment,
    make_person,
    make_record,
    make_requirement,
    make_run,
    make_trainer,
    make_venue,
)
from trainer_desk.models import Attestation, Enrollment, Session

NEAR = (
    dt.date(2025, 7, 3), dt.date(2026, 6, 30), dt.date(2026, 7, 1), dt.date(2026, 7, 4), dt.date(2026, 8, 2),
    dt.date(2028, 2, 29),
)  # fmt: skip
ROLES = ("", "welder", "baker")
INSTANTS = (at("2025-07-01 08:00"), at("2026-07-02 00:30"), at("2026-07-03 12:00"), at("2026-07-20 12:00"))
STATES = ("COMPLETED", "COMPLETED", "COMPLETED", "COMPLETED", "SCHEDULED", "CANCELLED", "IN_PROGRESS")
TRAINERS = ('Ann "O\'Neil"', "Bo\\n", "Cy Ü", "Zoë")


def plan_of(number: int) -> dict[str, Any]:
    """Give the organisation of that number: always the same one."""
    toss = Random(number)
    days = [_day(toss) for _ in range(toss.randint(2, 6))]
    return {
        "validity": toss.choice([None, 1, 12, 36]),
        "asks": toss.random() < 0.5,
        "renews": toss.choice([0, 1, 2]),
        "people": [_person(toss) for _ in range(3)],
        "rules": [_rule(toss) for _ in range(toss.randint(0, 4))],
        "said": [_said(toss, *pair) for pair in _pairs(toss)],
        "records": [_record(toss, *pair) for pair in _pairs(toss)],
        "days": days,
        "changes": [_change(toss, len(days)) for _ in range(4)],
    }


def edges() -> list[dict[str, Any]]:
    """Give organisations at the edges of the rules, which chance meets rarely."""
    here = {"state": "confirmed", "attendance": "attended", "result": "passed", "score": None}
    one = {"job_role": "", "placed_on": None, "active": True}
    rule = {"course": 0, "job_role": "", "person": None, "grace_days": 30, "exempt": False, "until": None,
            "since": NEAR[2], "is_gone": False}  # fmt: skip
    day = {"run": 0, "minutes_in": 0, "seconds": 5430, "status": "COMPLETED", "trainer": "Zoë", "marks": [here] * 3}
    later = day | {"minutes_in": 1440, "trainer": TRAINERS[0]}
    none: dict[str, Any] = {"validity": 12, "asks": False, "renews": 0, "people": [one] * 3, "rules": [rule],
                            "said": [], "records": [], "days": [day, later], "changes": []}  # fmt: skip
    ran_out = {"course": 0, "person": 0, "held_on": NEAR[0], "recorded_at": INSTANTS[3]}
    lifted = rule | {"exempt": True, "until": NEAR[4], "person": 0}
    said = {"course": 0, "person": 0, "status": "NON_COMPLIANT", "expires_on": None, "stated_at": INSTANTS[1]}
    absent = day | {"marks": [None] * 3}
    return [
        none,
        none | {"days": [absent], "records": [ran_out | {"lasts": (NEAR[2] - NEAR[0]).days}]},
        none | {"days": [absent], "records": [ran_out | {"lasts": (NEAR[2] - NEAR[0]).days - 1}]},
        none | {"days": [absent], "rules": [rule, lifted]},
        none | {"days": [absent], "rules": [rule], "said": [said], "records": [ran_out | {"lasts": 30}]},
    ]


def _pairs(toss: Random) -> list[tuple[int, int]]:
    """Give some pairs of a course and a person, each once; the course that is taught more often than the others."""
    return sorted({(toss.choice([0, 0, 1, 2]), toss.randrange(3)) for _ in range(toss.randint(0, 4))})


def _person(toss: Random) -> dict[str, Any]:
    where = {"job_role": toss.choice(ROLES), "placed_on": toss.choice([None, *NEAR])}
    return where | {"active": toss.random() < 0.9}


def _rule(toss: Random) -> dict[str, Any]:
    return {
        "course": toss.choice([0, 0, 1, 2]),
        "job_role": toss.choice(ROLES),
        "person": toss.choice([None, None, 0, 1, 2]),
        "grace_days": toss.choice([None, 0, 3, 30, 36500]),
        "exempt": toss.random() < 0.3,
        "until": toss.choice([None, *NEAR]),
        "since": toss.choice(NEAR),
        "is_gone": toss.random() < 0.1,
    }


def _said(toss: Random, course: int, person: int) -> dict[str, Any]:
    said = {"status": toss.choice(["COMPLIANT", "COMPLIANT", "PENDING", "NON_COMPLIANT"])}
    when = {"expires_on": toss.choice([None, *NEAR]), "stated_at": toss.choice(INSTANTS)}
    return {"course": course, "person": person} | said | when


def _record(toss: Random, course: int, person: int) -> dict[str, Any]:
    lasts = toss.choice([None, None, 0, 30, 500])
    when = {"held_on": toss.choice(NEAR), "lasts": lasts, "recorded_at": toss.choice(INSTANTS)}
    return {"course": course, "person": person} | when


def _mark(toss: Random) -> dict[str, Any] | None:
    if toss.random() < 0.1:
        return None
    return {
        "state": "withdrawn" if toss.random() < 0.1 else "confirmed",
        "attendance": toss.choice(["attended", "attended", "attended", "attended", "no_show", "registered"]),
        "result": toss.choice([None, "passed", "passed", "passed", "failed"]),
        "score": toss.choice([None, 50, 80]),
    }


def _day(toss: Random) -> dict[str, Any]:
    return {
        "run": toss.choice([None, 0, 0, 1]),
        "minutes_in": toss.choice([0, 1440, 1440, 2880, 4320]),
        "seconds": toss.choice([3600, 5430, 5490, 14400, 14400]),
        "status": toss.choice(STATES),
        "trainer": toss.choice(TRAINERS),
        "marks": [_mark(toss) for _ in range(3)],
    }


def _change(toss: Random, days: int) -> dict[str, Any]:
    state = toss.choice(STATES) if toss.random() < 0.4 else None
    return {"day": toss.randrange(days), "person": toss.randrange(3), "mark": _mark(toss), "status": state}


class Organisation:
    """One that was made of a plan, in a transaction that is thrown away."""

    def __init__(self, db: Db, plan: dict[str, Any]) -> None:
        self.db, self.plan = db, plan
        first = make_course(db, "BASE", validity_months=24)
        second = make_course(db, "MORE", validity_months=6, renews_id=first if plan["renews"] == 2 else None)
        renewed = (None, first, second)[plan["renews"]]
        self.course = make_course(
            db, "FIRE", title="Fire – \t\"safe\"", validity_months=plan["validity"], requires_result=plan["asks"],
            renews_id=renewed,
        )  # fmt: skip
        self.courses = (self.course, second, first)
        self.people = [make_person(db, **one) for one in plan["people"]]
        self._tell()
        self.runs = [make_run(db, course=self.course, one_course=True) for _ in range(2)]
        self.venue = make_venue(db)
        self.sessions = [self._day(one) for one in plan["days"]]

    def change(self, what: dict[str, Any]) -> None:
        """Mark somebody otherwise on a day, or let the day be in another state."""
        session = self.sessions[what["day"]]
        values, is_it = (
            what["mark"],
            (Enrollment.session_id == session, Enrollment.person_id == self.people[what["person"]]),
        )
        if values is not None:
            self.db.execute(sa.update(Enrollment).where(*is_it).values(version=Enrollment.version + 1, **values))
        if what["status"] is not None:
            self._become(session, what["status"])

    def _tell(self) -> None:
        for rule in self.plan["rules"]:
            values = {name: rule[name] for name in ("job_role", "grace_days", "exempt", "since")}
            values |= {"reason": "So", "until": rule["until"] if rule["exempt"] else None}
            values["person_id"] = None if rule["person"] is None else self.people[rule["person"]]
            values["deleted_at"] = at("2026-07-01 08:00") if rule["is_gone"] else None
            is_there = self.db.execute(sa.text(
                "SELECT EXISTS (SELECT FROM requirements WHERE course_id = :course AND job_role = :job_role"
                " AND person_id IS NOT DISTINCT FROM :person_id)"
            ), {"course": self.courses[rule["course"]], **values}).scalar()  # fmt: skip
            if not is_there:
                make_requirement(self.db, self.courses[rule["course"]], **values)
        for one in self.plan["said"]:
            whose = {"course_id": self.courses[one["course"]], "person_id": self.people[one["person"]]}
            values = {name: one[name] for name in ("status", "expires_on", "stated_at")} | whose
            self.db.execute(sa.insert(Attestation).values(created_at=DAY_MADE, updated_at=DAY_MADE, **values))
        for one in self.plan["records"]:
            until = None if one["lasts"] is None else one["held_on"] + dt.timedelta(days=one["lasts"])
            who, what = self.people[one["person"]], self.courses[one["course"]]
            make_record(self.db, who, what, one["held_on"], expires_on=until, recorded_at=one["recorded_at"])

    def _day(self, one: dict[str, Any]) -> int:
        starts_at = at("2026-06-28 20:00") + dt.timedelta(minutes=one["minutes_in"])
        session = make_draft(
            self.db, course=self.course, trainer=make_trainer(self.db, name=one["trainer"]), venue=self.venue,
            starts_at=starts_at, ends_at=starts_at + dt.timedelta(seconds=one["seconds"]),
            run_id=None if one["run"] is None else self.runs[one["run"]],
        )  # fmt: skip
        for person, mark in zip(self.people, one["marks"], strict=True):
            if mark is not None:
                make_enrollment(self.db, session, person, **mark)
        self._become(session, one["status"])
        return session

    def _become(self, session: int, status: str) -> None:
        values = {"status": status, "cancel_reason": "So" if status == "CANCELLED" else None}
        done = sa.update(Session).where(Session.id == session)
        self.db.execute(done.values(version=Session.version + 1, **values))


DAY_MADE = at("2026-06-01 10:00")
