"""Filing, changing, cancelling and declining booking requests: what is kept, and what is refused how (Q1)."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from tests.services.requests.asking import NINE, NOW, TEN, Asking
from trainer_desk import texts
from trainer_desk.models import BookingRequest
from trainer_desk.models.enums import RequestStatus
from trainer_desk.services.errors import BadValue, NotAllowed, NotFound, Stale, WrongState
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.requests import deciding, filing
from trainer_desk.services.requests.own_people import load_own_people
from trainer_desk.services.requests.reading import open_requests
from trainer_desk.services.rights import may, roles_for_undoing

DAY = dt.timedelta(days=1)


def test_what_was_asked_for_is_kept(asking: Asking) -> None:
    filed = asking.file("Ola Pat", reason="  New forklift\n", people=3)
    request = asking.request(filed)
    assert request.wish == replace(asking.wish("Ola Pat"), reason="New forklift")
    assert (request.status, request.requested_by, request.requested_at) == (RequestStatus.DRAFT, "mia", NOW)
    assert request.wish.headcount == 2
    assert [one.id for one in asking.store.read(open_requests)] == [filed]


def test_everything_but_the_course_may_be_left_open(asking: Asking) -> None:
    filed = asking.file(trainer_id=None, venue_id=None, starts_at=None, ends_at=None, people=4)
    assert asking.request(filed).wish.headcount == 4


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "a retired course": ({"course_id": "old"}, "course_retired", "The course Course OLD is no longer in use."),
    "a trainer who left": ({"trainer_id": "left"}, "trainer_left", "Trainer LEFT has left and cannot be booked"),
    "a run of another course": ({"course_id": "aid", "run_id": "run"}, "run_of_other_course", "The run JULY is of an"),
    "nobody": ({"people": 0}, "out_of_range", "The number of people 0 is out of range. Set a number from 1 to 10000."),
    "fewer than nobody": ({"people": -5}, "out_of_range", "The number of people -5 is out of range."),
    "an absurd number": ({"people": 10**12}, "out_of_range", "is out of range. Set a number from 1 to 10000."),
    "the past": ({"starts_at": NOW - DAY, "ends_at": NOW}, "has_passed", "has passed. Set a later time."),
    "an end without a start": ({"starts_at": None}, "end_without_start", "needs a start."),
    "an end before the start": ({"ends_at": NINE}, "end_before_start", "must be after the start."),
    "more than a day": ({"ends_at": NINE + 2 * DAY}, "session_too_long", "lasts at most 24 hours"),
    "a time without a zone": ({"starts_at": NINE.replace(tzinfo=None)}, "no_instant", "is not a point in time."),
    "an endless reason": ({"reason": "x" * 2001}, "too_long", "The reason is too long"),
}


@pytest.mark.parametrize(("changes", "why", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_asked_for(asking: Asking, changes: dict[str, Any], why: str, said: str) -> None:
    known = {name: getattr(asking, value) if isinstance(value, str) and hasattr(asking, value) else value
             for name, value in changes.items()}  # fmt: skip
    with pytest.raises(BadValue) as refusal:
        asking.file(**known)
    assert refusal.value.facts["why"] == why
    assert said in texts.error_text(refusal.value)
    assert asking.store.read(open_requests) == ()


@pytest.mark.parametrize("kind", ["course", "trainer", "venue", "run"])
def test_what_it_points_at_must_be_there(asking: Asking, kind: str) -> None:
    with pytest.raises(NotFound) as refusal:
        asking.file(**{f"{kind}_id": 9999})
    assert refusal.value.facts["kind"] == kind


def test_a_requester_names_themselves_and_whoever_reports_to_them(asking: Asking) -> None:
    assert [one.employee_no for one in asking.store.read(load_own_people, "mia")] == ["Mia", "Ola", "Pat", "Quy"]
    assert asking.store.read(load_own_people, "newcomer") == ()
    asking.file("Mia Quy")
    for names, by in (("Zed", "mia"), ("Ola", "zed"), ("Mia", "newcomer")):
        with pytest.raises(NotAllowed) as refusal:
            asking.file(names, by=by)
        assert "name only yourself" in texts.error_text(refusal.value)
    assert asking.do(filing.file_request, asking.wish("Zed Mia"))  # a planner names anybody


def test_who_has_left_is_not_named(asking: Asking) -> None:
    with pytest.raises(NotFound):
        asking.do(filing.file_request, asking.wish("Gone"))


def test_a_circle_of_managers_ends(asking: Asking) -> None:
    with asking.store.writing("Circle") as unit:
        unit.db.execute(
            sa.text("UPDATE people SET manager_no = 'Quy', version = version + 1 WHERE employee_no = 'Mia'")
        )
    assert len(asking.store.read(load_own_people, "mia")) == 4


def test_an_open_request_can_be_changed_by_who_asked(asking: Asking) -> None:
    filed = asking.file("Ola", reason="First")
    asking.as_login("mia", filing.edit_request, filed, asking.wish("Pat", trainer_id=asking.bo), version=1)
    request = asking.request(filed)
    assert (request.wish, request.version) == (asking.wish("Pat", trainer_id=asking.bo), 2)
    asking.as_login("mia", filing.edit_request, filed, request.wish)
    assert asking.request(filed).version == 2
    with pytest.raises(Stale):
        asking.as_login("mia", filing.edit_request, filed, asking.wish(), version=1)
    with pytest.raises(NotAllowed):
        asking.as_login("zed", filing.edit_request, filed, asking.wish())


def test_a_request_whose_day_has_passed_can_still_be_changed_otherwise(asking: Asking) -> None:
    filed = asking.file()
    asking.clock.instant = TEN
    asking.as_login("mia", filing.edit_request, filed, asking.wish(people=3))
    assert asking.request(filed).wish.people == 3
    with pytest.raises(BadValue):
        asking.as_login("mia", filing.edit_request, filed, asking.wish(starts_at=TEN - DAY))


def test_only_its_requester_and_planners_cancel(asking: Asking) -> None:
    first, second = asking.file(), asking.file()
    with pytest.raises(NotAllowed) as refusal:
        asking.as_login("zed", filing.cancel_request, first)
    assert refusal.value.facts["why"] == "not_own_request"
    asking.as_login("mia", filing.cancel_request, first)
    asking.do(filing.cancel_request, second)
    assert {asking.request(one).status for one in (first, second)} == {RequestStatus.CANCELLED}
    assert asking.request(first).decided_by == "mia"


def test_declining_asks_for_a_reason(asking: Asking) -> None:
    filed = asking.file()
    with pytest.raises(BadValue):
        asking.decline(filed, "  ")
    asking.decline(filed, "No trainer until May")
    request = asking.request(filed)
    assert (request.status, request.decision_reason) == (RequestStatus.DECLINED, "No trainer until May")


DEEDS = {
    "cancel": lambda asking, one: asking.do(filing.cancel_request, one),
    "decline": lambda asking, one: asking.decline(one),
    "change": lambda asking, one: asking.do(filing.edit_request, one, asking.wish(people=2)),
    "accept": lambda asking, one: asking.accept(one),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
@pytest.mark.parametrize(("end", "ended"), [("decline", "declined"), ("cancel", "cancelled")])
def test_what_was_decided_stays_decided(asking: Asking, deed: Any, end: str, ended: str) -> None:
    filed = asking.file()
    DEEDS[end](asking, filed)
    before = asking.request(filed)
    with pytest.raises(WrongState) as refusal:
        deed(asking, filed)
    assert texts.error_text(refusal.value).startswith(f"The request #{filed} is {ended} already. It must be open")
    assert asking.request(filed) == before


@pytest.mark.parametrize("key", [0, -1, 4711, 2**31, 10**30])
def test_a_request_that_is_not_there(asking: Asking, key: int) -> None:
    with pytest.raises(NotFound) as refusal:
        asking.decline(key)
    assert texts.error_text(refusal.value).startswith(f'There is no booking request "#{key}".')


def test_several_are_declined_in_one_change(asking: Asking) -> None:
    first, second, gone = asking.file(), asking.file(), asking.file()
    asking.do(filing.cancel_request, gone)
    assert asking.do(deciding.decline_all, [second, first, gone, first], "Taken") == (first, second)
    undo_last(asking.store)
    assert {one.id for one in asking.store.read(open_requests)} == {first, second}


def test_undo_takes_back_what_was_filed_changed_and_decided(asking: Asking) -> None:
    filed = asking.do(filing.file_request, asking.wish("Ola"))
    undo_last(asking.store)
    assert asking.request(filed).status is RequestStatus.CANCELLED
    redo_last(asking.store)
    assert asking.request(filed).wish == asking.wish("Ola")
    asking.do(filing.edit_request, filed, asking.wish("Pat"))
    undo_last(asking.store)
    assert asking.request(filed).wish == asking.wish("Ola")
    asking.decline(filed)
    undo_last(asking.store)
    assert asking.request(filed).is_open


def test_who_may(asking: Asking) -> None:
    asked = {role.value for role in roles_for_undoing({"booking_requests"})}
    assert asked == {"supervisor", "administrator", "requester"}
    assert {role.value for role in roles_for_undoing({"booking_requests", "sessions"})} == {
        "supervisor",
        "administrator",
    }
    for verb in (filing.file_request, filing.edit_request, filing.cancel_request):
        assert may(next(iter(roles_for_undoing({"booking_requests"}))), verb)


def test_nobody_else_writes_an_absurd_number(asking: Asking) -> None:
    asking.file()
    absurd = sa.update(BookingRequest).values(people=0, version=BookingRequest.version + 1)
    with asking.store.writing("Raw") as unit:
        unit.discard()
        with pytest.raises(sa.exc.DatabaseError), unit.db.begin_nested():
            unit.db.execute(absurd)
