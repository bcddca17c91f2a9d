"""Whom to call in an emergency: each look is recorded, and Ctrl+Z passes over it (A4)."""

import pytest
import sqlalchemy as sa

from tests.factories import make_account, make_person, prepared
from trainer_desk.models import ContactLook
from trainer_desk.models.enums import Role
from trainer_desk.services.errors import BadValue, NotAllowed, NotFound
from trainer_desk.services.journal.steps import next_redo, next_undo
from trainer_desk.services.orchestration.catalogue import change
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.people.contacts import look_at, set_contact
from trainer_desk.services.rights import may
from trainer_desk.services.rows.records import ContactRow
from trainer_desk.services.store.engine import Store


@pytest.fixture
def ada(store: Store) -> int:
    with prepared(store) as db:
        return make_person(db, "Ada", employee_no="E1")


def looks(store: Store) -> list[tuple[int, str]]:
    with store.reading() as db:
        return [tuple(row) for row in db.execute(sa.select(ContactLook.person_id, ContactLook.looked_by))]


def test_a_contact_is_shown_and_the_look_recorded(store: Store, ada: int) -> None:
    assert store.write("Look", look_at, ada).value == ContactRow(None, None)
    store.write("Set", set_contact, ada, " Bo  Led ", "+44 1")
    assert store.write("Look", look_at, ada, actor="marta").value == ContactRow("Bo Led", "+44 1")
    store.write("Set", set_contact, ada, None, "+44 2")
    assert store.write("Look", look_at, ada).value == ContactRow(None, "+44 2")
    second = "marta" if store.is_file else store.actor  # on a server it is the login, whatever name is given
    assert looks(store) == [(ada, store.actor), (ada, second), (ada, store.actor)]


def test_undo_and_redo_pass_over_looks(store: Store, ada: int) -> None:
    store.write("Rename", change, "people", ada, {"name": "Ada B"}, version=1)
    store.write("Look", look_at, ada)
    step = store.read(next_undo, store.actor)
    assert step is not None
    assert step.label == "Rename"
    assert undo_last(store).value == "Rename"
    store.write("Look", look_at, ada)
    redo = store.read(next_redo, store.actor)
    assert redo is not None
    assert redo.label == "Rename"
    assert len(looks(store)) == 2


def test_an_unknown_person_and_half_a_text_are_refused(store: Store, ada: int) -> None:
    with pytest.raises(NotFound):
        store.write("Look", look_at, 999)
    with pytest.raises(BadValue):
        store.write("Set", set_contact, ada, "a\0b", None)
    assert not looks(store)


def test_only_supervisors_and_administrators_look(sqlite_store: Store) -> None:
    with prepared(sqlite_store) as db:
        ada = make_person(db)
        for role in Role:
            make_account(db, role.value, role)
    for role in Role:
        if may(role, look_at):
            sqlite_store.write("Look", look_at, ada, actor=role.value)
            continue
        with pytest.raises(NotAllowed):
            sqlite_store.write("Look", look_at, ada, actor=role.value)
    assert {who for _person, who in looks(sqlite_store)} == {Role.SUPERVISOR, Role.ADMINISTRATOR}
