"""Hours of the coming weeks in the list of trainers and on a trainer's page, against a norm that can be set (L2)."""

import datetime as dt

from tests.factories import at, make_course, make_scheduled, make_trainer, prepared
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.dossiers.trainer import load_trainer
from trainer_desk.services.orchestration.settings import ORGANISATION, change_settings
from trainer_desk.services.planning.resource_list import list_trainers
from trainer_desk.services.rows.catalogue import Asked
from trainer_desk.services.rows.load import Week
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-08 12:00")
TODAY = dt.date(2026, 7, 8)


def test_six_weeks_from_that_of_the_day_are_told_alike_in_the_list_and_on_the_page(store: Store) -> None:
    with prepared(store) as db:
        course = make_course(db)
        own, free = make_trainer(db, "T1", courses=[course], weekly_hours=10), make_trainer(db, "T2", courses=[course])
        for starts, minutes in (("07-05 10:00", 30), ("07-06 09:00", 90), ("07-12 23:00", 120), ("08-16 09:00", 60)):
            make_scheduled(db, course=course, trainer=own, starts_at=at(f"2026-{starts}"), minutes=minutes)
        make_scheduled(db, course=course, trainer=own, starts_at=at("2026-08-17 09:00"))
        make_scheduled(db, course=course, trainer=own, co_trainers=[free], starts_at=at("2026-07-15 09:00"))
        done = {"status": SessionStatus.COMPLETED, "starts_at": at("2026-07-06 12:00")}
        make_scheduled(db, course=course, trainer=own, minutes=45, **done)
    found = store.read(list_trainers, Asked(day=TODAY, sort="booked", descending=True)).things
    assert [thing.key for thing in found] == ["T1", "T2"]
    weeks = found[0].notes["weeks"]
    assert [week.booked for week in weeks] == [210, 60, 0, 0, 0, 60]
    assert weeks[0] == Week(dt.date(2026, 7, 6), 210, 45)
    assert store.read(load_trainer, own, None, now=NOW).weeks == weeks
    assert [week.booked for week in found[1].notes["weeks"]] == [0, 60, 0, 0, 0, 0]


def test_the_own_target_counts_before_the_norm_of_all(store: Store) -> None:
    with prepared(store) as db:
        own, free = make_trainer(db, "T1", weekly_hours=10), make_trainer(db, "T2")

    def norms() -> tuple[list[int | None], ...]:
        found = store.read(list_trainers, Asked(day=TODAY)).things
        pages = [store.read(load_trainer, trainer, None, now=NOW).facts.norm_hours for trainer in (own, free)]
        directory = store.read(load_directory)
        return [thing.notes["norm"] for thing in found], pages, [directory.norm_of(own), directory.norm_of(free)]

    assert norms() == ([10, None],) * 3
    store.write("Norm", change_settings, ORGANISATION, {"load_norm_hours": "36"})
    assert norms() == ([10, 36],) * 3
