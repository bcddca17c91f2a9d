"""Ids of findings, waiving one, and the go / no-go list on the command line (S9, S10)."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from tests.cli.commands import Desk
from tests.databases import StoreFactory
from tests.factories import make_enrollment, prepared
from trainer_desk.cli.sessions import days_words
from trainer_desk.models import Person, Session

EXCEEDED = "A:venue_capacity_exceeded:R1"


@pytest.fixture
def crowded(scheduled: Desk, store_factory: StoreFactory) -> Desk:
    """Put three people into the room for two."""
    with prepared(store_factory()) as db:
        session = db.scalars(sa.select(Session.id)).one()
        for person in db.scalars(sa.select(Person.id).order_by(Person.id).limit(3)).all():
            make_enrollment(db, session, person)
    return scheduled


def shown(desk: Desk) -> Any:
    """Give the only finding of the session as `sessions show` tells it."""
    [finding] = desk.ok("sessions", "show", "A")["sessions"][0]["findings"]
    return finding


def test_a_finding_has_an_id_by_which_it_is_waived(crowded: Desk) -> None:
    [listed] = crowded.ok("findings")["findings"]
    assert (listed["id"], listed["subject"], listed["waived"]) == (EXCEEDED, "R1", None)
    answer = crowded.ok("waive", EXCEEDED, "--reason", "Chairs from next door")
    waiver = answer.pop("waiver")
    assert not answer
    assert waiver.pop("by")
    assert dt.datetime.fromisoformat(waiver["at"]).tzinfo is not None
    assert waiver.pop("at")
    assert waiver == {
        "id": EXCEEDED, "code": "venue_capacity_exceeded", "session": "A", "subject": "R1",
        "reason": "Chairs from next door",
    }  # fmt: skip
    assert crowded.ok("findings") == {"ok": True, "findings": []}
    finding = shown(crowded)
    assert finding["id"] == EXCEEDED
    assert finding["waived"].keys() == {"by", "at", "reason"}
    assert finding["waived"]["reason"] == "Chairs from next door"


def test_a_waiver_ends_with_a_change_and_with_undo(crowded: Desk) -> None:
    crowded.ok("waive", EXCEEDED, "--reason", "Chairs")
    crowded.ok("edit", "A", "--end", "2027-07-05T11:00")
    assert shown(crowded)["waived"] is None
    crowded.ok("undo")
    assert shown(crowded)["waived"] is not None
    crowded.ok("undo")
    assert shown(crowded)["waived"] is None


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("A:in_the_past", "not_found", 'There is no finding "A:in_the_past" now.'),
        ("A", "not_found", 'There is no finding "A" now.'),
        ("NO:such:in_the_past", "not_found", 'There is no session "NO".'),
        ("A:venue_capacity_exceeded", "not_found", 'There is no finding "A:venue_capacity_exceeded" now.'),
    ],
)
def test_what_is_not_there_cannot_be_waived(crowded: Desk, name: str, code: str, said: str) -> None:
    exit_code, document = crowded.json("waive", name, "--reason", "Because")
    assert (exit_code, document["error"]["code"]) == (1, code)
    assert document["error"]["message"].startswith(said)


def test_only_soft_findings_and_only_for_a_reason(crowded: Desk) -> None:
    assert crowded.json("waive", EXCEEDED)[0] == 2
    assert crowded.json("waive", EXCEEDED, "--reason", " ")[1]["error"]["code"] == "bad_value"
    crowded.ok("draft", "--ref", "B:2", "--course", "FIRE")
    exit_code, document = crowded.json("waive", "B:2:missing_venue", "--reason", "Because")
    assert (exit_code, document["error"]["code"]) == (1, "bad_value")
    assert "cannot be waived" in document["error"]["message"]


def test_errors_name_their_findings(crowded: Desk) -> None:
    when = ("--start", "2027-07-05T09:30", "--end", "2027-07-05T10:30")
    crowded.ok("draft", "--ref", "B", "--course", "FIRE", "--trainer", "TOM", "--venue", "R2", *when)
    _, document = crowded.json("publish", "B")
    assert [finding["id"] for finding in document["error"]["findings"]] == ["B:trainer_busy:TOM"]
    _, document = crowded.json("publish", "A", "B")
    assert [finding["id"] for finding in document["results"][1]["error"]["findings"]] == ["B:trainer_busy:TOM"]


def test_a_refused_row_of_a_file_names_no_stored_session(crowded: Desk, tmp_path: Any) -> None:
    path = tmp_path / "sessions.csv"
    path.write_text("ref,course,status\nNEW,FIRE,SCHEDULED\n", encoding="utf-8")
    _, document = crowded.json("import", "sessions", str(path))
    [refused] = document["refused"]
    assert {finding["id"] for finding in refused["findings"]} == {None}


def test_in_words(crowded: Desk) -> None:
    assert crowded.words("findings")[1] == f"{EXCEEDED}  Venue Capacity Exceeded (3/2).\n"
    assert crowded.words("waive", EXCEEDED, "--reason", "Chairs")[1] == f"{EXCEEDED} is waived: Chairs\n"
    assert crowded.words("findings")[1] == "Nothing is wrong.\n"
    assert "Venue Capacity Exceeded (3/2). Waived by " in crowded.words("sessions", "show", "A")[1]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-2, "2 days overdue"),
        (-1, "1 day overdue"),
        (0, "to be decided today"),
        (1, "1 day left"),
        (3, "3 days left"),
        (None, "no day of decision"),
    ],
)
def test_how_long_there_is_to_decide(days: int | None, words: str) -> None:
    assert days_words(days) == words


def test_the_go_no_go_list(crowded: Desk) -> None:
    today = dt.datetime.now(dt.UTC).date()
    soon = (today + dt.timedelta(days=3)).isoformat()
    crowded.ok("edit", "A", "--minimum", "5", "--decision-on", soon)
    later = ("--start", "2027-07-04T09:00", "--end", "2027-07-04T10:00")
    crowded.ok("draft", "--ref", "B", "--course", "FIRE", "--minimum", "2", *later)
    crowded.ok("draft", "--ref", "C", "--course", "FIRE", "--minimum", "2")
    crowded.ok("draft", "--ref", "D", "--course", "FIRE", *later)
    found = crowded.ok("sessions", "list", "--below-minimum")["sessions"]
    assert [(one["ref"], one["decision_on"], one["minimum"], one["missing"]) for one in found] == [
        ("A", soon, 5, 2),
        ("B", None, 2, 2),
    ]
    assert found[0]["days_left"] in (2, 3, 4)
    assert [
        one["ref"] for one in crowded.ok("sessions", "list", "--below-minimum", "--status", "DRAFT")["sessions"]
    ] == ["B"]
    assert "2 missing" in crowded.words("sessions", "list", "--below-minimum")[1]
    by_code = {finding["code"]: finding for finding in crowded.ok("findings")["findings"]}
    assert by_code["below_minimum"]["id"] == "A:below_minimum"
    assert by_code["below_minimum"]["severity"] == "orange"
    crowded.ok("waive", "A:below_minimum", "--reason", "The customer pays for all seats")
    assert [finding["code"] for finding in crowded.ok("findings")["findings"]] == ["venue_capacity_exceeded"]
    crowded.ok("edit", "A", "--minimum", "3")
    assert [one["ref"] for one in crowded.ok("sessions", "list", "--below-minimum")["sessions"]] == ["B"]
