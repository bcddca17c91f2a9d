"""What columns, blanks and keys mean in every kind of file (section I)."""

from pathlib import Path

import pytest

from tests.services.exchange.files import Bring, counts, number_of_changes, stored, warned, whys
from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.importing.run import import_file
from trainer_desk.services.store.engine import Store


def test_a_present_column_sets_a_blank_one_empties_an_absent_one_leaves(store: Store, bring: Bring) -> None:
    bring("people", "employee_no,name,department,site,phone\n7,Ann,Press,York,12\n")
    assert counts(bring("people", "phone,employee_no,site\n,7,Leeds\n")) == (0, 1, 0, [])
    assert stored(store, "people", "name", "department", "site", "phone") == [("Ann", "Press", "Leeds", None)]


def test_blank_is_the_default_where_there_is_one(store: Store, bring: Bring) -> None:
    bring("courses", "code,title,duration_minutes,expiring_days,overlap_policy,sign_up\nF,Fire,90,30,block,yes\n")
    bring("courses", "code,title,duration_minutes,expiring_days,overlap_policy,sign_up\nF,Fire,,,,\n")
    columns = ("duration_minutes", "expiring_days", "overlap_policy", "sign_up")
    assert stored(store, "courses", *columns) == [(60, 60, "warn", False)]


def test_equal_rows_are_unchanged_and_leave_no_change(store: Store, bring: Bring) -> None:
    bring("people", "employee_no,name\n7,Ann\n8,Bo\n")
    before = number_of_changes(store)
    assert counts(bring("people", "employee_no,name\n7,Ann\n8,Bo\n")) == (0, 0, 2, [])
    assert number_of_changes(store) == before


def test_unknown_columns_are_told_and_not_fatal(bring: Bring) -> None:
    report = bring("people", "employee_no,name,shoe size\n7,Ann,44\n")
    assert counts(report) == (1, 0, 0, [])
    assert [(warning.code, warning.facts["columns"]) for warning in report.warnings] == [
        ("columns_unknown", ["shoe_size"])
    ]


def test_a_guessed_encoding_is_told(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("employee_no,name\n7,Åsa\n".encode("cp1252"))
    assert warned(import_file(store, "people", path)) == [(None, "encoding_guessed")]
    assert stored(store, "people", "name") == [("Åsa",)]


def test_a_key_twice_refuses_the_second_row(store: Store, bring: Bring) -> None:
    report = bring("people", "employee_no,name\n7,Ann\n8,Bo\n7,Ann\n")
    assert counts(report) == (2, 0, 0, [(4, "7", "duplicate_ref")])
    assert stored(store, "people", "employee_no", "name") == [("7", "Ann"), ("8", "Bo")]


def test_a_key_twice_counts_also_when_the_first_row_was_refused(bring: Bring) -> None:
    report = bring("people", "employee_no,name,active\n7,Ann,perhaps\n7,Ann,yes\n")
    assert counts(report) == (0, 0, 0, [(2, "7", "bad_value"), (3, "7", "duplicate_ref")])


def test_a_repeated_pair_is_harmless_only_word_for_word(bring: Bring) -> None:
    bring("courses", "code,title\nF,Fire\n")
    bring("trainers", "code,name\nT,Tom\n")
    text = "trainer,course,valid_until\nT,F,2026-01-01\nT,F,2026-01-01\nT,F,2027-01-01\n"
    report = bring("qualifications", text)
    assert counts(report) == (1, 0, 1, [(4, "T/F", "duplicate_ref")])
    assert warned(report) == [(3, "repeated_row")]


def test_all_problems_of_a_row_are_told_together(bring: Bring) -> None:
    report = bring("people", "employee_no,name,active,intake_on\n7,,perhaps,1.2.2026\n")
    assert whys(report) == [(2, "name", "required"), (2, "active", "not_yes_no"), (2, "intake_on", "not_a_day")]


def test_a_new_row_needs_what_a_new_thing_needs(bring: Bring) -> None:
    assert whys(bring("people", "employee_no,site\n7,York\n")) == [(2, "name", "required")]


def test_a_missing_key_column_refuses_the_file(bring: Bring) -> None:
    with pytest.raises(BadValue) as refused:
        bring("compliance", "employee_no,status\n7,PENDING\n")
    assert refused.value.facts["why"] == "columns_missing"
    assert refused.value.facts["columns"] == ["course"]


def test_a_ragged_row_is_refused_and_the_rest_goes_on(store: Store, bring: Bring) -> None:
    report = bring("people", "employee_no,name\n7\n8,Bo,extra\n9,Cy\n")
    assert [row.row for row in report.refused] == [2, 3]
    assert stored(store, "people", "employee_no") == [("9",)]


def test_all_or_nothing_changes_nothing_when_a_row_is_refused(store: Store, bring: Bring) -> None:
    report = bring("people", "employee_no,name\n7,Ann\n8,\n", all_or_nothing=True)
    assert counts(report) == (1, 0, 0, [(3, "8", "bad_value")])
    assert not report.written
    assert stored(store, "people", "employee_no") == []
    assert bring("people", "employee_no,name\n7,Ann\n", all_or_nothing=True).written


def test_a_dry_run_says_the_same_and_changes_nothing(store: Store, bring: Bring) -> None:
    text = "employee_no,name\n7,Ann\n8,\n"
    before = number_of_changes(store)
    rehearsed = counts(bring("people", text, dry_run=True))
    assert stored(store, "people", "employee_no") == []
    assert number_of_changes(store) == before
    assert counts(bring("people", text)) == rehearsed


def test_one_change_with_the_name_of_the_file(store: Store, bring: Bring) -> None:
    before = number_of_changes(store)
    bring("people", "employee_no,name\n7,Ann\n8,Bo\n")
    assert number_of_changes(store) == before + 1
    assert stored(store, "changes", "id", "label")[-1][1] == "people.csv"


def test_an_unreadable_file_changes_nothing(store: Store, bring: Bring) -> None:
    with pytest.raises(BadValue):
        bring("people", 'employee_no,name\n7,Ann\n8,"Bo\n')
    assert stored(store, "people", "employee_no") == []


def test_stopping_leaves_nothing(store: Store, bring: Bring) -> None:
    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring("people", "employee_no,name\n7,Ann\n", step=stop)
    assert stored(store, "people", "employee_no") == []


def test_unknown_kind(bring: Bring) -> None:
    with pytest.raises(BadValue) as refused:
        bring("robots", "code\n")
    assert refused.value.facts["why"] == "unknown_kind"
