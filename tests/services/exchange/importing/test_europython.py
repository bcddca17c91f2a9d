"""A real conference week goes in whole, and a second time changes nothing."""

from collections import Counter

from tests.services.exchange.files import EUROPYTHON, IN_ORDER, counts, number_of_changes, stored
from trainer_desk.services.exchange.importing.run import import_file
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.store.engine import Store


def test_the_whole_week(store: Store) -> None:
    added = {kind: counts(import_file(store, kind, EUROPYTHON / f"{kind}.csv")) for kind in IN_ORDER}
    assert added == {
        "courses": (5, 0, 0, []),
        "venues": (9, 0, 0, []),
        "trainers": (117, 0, 0, []),
        "qualifications": (124, 0, 11, []),
        "sessions": (188, 0, 0, []),
    }
    statuses = Counter(status for _, status in stored(store, "sessions", "ref", "status"))
    assert statuses == {"SCHEDULED": 129, "DRAFT": 59}
    assert store.read(check_database) == []

    before = number_of_changes(store)
    again = {kind: counts(import_file(store, kind, EUROPYTHON / f"{kind}.csv")) for kind in IN_ORDER}
    assert again == {
        "courses": (0, 0, 5, []),
        "venues": (0, 0, 9, []),
        "trainers": (0, 0, 117, []),
        "qualifications": (0, 0, 135, []),
        "sessions": (0, 0, 188, []),
    }
    assert number_of_changes(store) == before


def test_times_are_wall_clock_of_the_organisation(store: Store) -> None:
    for kind in IN_ORDER:
        import_file(store, kind, EUROPYTHON / f"{kind}.csv")
    [(_, starts_at, ends_at)] = stored(store, "sessions", "ref", "starts_at", "ends_at", ref="EP-118")
    assert (starts_at.isoformat(), ends_at.isoformat()) == ("2014-07-21T09:00:00+00:00", "2014-07-21T09:45:00+00:00")
