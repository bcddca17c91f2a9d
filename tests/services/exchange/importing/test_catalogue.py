"""Courses, venues, trainers, qualifications and compliance: references, circles, codes and capacities."""

import pytest

from tests.factories import at, make_equipment, make_scheduled, prepared
from tests.services.exchange.files import Bring, counts, stored, warned, whys
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.store.engine import Store


def links(store: Store, table: str, column: str) -> dict[str, str | None]:
    names = "resources" if table == "venues" else table
    codes = dict(stored(store, names, "id", "code"))
    return {codes[key]: codes.get(other) for key, other in stored(store, table, "id", column)}


def test_parts_may_stand_before_their_whole(store: Store, bring: Bring) -> None:
    report = bring("venues", "code,name,part_of\nA1,A1,A\nA,A,H\nB,B,H\nH,Hall,\n")
    assert counts(report) == (4, 0, 0, [])
    assert links(store, "venues", "part_of_id") == {"A1": "A", "A": "H", "B": "H", "H": None}
    assert counts(bring("venues", "code,name,part_of\nB,B,\n")) == (0, 1, 0, [])
    assert links(store, "venues", "part_of_id")["B"] is None


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("code,name,part_of\nA,A,A\n", ["A"]),
        ("code,name,part_of\nA,A,B\nB,B,A\n", ["A", "B"]),
        ("code,name,part_of\nA,A,B\nB,B,C\nC,C,A\nD,D,\n", ["A", "B", "C"]),
        ("code,name,part_of\nA,A,Nowhere\nB,B,A\nD,D,\n", ["A", "B"]),
    ],
)
def test_circles_and_unknown_wholes(store: Store, bring: Bring, text: str, refused: list[str]) -> None:
    report = bring("venues", text)
    assert sorted(row.ref for row in report.refused) == refused
    assert {code for (code,) in stored(store, "resources", "code")} == {"D"} & set(text)


def test_a_circle_through_what_is_stored(store: Store, bring: Bring) -> None:
    bring("venues", "code,name,part_of\nH,Hall,\nA,A,H\n")
    report = bring("venues", "code,part_of\nH,A\n")
    assert whys(report) == [(2, "part_of", "circle")]
    assert links(store, "venues", "part_of_id") == {"H": None, "A": "H"}


def test_new_parts_claim_the_sessions_that_stand_in_the_whole(store: Store, bring: Bring) -> None:
    bring("venues", "code,name\nH,Hall\n")
    hall = dict(stored(store, "resources", "code", "id"))["H"]
    with prepared(store) as db:
        make_scheduled(db, venue=hall)
    bring("venues", "code,name,part_of,turnaround_minutes\nA,A,H,15\nB,B,H,\n")
    assert store.read(check_database) == []


def test_parts_whose_sessions_would_clash_are_refused(store: Store, bring: Bring) -> None:
    bring("venues", "code,name\nH,Hall\nA,A\n")
    ids = dict(stored(store, "resources", "code", "id"))
    with prepared(store) as db:
        make_scheduled(db, venue=ids["H"], starts_at=at("2026-07-06 09:00"))
        make_scheduled(db, venue=ids["A"], starts_at=at("2026-07-06 09:30"))
    report = bring("venues", "code,part_of,name\nA,H,Part A\nB,H,B\n")
    assert counts(report) == (1, 0, 0, [(2, "A", "venue_busy")])
    assert stored(store, "resources", "name", code="A") == [("A",)]
    assert store.read(check_database) == []


def test_capacity_zero_is_unlimited_and_said(store: Store, bring: Bring) -> None:
    report = bring("venues", "code,name,capacity\nA,A,0\nB,B,12\n")
    assert warned(report) == [(2, "zero_is_unlimited")]
    assert [capacity for _, capacity in stored(store, "venues", "id", "capacity")] == [None, 12]


def test_equipment_comes_in_and_is_renamed(store: Store, bring: Bring) -> None:
    text = "code,name\nBEAMER-1,Beamer 1\nDUMMY,Practice dummy\n"
    assert counts(bring("equipment", text)) == (2, 0, 0, [])
    assert counts(bring("equipment", text)) == (0, 0, 2, [])
    report = bring("equipment", "code,name\nDUMMY,Dummy ‘Anne’\n,Nameless\nLADDER,\n")
    assert counts(report) == (0, 1, 0, [(3, "", "bad_value"), (4, "LADDER", "bad_value")])
    assert stored(store, "resources", "code", "name", "sort_name", kind="equipment") == [
        ("BEAMER-1", "Beamer 1", "beamer 1"),
        ("DUMMY", "Dummy ‘Anne’", "dummy ‘anne’"),
    ]


def test_codes_are_shared_by_trainers_venues_and_equipment(store: Store, bring: Bring) -> None:
    with prepared(store) as db:
        make_equipment(db, "BEAMER")
    bring("venues", "code,name\nA,A\n")
    report = bring("trainers", "code,name\nA,Ann\nBEAMER,Bo\nT,Tom\n")
    assert counts(report) == (1, 0, 0, [(2, "A", "duplicate_ref"), (3, "BEAMER", "duplicate_ref")])
    assert counts(bring("venues", "code,name\nT,Room T\n")) == (0, 0, 0, [(2, "T", "duplicate_ref")])
    report = bring("equipment", "code,name\nA,Ladder\nBEAMER,Beamer\nT,Tent\n")
    assert counts(report) == (0, 1, 0, [(2, "A", "duplicate_ref"), (4, "T", "duplicate_ref")])


def test_trainers_are_people_by_number(store: Store, bring: Bring) -> None:
    bring("people", "employee_no,name\n7,Tom\n")
    report = bring("trainers", "code,name,weekly_hours,employee_no\nT,Tom,20,7\nU,Una,,8\n")
    assert counts(report) == (1, 0, 0, [(3, "U", "not_found")])
    [(person, hours)] = stored(store, "trainers", "person_id", "weekly_hours")
    assert (person, hours) == (stored(store, "people", "id")[0][0], 20)
    assert counts(bring("trainers", "code,weekly_hours\nT,20\n")) == (0, 0, 1, [])
    assert counts(bring("trainers", "code,name,weekly_hours\nT,Thomas,\n")) == (0, 1, 0, [])
    assert stored(store, "resources", "name", "sort_name", "version") == [("Thomas", "thomas", 2)]


def test_courses_name_each_other_in_any_order(store: Store, bring: Bring) -> None:
    text = "code,title,prerequisite,renews\nR,Refresher,,B\nA,Advanced,B,\nB,Basic,,\n"
    assert counts(bring("courses", text)) == (3, 0, 0, [])
    assert counts(bring("courses", text)) == (0, 0, 3, [])
    assert links(store, "courses", "prerequisite_id") == {"R": None, "A": "B", "B": None}
    assert links(store, "courses", "renews_id") == {"R": "B", "A": None, "B": None}
    report = bring("courses", "code,prerequisite\nB,A\nR,Nothing\n")
    assert sorted(whys(report)) == [(2, "prerequisite", "circle"), (3, "prerequisite", None)]


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("duration_minutes", "0", "out_of_range"),
        ("duration_minutes", "1441", "out_of_range"),
        ("duration_minutes", "an hour", "not_a_number"),
        ("duration_minutes", "1.5", "not_a_number"),
        ("duration_minutes", "٣", "not_a_number"),
        ("validity_months", "0", "out_of_range"),
        ("expiring_days", "-1", "out_of_range"),
        ("default_capacity", "9" * 30, "out_of_range"),
        ("sign_up", "maybe", "not_yes_no"),
        ("overlap_policy", "shout", "not_one_of"),
        ("title", "x" * 201, "too_long"),
    ],
)
def test_bad_values_of_a_course(bring: Bring, column: str, value: str, why: str) -> None:
    title = "" if column == "title" else ",title"
    report = bring("courses", f"code,{column}{title}\nF,{value}{',Fire' if title else ''}\n")
    assert whys(report) == [(2, column, why)]


def test_qualifications(store: Store, bring: Bring) -> None:
    bring("courses", "code,title\nF,Fire\n")
    bring("trainers", "code,name\nT,Tom\n")
    text = "trainer,course,valid_from,valid_until\nT,F,2026-01-01,2026-12-31\nX,F,,\nT,X,,\n"
    assert counts(bring("qualifications", text)) == (1, 0, 0, [(3, "X/F", "not_found"), (4, "T/X", "not_found")])
    assert counts(bring("qualifications", "trainer,course,valid_until\nT,F,\n")) == (0, 1, 0, [])
    report = bring("qualifications", "trainer,course,valid_until\nT,F,2025-12-31\n")
    assert whys(report) == [(2, "valid_until", "until_before_from")]
    [(valid_from, valid_until)] = stored(store, "qualifications", "valid_from", "valid_until")
    assert (valid_from.isoformat(), valid_until) == ("2026-01-01", None)


@pytest.mark.parametrize("few", [1, 500])
def test_compliance(store: Store, bring: Bring, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr("trainer_desk.services.exchange.importing.compliance.AT_ONCE", few)
    bring("courses", "code,title\nF,Fire\nG,Gas\n")
    bring("people", "employee_no,name\n1,Ann\n2,Bo\n")
    rows = "1,F,compliant,2026-12-31\n1,G,PENDING,\n2,F,,\n3,F,PENDING,\n2,X,PENDING,\n"
    text = "employee_no,course,status,expires_on\n" + rows
    refused = [(4, "2/F", "bad_value"), (5, "3/F", "not_found"), (6, "2/X", "not_found")]
    assert counts(bring("compliance", text)) == (2, 0, 0, refused)
    assert counts(bring("compliance", text)) == (0, 0, 2, refused)
    assert counts(bring("compliance", "employee_no,course,expires_on\n1,F,\n2,G,2026-01-01\n")) == (
        0, 1, 0, [(3, "2/G", "bad_value")],
    )  # fmt: skip
    assert stored(store, "compliance_items", "status", "expires_on") == [("COMPLIANT", None), ("PENDING", None)]
    assert store.read(check_database) == []
