"""The organisation's settings and holidays: read, refused, kept on their days, undone (N3)."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories import at, make_block, make_scheduled, make_trainer, prepared
from trainer_desk.models import Session, Setting
from trainer_desk.models.enums import OverlapPolicy
from trainer_desk.services.directory import load_settings
from trainer_desk.services.errors import DeskError, NotFound, Stale
from trainer_desk.services.orchestration.catalogue import create
from trainer_desk.services.orchestration.settings import ORGANISATION, change_settings, settings_version
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.planning.holidays import add_holiday, lift_holiday, list_holidays, rename_holiday
from trainer_desk.services.planning.publishing import publish
from trainer_desk.services.store.engine import Store
from trainer_desk.texts import error_text

CHRISTMAS = (dt.date(2026, 12, 24), dt.date(2026, 12, 26))


def change(store: Store, **values: Any) -> int:
    return store.write("Settings", change_settings, ORGANISATION, values).value


def days(store: Store) -> list[tuple[str, dt.date, dt.date]]:
    return [(one.name, one.first, one.last) for one in store.read(list_holidays)]


def test_settings_are_stored_emptied_and_undone(store: Store) -> None:
    before = store.read(load_settings)
    change(store, organisation="  North   Works ", day_starts="07:30", working_days=(4, 0, 1), overlap_policy="block")
    after = store.read(load_settings)
    assert (after.organisation, after.day_starts, after.working_days) == ("North Works", dt.time(7, 30), (0, 1, 4))
    assert after.overlap_policy is OverlapPolicy.BLOCK
    change(store, organisation="", overlap_policy=None)
    assert store.read(load_settings).organisation == before.organisation
    undo_last(store)
    undo_last(store)
    assert store.read(load_settings) == before
    redo_last(store)
    assert store.read(load_settings) == after


@pytest.mark.parametrize(
    ("typed", "leads"), [("2 days, 30 min", (2880, 30)), ("none", ()), ("", (1440, 60)), (None, (1440, 60))]
)
def test_reminders_are_set_in_words(sqlite_store: Store, typed: str | None, leads: tuple[int, ...]) -> None:
    change(sqlite_store, reminder_minutes="15 min")
    change(sqlite_store, reminder_minutes=typed)
    assert sqlite_store.read(load_settings).reminder_minutes == leads


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a zone that is none": ({"zone": "Mars/Olympus"}, "unknown_zone"),
    "hours upside down": ({"day_starts": "18:00"}, "hours_upside_down"),
    "hours of no length": ({"day_starts": "09:00", "day_ends": "09:00"}, "hours_upside_down"),
    "no clock time": ({"day_ends": "25:00"}, "not_a_clock_time"),
    "never at work": ({"working_days": ()}, "no_working_day"),
    "an offer for no time": ({"offer_hours": 0}, "out_of_range"),
    "grace below zero": ({"grace_days": -1}, "out_of_range"),
    "a norm of nothing": ({"load_norm_hours": 0}, "out_of_range"),
    "a norm of more than a week has": ({"load_norm_hours": "169"}, "out_of_range"),
    "a reminder at no time": ({"reminder_minutes": "soon"}, "not_a_lead"),
    "a reminder after the year": ({"reminder_minutes": "400 days"}, "lead_out_of_range"),
    "reminders without end": ({"reminder_minutes": "1h, 2h, 3h, 4h, 5h"}, "too_many_leads"),
    "words for a number": ({"expiring_days": "soon"}, "not_a_number"),
    "a policy that is none": ({"overlap_policy": "shout"}, "not_one_of"),
    "a long name": ({"organisation": "x" * 201}, "too_long"),
    "a setting that is none": ({"colour": "red"}, "unknown_field"),
    "one of two": ({"organisation": "New", "presence_seconds": 5}, "out_of_range"),
}


@pytest.mark.parametrize(("values", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_is_told_and_leaves_nothing(sqlite_store: Store, values: dict[str, Any], why: str) -> None:
    before = sqlite_store.read(load_settings)
    with pytest.raises(DeskError) as refusal:
        change(sqlite_store, **values)
    assert refusal.value.facts["why"] == why
    assert error_text(refusal.value).endswith(".")
    assert sqlite_store.read(load_settings) == before


def test_a_setting_that_somebody_else_changed_is_not_overwritten(store: Store) -> None:
    seen = store.read(settings_version)
    change(store, organisation="Theirs")
    mine = (ORGANISATION, {"organisation": "Mine"})
    with pytest.raises(Stale) as refusal:
        store.write("Mine", change_settings, *mine, version=seen)
    assert store.actor in error_text(refusal.value)
    store.write("Another", change_settings, ORGANISATION, {"grace_days": 7}, version=seen)
    store.write("Mine", change_settings, *mine, version=store.read(settings_version))
    assert (store.read(load_settings).organisation, store.read(load_settings).grace_days) == ("Mine", 7)


def test_new_courses_take_the_defaults(store: Store) -> None:
    change(store, expiring_days=30, overlap_policy="block")
    made = store.write("New", create, "courses", {"code": "FIRE", "title": "Fire"}).value
    own = store.write("New", create, "courses", {"code": "GAS", "title": "Gas", "expiring_days": 5}).value
    with store.reading() as db:
        rows = {row.id: (row.expiring_days, row.overlap_policy) for row in db.execute(sa.text("SELECT * FROM courses"))}
    assert (rows[made], rows[own]) == ((30, "block"), (5, "block"))


# ---- holidays ------------------------------------------------------------------------------------------------------


def test_a_holiday_over_a_standing_session_is_told_and_blocks_new_ones(store: Store) -> None:
    with prepared(store) as db:
        standing = make_scheduled(db, starts_at=at("2026-12-24 09:00"))
        make_scheduled(db, starts_at=at("2026-12-27 00:00"))
        make_block(db, make_trainer(db), at("2026-12-24 00:00"), at("2026-12-25 00:00"))
        moved = make_scheduled(db, starts_at=at("2026-12-26 23:00"), status="DRAFT")
    made = store.write("Christmas", add_holiday, *CHRISTMAS, "Christmas").value
    assert (made.name, made.first, made.last, made.standing) == ("Christmas", *CHRISTMAS, 1)
    with pytest.raises(DeskError) as refusal:
        store.write("Schedule", publish, moved)
    assert "venue_closed" in {finding.code for finding in refusal.value.findings}
    with store.reading() as db:
        assert db.scalar(sa.select(Session.status).where(Session.id == standing)) == "SCHEDULED"
    undo_last(store)
    assert days(store) == []
    store.write("Schedule", publish, moved)


def test_a_holiday_is_renamed_and_lifted(store: Store) -> None:
    made = store.write("Christmas", add_holiday, *CHRISTMAS, "Christmas").value
    store.write("Rename", rename_holiday, made.id, "Works holiday", version=made.version)
    with pytest.raises(Stale):
        store.write("Lift", lift_holiday, made.id, version=made.version)
    assert days(store) == [("Works holiday", *CHRISTMAS)]
    store.write("Lift", lift_holiday, made.id, version=made.version + 1)
    assert days(store) == []
    with pytest.raises(NotFound):
        store.write("Lift", lift_holiday, made.id, version=made.version + 2)
    undo_last(store)
    assert days(store) == [("Works holiday", *CHRISTMAS)]


ODD: dict[str, tuple[tuple[dt.date, dt.date, str], str]] = {
    "backwards": ((CHRISTMAS[1], CHRISTMAS[0], "Christmas"), "to_before_from"),
    "without a name": ((*CHRISTMAS, "  "), "empty"),
    "longer than a year": ((CHRISTMAS[0], CHRISTMAS[0] + dt.timedelta(days=366), "Long"), "holiday_too_long"),
}


@pytest.mark.parametrize(("given", "why"), ODD.values(), ids=ODD.keys())
def test_an_odd_holiday_is_refused(sqlite_store: Store, given: tuple[dt.date, dt.date, str], why: str) -> None:
    with pytest.raises(DeskError) as refusal:
        sqlite_store.write("Holiday", add_holiday, *given)
    assert refusal.value.facts["why"] == why


def test_the_same_days_twice_are_one_holiday(sqlite_store: Store) -> None:
    sqlite_store.write("Christmas", add_holiday, *CHRISTMAS, "Christmas")
    with pytest.raises(DeskError) as refusal:
        sqlite_store.write("Christmas", add_holiday, *CHRISTMAS, "Again")
    assert error_text(refusal.value) == 'There is a holiday "Christmas" already. Choose another one.'


def test_in_another_zone_sessions_keep_their_instants_and_holidays_their_days(store: Store) -> None:
    with prepared(store) as db:
        session = make_scheduled(db, starts_at=at("2026-12-22 09:00"))
        make_block(db, None, at("2026-12-31 12:00"), at("2027-01-01 00:00"), "New Year's Eve")
    store.write("Christmas", add_holiday, *CHRISTMAS, "Christmas")
    assert change(store, zone="America/New_York") == 1
    assert days(store)[0] == ("Christmas", *CHRISTMAS)
    assert days(store)[1][1] == dt.date(2026, 12, 31)
    with store.reading() as db:
        assert db.scalar(sa.select(Session.starts_at).where(Session.id == session)) == at("2026-12-22 09:00")
        assert not check_database(db, now=store.clock.now())
    undo_last(store)
    assert store.read(load_settings).zone_name == "Europe/Berlin"
    assert days(store)[0] == ("Christmas", *CHRISTMAS)
    with store.reading() as db:
        assert db.scalar(sa.select(Setting.value).where(Setting.key == "zone")) == "Europe/Berlin"
