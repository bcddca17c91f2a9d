"""Leave, closures and holidays from a file: key, exclusive end, time zones, and sessions that stand there (X3, C4)."""

import pytest

from tests.factories import at, make_scheduled, make_trainer, make_venue, prepared
from tests.services.exchange.files import Bring, counts, stored, warned, whys
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.store.engine import Store

HEAD = "resource,starts,ends,reason\n"


def blocks(store: Store) -> list[tuple[object, ...]]:
    return stored(store, "blocks", "starts_at", "ends_at", "reason", deleted_at=None)


@pytest.fixture
def ann(store: Store) -> int:
    with prepared(store) as db:
        make_venue(db, "A", part_of=make_venue(db, "HALL"))
        return make_trainer(db, "ANN")


@pytest.mark.usefixtures("ann")
def test_leave_a_closure_and_a_holiday_come_in_once(store: Store, bring: Bring) -> None:
    text = (
        HEAD
        + "ANN,2026-08-03T09:00,2026-08-07T17:00,Leave\nHALL,2026-08-03,2026-08-04,Floor\n,2026-12-24,2026-12-27,\n"
    )
    assert counts(bring("closures", text)) == (3, 0, 0, [])
    assert blocks(store) == [
        (at("2026-08-03 00:00"), at("2026-08-04 00:00"), "Floor"),
        (at("2026-08-03 09:00"), at("2026-08-07 17:00"), "Leave"),
        (at("2026-12-24 00:00"), at("2026-12-27 00:00"), ""),
    ]
    assert counts(bring("closures", text)) == (0, 0, 3, [])
    assert counts(bring("closures", text.replace("17:00", "12:00"))) == (0, 1, 2, [])
    assert blocks(store)[1][1] == at("2026-08-07 12:00")
    assert store.read(check_database) == []
    undo_last(store)
    assert blocks(store)[1][1] == at("2026-08-07 17:00")
    assert store.read(check_database) == []


@pytest.mark.usefixtures("ann")
def test_an_absent_column_leaves_and_a_blank_cell_empties(store: Store, bring: Bring) -> None:
    bring("closures", HEAD + "ANN,2026-08-03,2026-08-07,Leave\n")
    assert counts(bring("closures", "resource,starts,ends\nANN,2026-08-03,2026-08-06\n")) == (0, 1, 0, [])
    assert blocks(store)[0][2] == "Leave"
    assert counts(bring("closures", "resource,starts,reason\nANN,2026-08-03,\n")) == (0, 1, 0, [])
    assert blocks(store)[0][1:] == (at("2026-08-06 00:00"), "")


@pytest.mark.usefixtures("ann")
def test_what_is_wrong_is_told_row_by_row(store: Store, bring: Bring) -> None:
    text = HEAD + "".join(
        f"{row}\n"
        for row in (
            "NOBODY,2026-08-03,2026-08-07,",
            "ANN,2026-08-03,2026-08-03,",
            "ANN,2026-03-29T02:30,2026-03-30,",
            "ANN,2026-10-25T02:30,2026-10-26,",
            "ANN,2026-08-10,,",
            "ANN,someday,2026-08-07,",
            "ANN,2026-09-01,2026-09-02,",
            "ANN,2026-09-01,2026-09-03,",
            "ANN,2026-09-01,2046-09-03,",
        )
    )
    report = bring("closures", text)
    assert counts(report)[:3] == (1, 0, 0)
    assert [(row.row, row.error.code) for row in report.refused] == [
        (2, "not_found"),
        (3, "bad_value"),
        (4, "time_does_not_exist"),
        (5, "time_is_ambiguous"),
        (6, "bad_value"),
        (7, "bad_value"),
        (9, "duplicate_ref"),
        (10, "duplicate_ref"),
    ]
    assert (3, "ends", "end_before_start") in whys(report)
    assert [row.ref for row in report.refused][:2] == ["NOBODY/2026-08-03T00:00", "ANN/2026-08-03T00:00"]
    assert report.refused[6].ref == "ANN/2026-09-01"
    assert len(blocks(store)) == 1


def test_sessions_that_stand_there_stay_and_are_told(store: Store, bring: Bring, ann: int) -> None:
    with prepared(store) as db:
        for day in range(6, 13):
            make_scheduled(db, ref=f"S{day}", trainer=ann, starts_at=at(f"2999-07-{day:02} 09:00"))
    text = HEAD + "ANN,2999-07-01,2999-08-01,Ill\n"
    report = bring("closures", text, dry_run=True)
    assert (counts(report), blocks(store)) == ((1, 0, 0, []), [])
    report = bring("closures", text)
    assert warned(report) == [(2, "sessions_stand_there")]
    assert report.warnings[0].facts == {"sessions": ["S6", "S7", "S8", "S9", "S10"], "more": 2}
    assert warned(bring("closures", text)) == []
    assert store.read(check_database) == []
