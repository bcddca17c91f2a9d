"""What a pasted list means: its entries, who is surely named, and whose names are near (K11)."""

import pytest

from trainer_desk.services.rules.names import sort_name
from trainer_desk.services.rules.pasting import Entry, Listed, Neighbours, entries_of, surely

ANN, BO, TWIN = (
    Listed(1, "P1", "Ann Lee", "Lab"),
    Listed(2, "P2", "Bo Kübler", "Lab"),
    Listed(3, "P3", "Ann Lee", "Ops"),
)
GONE = Listed(4, "P4", "Bo Kübler", "Lab", active=False)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("", []),
        (" \n\t\r\n , ", []),
        ("Ann Lee\r\nBo Kim\r\n", ["Ann Lee", "Bo Kim"]),
        ("P1, P2;P3\tP4", ["P1", "P2", "P3", "P4"]),
        ("Lee, Ann\nKim, Bo", ["Lee, Ann", "Kim, Bo"]),
        ("P1\tAnn Lee\nP2\tBo", ["P1 Ann Lee", "P2 Bo"]),
        ("p1\nP1\n P1 ", ["p1"]),
    ],
)
def test_lines_are_entries_and_of_a_single_line_its_parts(text: str, entries: list[str]) -> None:
    assert [entry.text for entry in entries_of(text)] == entries


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("p1", [ANN]),
        ("somebody\tP2", [BO]),
        ("ANN  LEE", [ANN, TWIN]),
        ("Lee, Ann", [ANN, TWIN]),
        ("Bo Kubler", [BO]),
        ("P9", []),
        ("Ann", []),
    ],
)
def test_a_number_or_the_exact_name_is_sure(text: str, people: list[Listed]) -> None:
    by_number = {one.employee_no.casefold(): one for one in (ANN, BO, TWIN, GONE)}
    by_name: dict[str, list[Listed]] = {}
    for one in by_number.values():
        by_name.setdefault(sort_name(one.name), []).append(one)
    (entry,) = entries_of(f"{text}\n")[:1] if "," not in text else [Entry(text, ("Lee", "Ann"))]
    if "\t" in text:
        entry = Entry(text, tuple(text.split("\t")))
    assert surely(entry, by_number, by_name) == people


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Le", ["Ann Lee", "Ann Lee"]),
        ("Anne Lee", ["Ann Lee", "Ann Lee"]),
        ("Kuebler Bo", ["Bo Kübler"]),
        ("Bob Kübler", ["Bo Kübler"]),
        ("Zacharias Quist", []),
        ("17", []),
    ],
)
def test_near_names_are_offered_the_likeliest_first(text: str, names: list[str]) -> None:
    near = Neighbours([ANN, BO, TWIN, Listed(5, "P5", "Anton Weber", "")]).near(Entry(text, (text,)))
    assert [one.name for one in near] == names
