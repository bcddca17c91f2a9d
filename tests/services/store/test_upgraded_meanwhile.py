"""A program that was open while a newer one upgraded the database writes nothing more, and says so (O1)."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import make_person, prepared
from tests.services.store.test_upgrade import ADD, update_program
from trainer_desk.models import Change, Person
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.orchestration.settings import set_setting
from trainer_desk.services.store.upgrade import upgrade_database
from trainer_desk.texts import error_text


def test_an_older_program_that_is_open_writes_nothing_more(
    store_factory: StoreFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_factory()
    with prepared(store) as db:
        make_person(db)
    store.write("Name", set_setting, "organisation", "Harbour")
    with monkeypatch.context() as newer:
        update_program(newer, tmp_path, ADD)
        upgrade_database(store_factory.url)
        store.write("Name", set_setting, "organisation", "Quay")
    with store.reading() as db:
        before = db.scalar(sa.select(sa.func.count()).select_from(Change))
    with pytest.raises(DatabaseTrouble) as refusal:
        store.write("Name", set_setting, "organisation", "Lock")
    assert refusal.value.facts["why"] == "upgraded_meanwhile"
    assert "newer version" in error_text(refusal.value)
    with store.reading() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(Change)) == before
        assert db.execute(sa.text("SELECT value FROM settings WHERE key = 'organisation'")).scalar_one() == "Quay"
        assert len(db.execute(sa.select(Person.name)).all()) == 1, "what can still be read is read"
