"""What a person must hold and does hold, from the command line: judged on any day, with who asks and why not (N1)."""

import datetime as dt
from pathlib import Path

import pytest

from tests.cli.commands import Desk
from tests.factories import make_course, make_person, make_record, make_requirement, prepared
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.store.engine import Store


@pytest.fixture
def staffed(empty_desk: Desk, store: Store) -> Desk:
    """Give an organisation in which Ann is asked for two courses, lifted from one, and trained in a third."""
    with prepared(store) as db:
        fire, gas, first_aid = (make_course(db, code, validity_months=12) for code in ("FIRE", "GAS", "AID"))
        refresher = make_course(db, "AID-R", renews_id=first_aid)
        ann = make_person(db, "Ann", employee_no="1", job_role="Driver", site="North", placed_on=dt.date(2026, 7, 1))
        make_requirement(db, fire, job_role="Driver", grace_days=14)
        make_requirement(db, gas)
        make_requirement(db, gas, person_id=ann, exempt=True, reason="On leave", until=dt.date(2026, 7, 31))
        make_record(db, ann, refresher, dt.date(2026, 1, 31))
        recompute(db)
    return empty_desk


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2026-07-01", {"FIRE": (2, "PENDING"), "GAS": (4, None), "AID": (4, "COMPLIANT")}),
        ("2026-07-15", {"FIRE": (2, "PENDING"), "GAS": (4, None), "AID": (4, "COMPLIANT")}),
        ("2026-07-16", {"FIRE": (1, "NON_COMPLIANT"), "GAS": (4, None), "AID": (4, "COMPLIANT")}),
        ("2026-08-01", {"FIRE": (1, "NON_COMPLIANT"), "GAS": (1, "NON_COMPLIANT"), "AID": (4, "COMPLIANT")}),
        ("2027-01-31", {"FIRE": (1, "NON_COMPLIANT"), "GAS": (1, "NON_COMPLIANT"), "AID": (3, "COMPLIANT")}),
        ("2027-02-01", {"FIRE": (1, "NON_COMPLIANT"), "GAS": (1, "NON_COMPLIANT"), "AID": (1, "NON_COMPLIANT")}),
    ],
)
def test_the_same_items_on_different_days(
    staffed: Desk, day: str, standing: dict[str, tuple[int, ComplianceStatus | None]]
) -> None:
    answer = staffed.ok("standing", "1", "--on", day)
    found = {one["course"]: (one["group"], one["status"]) for one in answer["courses"] if one["course"] != "AID-R"}
    assert (answer["on"], found) == (day, standing)
    assert [one["group"] for one in answer["courses"]] == sorted(one["group"] for one in answer["courses"])


def test_who_asks_what_lifts_it_and_what_it_rests_on(staffed: Desk, tmp_path: Path) -> None:
    rows = {one["course"]: one for one in staffed.ok("standing", "1", "--on", "2026-07-20")["courses"]}
    [asks] = rows["FIRE"]["required"]
    assert (asks["job_role"], asks["since"], asks["grace_days"]) == ("Driver", "2026-01-01", 14)
    assert rows["FIRE"]["due_on"] == "2026-07-15"
    assert [one["reason"] for one in rows["GAS"]["exempt"]] == ["On leave"]
    assert (rows["AID"]["rests_on"], rows["FIRE"]["rests_on"]) == ("record", None)
    _code, words, _ = staffed.words("standing", "1", "--on", "2026-07-20")
    told = [" ".join(line.split()) for line in words.splitlines()]
    assert told == [
        "FIRE Course FIRE Was due by 15 Jul 2026 required of Driver since 01 Jan 2026",
        "AID Course AID Valid to 31 Jan 2027",
        "AID-R Course AID-R Compliant",
        "GAS Course GAS Exempt to 31 Jul 2026 exempt: On leave",
    ]
    file = tmp_path / "said.csv"
    file.write_text("employee_no,course,status\n1,FIRE,COMPLIANT\n", encoding="utf-8")
    staffed.ok("import", "compliance", str(file))
    rows = {one["course"]: one for one in staffed.ok("standing", "1")["courses"]}
    assert (rows["FIRE"]["status"], rows["FIRE"]["rests_on"]) == ("COMPLIANT", "attestation")


def test_nobody_and_no_day(staffed: Desk) -> None:
    assert staffed.json("standing", "9")[1]["error"]["code"] == "not_found"
    assert staffed.json("standing", "1", "--on", "soon")[1]["error"]["code"] == "bad_value"
