"""The list of people: pages that fit together, its search and its filters, and what each person lacks (N3)."""

import datetime as dt

import pytest

from tests.factories import make_compliance, make_course, make_person, prepared
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.people import people_list
from trainer_desk.services.people.people_list import list_people, name_sites
from trainer_desk.services.rows.catalogue import Asked
from trainer_desk.services.store.engine import Store

DAY = dt.date(2026, 7, 6)


def numbers(store: Store, asked: Asked) -> list[str]:
    return [thing.key for thing in store.read(list_people, asked).things]


@pytest.mark.parametrize("sort", ["", "key", "department"])
@pytest.mark.parametrize("descending", [False, True])
def test_the_pages_hold_everybody_once_in_order(
    store: Store, monkeypatch: pytest.MonkeyPatch, sort: str, descending: bool
) -> None:
    monkeypatch.setattr(people_list, "PAGE", 3)
    with prepared(store) as db:
        for number in range(8):
            make_person(db, f"Same {number // 3}", employee_no=f"E{number}", department=f"D{number % 2}")
    asked, found = Asked(sort=sort, descending=descending), []
    page = store.read(list_people, asked)
    assert page.total == 8
    while True:
        found += [thing.key for thing in page.things]
        if page.after is None:
            break
        page = store.read(list_people, Asked(sort=sort, descending=descending, after=page.after))
        assert page.total is None
    expected = [f"E{number}" for number in range(8)]
    if sort == "department":
        expected = [f"E{number}" for number in (0, 2, 4, 6, 1, 3, 5, 7)]
    assert found == (expected[::-1] if descending else expected)


def test_people_are_searched_narrowed_and_put_apart_when_they_left(store: Store) -> None:
    with prepared(store) as db:
        make_person(db, "Zoë Adler", employee_no="E1", department="Yard", site="North")
        make_person(db, "Bo 100%", employee_no="E2", site="South")
        make_person(db, "Cy Gone", employee_no="E3", site="East", active=False)
    assert numbers(store, Asked(search="yard zoë")) == ["E1"]
    assert numbers(store, Asked(search="%")) == ["E2"]
    assert numbers(store, Asked(chosen={"site": "North", "department": ""})) == ["E1"]
    assert numbers(store, Asked(retired=True)) == ["E3"]
    assert [each.name for each in store.read(name_sites)] == ["North", "South"]


def test_each_person_is_shown_with_what_they_lack_and_by_whom_they_are_led(store: Store) -> None:
    with prepared(store) as db:
        make_person(db, "Ada Boss", employee_no="E1")
        led = make_person(db, "Bo Led", employee_no="E2", manager_no="E1")
        for status, expires in (
            (ComplianceStatus.NON_COMPLIANT, None),
            (ComplianceStatus.COMPLIANT, DAY - dt.timedelta(days=1)),
            (ComplianceStatus.COMPLIANT, DAY),
            (ComplianceStatus.COMPLIANT, None),
        ):
            make_compliance(db, led, make_course(db), status, expires)
    found = {thing.key: thing.notes for thing in store.read(list_people, Asked(day=DAY)).things}
    assert found["E2"] == {"manager": "Ada Boss", "red": 2, "expiring": 1}
    assert found["E1"] == {"manager": "", "red": 0, "expiring": 0}
