"""What an account is told, what it has seen of it, and the reminders that come before a session (D6)."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import (
    at,
    make_account,
    make_course,
    make_enrollment,
    make_person,
    make_request,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.services.store.raw import raw
from trainer_desk.models.enums import NoticeKind, Role
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.dossiers.bell import load_bell
from trainer_desk.services.notices.listing import KEPT
from trainer_desk.services.notices.seeing import see
from trainer_desk.services.orchestration.bell import keep_seen
from trainer_desk.services.rows.notices import Notice
from trainer_desk.services.store.engine import Store

NINE = at("2031-07-07 09:00")
DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)


@dataclass
class Stage:
    """Ann has an account and a place in Fire safety on Monday at nine in Room 1, which Tom teaches with Cora."""

    store: Store
    clock: FixedClock
    session: int
    course: int
    ann: int

    def bell(self, login: str, before: dt.timedelta = 7 * DAY) -> list[Notice]:
        """Give what hangs behind a bell so long before the session."""
        return list(self.store.read(load_bell, login, NINE - before).notices)

    def kinds(self, login: str, before: dt.timedelta = 7 * DAY) -> list[str]:
        """Give the kinds of it, those seen in brackets."""
        told = self.bell(login, before)
        return [notice.kind.value if notice.seen_at is None else f"({notice.kind.value})" for notice in told]

    def see(self, login: str, before: dt.timedelta = 7 * DAY) -> None:
        """See all that hangs there so long before the session."""
        self.clock.instant = NINE - before
        keep_seen(self.store, self.bell(login, before), actor=login)


@pytest.fixture
def stage(store_factory: StoreFactory) -> Stage:
    """Set the stage."""
    clock = FixedClock(NINE - 7 * DAY)
    store = store_factory(clock)
    with prepared(store) as db:
        course = make_course(db, title="Fire safety")
        tom, cora = (make_trainer(db, courses=[course]) for _ in range(2))
        ann = make_person(db, "Ann", employee_no="1")
        for login, links in {
            "ann": {"person_id": ann},
            "tom": {"trainer_id": tom},
            "cora": {"trainer_id": cora},
            "boss": {},
        }.items():
            make_account(db, login, Role.REQUESTER, **links)
        room = make_venue(db, name="Room 1")
        session = make_scheduled(db, course=course, trainer=tom, venue=room, starts_at=NINE, co_trainers=[cora])
        make_enrollment(db, session, ann)
    return Stage(store, clock, session, course, ann)


def test_what_is_told_names_session_time_and_place(stage: Stage) -> None:
    [told] = stage.bell("ann")
    assert (told.kind, told.title, told.venue, told.session_id) == (
        NoticeKind.ENROLLED, "Fire safety", "Room 1", stage.session,
    )  # fmt: skip
    assert (told.starts_at, told.ends_at, told.was_starts_at, told.seen_at) == (NINE, NINE + HOUR, None, None)
    assert stage.kinds("tom") == stage.kinds("cora") == ["assigned"]
    assert stage.kinds("boss") == stage.kinds("nobody") == []


def test_it_is_kept_until_seen_and_shown_for_a_while_after(stage: Stage) -> None:
    stage.see("ann")
    assert stage.kinds("ann") == ["(enrolled)"]
    assert stage.kinds("tom") == ["assigned"]
    assert stage.bell("ann", 7 * DAY - KEPT) == []
    assert len(stage.bell("tom", -1000 * DAY)) == 1


def test_nobody_sees_what_others_are_told(stage: Stage) -> None:
    [told] = stage.bell("ann")
    assert told.id is not None
    for login in ("tom", "boss", "nobody"):
        with stage.store.writing("Look", actor=login) as unit:
            see(unit.db, [told.id], actor=login, now=NINE)
            unit.db.execute(sa.text("INSERT INTO settings (key, value) VALUES (:key, 'x')"), {"key": login})
    assert stage.kinds("ann") == ["enrolled"]


REMINDED = {
    "two days before": (2 * DAY, []),
    "a day and a minute before": (DAY + MINUTE, []),
    "a day before": (DAY, [1440]),
    "an hour before": (HOUR, [60]),
    "a minute before": (MINUTE, [60]),
    "at the start": (0 * DAY, []),
}


@pytest.mark.parametrize(("before", "leads"), REMINDED.values(), ids=REMINDED.keys())
@pytest.mark.parametrize("login", ["ann", "tom", "cora"])
def test_who_comes_and_who_teaches_is_reminded(
    stage: Stage, login: str, before: dt.timedelta, leads: list[int]
) -> None:
    told = [notice for notice in stage.bell(login, before) if notice.kind is NoticeKind.REMINDER]
    assert [notice.lead_minutes for notice in told] == leads
    for notice in told:
        assert (notice.id, notice.venue, notice.at) == (None, "Room 1", NINE - dt.timedelta(minutes=leads[0]))
        assert notice.teaches is (login != "ann")


def test_a_reminder_that_was_seen_does_not_come_again_but_the_next_one_does(stage: Stage) -> None:
    for _ in range(2):
        stage.see("ann", 5 * HOUR)
        assert stage.kinds("ann", 4 * HOUR) == ["(reminder)", "(enrolled)"]
    assert stage.kinds("ann", HOUR) == ["reminder", "(reminder)", "(enrolled)"]
    stage.see("ann", HOUR)
    assert stage.kinds("ann", MINUTE) == ["(reminder)", "(reminder)", "(enrolled)"]
    assert stage.kinds("tom", MINUTE) == ["reminder", "assigned"]


def test_many_windows_of_one_account_see_a_reminder_once(stage: Stage, store_factory: StoreFactory) -> None:
    told = stage.bell("ann", HOUR)
    windows = [store_factory(stage.clock) for _ in range(6)]
    with ThreadPoolExecutor(len(windows)) as pool:
        list(pool.map(lambda store: keep_seen(store, told, actor="ann"), windows))
    assert stage.kinds("ann", HOUR) == ["(reminder)", "(enrolled)"]


def test_another_time_is_reminded_of_anew(stage: Stage) -> None:
    stage.see("ann", 5 * HOUR)
    with raw(stage.store) as db:
        db.exec_driver_sql(
            "UPDATE sessions SET starts_at = '2031-07-07T07:30:00Z', ends_at = '2031-07-07T09:00:00Z',"
            " version = version + 1"
        )
    assert "reminder" in stage.kinds("ann", HOUR)


NOT_REMINDED = {
    "waits": "UPDATE enrollments SET state = 'waitlisted', position = 1, version = version + 1",
    "has withdrawn": "UPDATE enrollments SET state = 'withdrawn', version = version + 1",
    "is a draft": "UPDATE sessions SET status = 'DRAFT', version = version + 1",
    "is cancelled": "UPDATE sessions SET status = 'CANCELLED', cancel_reason = 'Ill', version = version + 1",
    "has begun": "UPDATE sessions SET status = 'IN_PROGRESS', version = version + 1",
    "nobody is reminded": "INSERT INTO settings (key, value) VALUES ('reminder_minutes', '0')",
    "only long before": "INSERT INTO settings (key, value) VALUES ('reminder_minutes', '15')",
}


@pytest.mark.parametrize("deed", NOT_REMINDED.values(), ids=NOT_REMINDED.keys())
def test_nobody_is_reminded_of_what_does_not_concern_them(stage: Stage, deed: str) -> None:
    with raw(stage.store) as db:
        db.exec_driver_sql(deed)
    assert "reminder" not in stage.kinds("ann", HOUR)


def test_a_cancellation_and_a_decision_come_with_their_reason(stage: Stage) -> None:
    with prepared(stage.store) as db:
        request = make_request(db, stage.course, requested_by="boss")
    with raw(stage.store) as db:
        db.exec_driver_sql("UPDATE sessions SET status = 'CANCELLED', cancel_reason = 'Ill', version = version + 1")
        db.exec_driver_sql(
            "UPDATE booking_requests SET status = 'DECLINED', decision_reason = 'Full', decided_by = 'x',"
            " decided_at = '2031-07-01T09:00:00Z', version = version + 1"
        )
    told = {notice.kind: notice for login in ("ann", "boss") for notice in stage.bell(login)}
    assert told[NoticeKind.CANCELLED].reason == "Ill"
    decided = told[NoticeKind.DECIDED]
    assert (decided.reason, decided.outcome, decided.title, decided.request_id) == (
        "Full", "DECLINED", "Fire safety", request,
    )  # fmt: skip


def test_what_is_seen_is_in_no_journal(stage: Stage) -> None:
    count = sa.text("SELECT count(*) FROM changes")
    with stage.store.reading() as db:
        before = db.scalar(count)
    stage.see("ann", HOUR)
    with stage.store.reading() as db:
        assert db.scalar(count) == before
