"""The window of each role: where it begins, which pages it has, and that no other page is built on the way (ux 3)."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.factories import make_account, make_person, prepared
from tests.journeys.conftest import NOW, Centre, Workplace
from trainer_desk.models.enums import Role
from trainer_desk.services.accounts import logins
from trainer_desk.services.store.engine import Store
from trainer_desk.views.roles import ORDER, has_page

FIRST = {Role.SUPERVISOR: "today", Role.TRAINER: "my_day", Role.REQUESTER: "open_sessions"}


@pytest.mark.parametrize("role", FIRST)
def test_each_role_begins_at_its_own_page(
    qtbot: QtBot, store: Store, centre: Centre, tmp_path: Path, role: Role
) -> None:
    with prepared(store) as db:
        make_account(db, "boss", Role.ADMINISTRATOR)
        links = {"person_id": make_person(db), "trainer_id": centre.john if role is Role.TRAINER else None}
        logins.add(db, store.actor, role, **links, actor="boss", now=NOW)
    place = Workplace(qtbot, store, centre, tmp_path / "window.ini", page="")
    place.until(lambda: place.window.page)
    items = place.window.sidebar.items
    assert place.visited == [FIRST[role]]
    assert [page for page, item in items.items() if not item.isHidden()] == [
        page for page in ORDER if page in items and has_page(role, page)
    ]
    for page, item in items.items():
        if not item.isHidden():
            place.press(item)
            place.settled()
            assert place.window.page == page
    place.close()
