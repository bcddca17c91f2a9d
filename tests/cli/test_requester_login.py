"""The command line with a requester's own login of a server: own things are done, all else is refused in words (U2)."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.cli.commands import Desk
from tests.cli.plan import Plan
from tests.databases import StoreFactory, postgres_organisation
from tests.factories import make_person, make_trainer, make_venue, prepared
from tests.logins import login_url, make_login
from tests.postgres_server import Run
from trainer_desk.cli.report_arguments import FOR_PLANNERS
from trainer_desk.models.enums import Role

pytestmark = pytest.mark.postgres

WISH = ("--course", "GAS", "--start", "2099-07-20T09:00", "--people", "1", "6")


@dataclass
class Ann:
    """Ann's command line, her worker's number 6, and that of whoever plans."""

    desk: Desk
    boss: Desk


@pytest.fixture
def ann(run: Run, postgres_server: str, capsys: pytest.CaptureFixture[str]) -> Iterator[Ann]:
    """Let Ann log in: she has a seat, an offer and the second place in a queue; OTHER is none of hers."""
    with postgres_organisation(run, postgres_server) as url:
        factory = StoreFactory(url)
        plan = Plan(factory())
        plan.people()
        plan.course("GAS", sign_up=True)
        plan.course("SHUT")
        for ref, day in (("A", "2099-07-06"), ("B", "2099-07-07"), ("C", "2099-07-08")):
            plan.session(ref, "GAS", day=day, waitlist="offer")
        plan.session("OTHER", "SHUT", day="2099-07-09")
        plan.session("DRAFT", "SHUT", draft=True)
        plan.places("A", ["1"])
        plan.places("C", ["2"])
        plan.places("C", ["3", "1"], "waitlisted")
        plan.places("OTHER", ["4"])
        with prepared(plan.store) as db:
            make_person(db, "Fay", employee_no="6", manager_no="1")
            make_trainer(db, "TOM", courses=[plan.ids["GAS"]])
            make_venue(db, "R1")
        login = make_login(plan.store, Role.REQUESTER, person_id=plan.ids["1"])
        yield Ann(Desk(login_url(url, login), capsys), Desk(url, capsys))
        factory.close()


def test_the_own_schedule_and_what_is_open(ann: Ann) -> None:
    schedule = ann.desk.ok("schedule")["sessions"]
    assert [(one["ref"], one["enrollment"]["state"], one["enrollment"]["position"]) for one in schedule] == [
        ("A", "confirmed", None),
        ("C", "waitlisted", 2),
    ]
    assert [one["ref"] for one in ann.desk.ok("sessions", "list")["sessions"]] == ["A", "B", "C"]
    shown = ann.desk.ok("sessions", "show", "A")
    assert [one["employee_no"] for one in shown["sessions"][0]["enrollments"]] == ["1"]
    [mine] = ann.desk.ok("sessions", "show", "C")["sessions"][0]["enrollments"]
    assert (mine["employee_no"], mine["position"]) == ("1", 2)
    assert ann.desk.json("sessions", "show", "OTHER")[1]["error"]["code"] == "not_found"


def test_a_request_from_filing_to_the_started_session(ann: Ann) -> None:
    filed = str(ann.desk.ok("requests", "file", *WISH)["request"]["id"])
    ann.desk.ok("requests", "cancel", filed)
    ann.desk.ok("undo")
    assert [one["status"] for one in ann.desk.ok("requests", "list")["requests"]] == ["DRAFT"]
    ann.desk.ok("redo")
    filed = str(ann.desk.ok("requests", "file", *WISH)["request"]["id"])
    ref = ann.boss.ok("requests", "accept", filed, "--trainer", "TOM", "--venue", "R1")["session"]["ref"]
    assert [one["employee_no"] for one in ann.desk.ok("sessions", "show", ref)["sessions"][0]["enrollments"]] == [
        "1",
        "6",
    ]
    assert ann.desk.ok("start", ref)["session"]["status"] == "IN_PROGRESS"
    assert ref in [one["session"] for one in ann.desk.ok("requests", "list")["requests"]]


MAY_NOT = "Your login may not do that."
LOOKS = (
    ("courses", "list"), ("runs", "list"), ("findings",), ("notices",), ("history", "session", "A"),
    ("history", "person", "1"), ("load", "--week", "2099-W28"), ("slots", "A"), ("substitutes", "A"), ("suggest", "A"),
    ("waitlist", "C", "--dry-run"), ("groups", "A"), ("users", "list"), ("db", "status"), ("db", "check"), ("doctor",),
    ("export", "roster", "--session", "A", "--output", "/dev/null"), ("schedule", "--person", "4"),
    ("notices", "--person", "4"),
)  # fmt: skip
DEEDS = (
    ("draft", "--course", "GAS"), ("edit", "A", "--title", "Mine"), ("duplicate", "A"), ("publish", "A"),
    ("unpublish", "A"), ("start", "A"), ("complete", "A"), ("reopen", "A"), ("cancel", "A", "--reason", "No"),
    ("reinstate", "A"), ("delete", "A"), ("restore", "A"), ("enroll", "B", "1"), ("enroll", "--course", "GAS", "--next",
    "6"), ("withdraw", "A", "1"), ("replace", "A", "1", "6"), ("move", "1", "A", "B"), ("mark", "A", "1", "attended"),
    ("hold", "B", "1", "--label", "Me", "--until", "2099-07-01T09:00"), ("release", "1"), ("hold", "fill", "1", "1"),
    ("waitlist", "C"), ("offer", "accept", "C", "1"), ("checkin", "A", "1"), ("checkout", "A", "1"), ("intake", "1"),
    ("repeat", "A", "--rule", "FREQ=WEEKLY;COUNT=2"), ("waive", "x", "--reason", "No"),
    ("users", "add", "me", "--role", "administrator"), ("users", "disable", "me"), ("requests", "accept", "1"),
    ("requests", "decline", "1", "--reason", "No"),
)  # fmt: skip


@pytest.mark.parametrize("words", LOOKS, ids=" ".join)
def test_whatever_is_looked_at_answers(ann: Ann, words: tuple[str, ...]) -> None:
    code, document = ann.desk.json(*words)
    assert code in (0, 1)
    error = document.get("error")
    assert error is None or error["code"] in {"not_allowed", "not_found"} or error["message"].startswith(MAY_NOT), error
    assert "Traceback" not in str(document)
    if words[0] in ("courses", "runs", "notices", "history", "schedule"):
        assert "Di" not in str(document).replace("Digit", "")


@pytest.mark.parametrize("words", DEEDS, ids=" ".join)
def test_what_is_not_for_requesters_is_refused_in_words(ann: Ann, words: tuple[str, ...]) -> None:
    code, document = ann.desk.json(*words)
    error = document.get("error") or document["results"][0].get("error") or document["results"][0]
    assert (code, error["code"]) in {(1, "not_allowed"), (1, "not_found")}, error


def test_a_report_about_everybody_is_refused_rather_than_half_true(ann: Ann) -> None:
    for name in sorted(FOR_PLANNERS):
        code, document = ann.desk.json("export", "report", name, "--output", "/nowhere/a.csv")
        assert (code, document["error"]["code"]) == (1, "not_allowed"), name
    code, out, _said = ann.desk.words("export", "report", "available")
    assert (code, out.startswith('"ref"')) == (0, True)
