"""The list of all changes, histories by kind, and taking any change back, on both databases (U4)."""

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import (
    MONDAY,
    at,
    make_account,
    make_block,
    make_course,
    make_draft,
    make_run,
    make_trainer,
    prepared,
)
from trainer_desk.models import Block, Change, ChangeRow, Session
from trainer_desk.models.enums import ChangeKind, Role
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import NotAllowed, NotFound, Stale
from trainer_desk.services.journal.audit import AuditFilter, load_actors, load_audit
from trainer_desk.services.journal.kinds import history_of
from trainer_desk.services.orchestration.settings import set_setting
from trainer_desk.services.orchestration.undoing import redo_last, revert, undo_last
from trainer_desk.services.planning.drafts import edit_session
from trainer_desk.services.requests.filing import file_request
from trainer_desk.services.rows.requests import Wish
from trainer_desk.services.store.engine import Store
from trainer_desk.texts import error_text

NOW = at("2026-07-06 08:55")


@pytest.fixture
def store(store_factory: StoreFactory) -> Store:
    return store_factory(FixedClock(NOW))


def draft(store: Store) -> int:
    with prepared(store) as db:
        return make_draft(db, course=make_course(db, "FIRE"), notes="First")


def note(store: Store, session: int, text: str) -> int:
    done = store.write(f"Note {text}", edit_session, session, {"notes": text}, version=None)
    return int(done.changes.change_id or 0)


def notes_of(store: Store, session: int) -> str | None:
    return store.read(lambda db: db.scalar(sa.select(Session.notes).where(Session.id == session)))


def test_the_list_is_sifted_and_read_page_by_page(store: Store) -> None:
    session = draft(store)
    for text in ("One", "Two", "Three"):
        note(store, session, text)
    undo_last(store)

    def labels(wanted: AuditFilter, **page: int) -> list[str]:
        return [line.label for line in store.read(load_audit, wanted, **page).lines]

    assert labels(AuditFilter(words="NOTE")) == ["Note Three", "Note Three", "Note Two", "Note One"]
    assert labels(AuditFilter(kind=ChangeKind.UNDO)) == ["Note Three"]
    assert labels(AuditFilter(table="courses")) == ["Prepared"]
    assert labels(AuditFilter(table="sessions", key=str(session), words="two")) == ["Note Two"]
    assert labels(AuditFilter(actor="nobody")) == []
    assert labels(AuditFilter(words="Note", since=NOW, until=NOW)) == []
    assert len(labels(AuditFilter(words="Note", since=NOW))) == 4
    page = store.read(load_audit, AuditFilter(words="Note"), limit=2)
    assert [line.is_undone for line in page.lines] == [False, True]
    assert page.lines[0].tables == ("sessions",)
    rest = store.read(load_audit, AuditFilter(words="Note"), before=page.before, limit=2)
    assert [line.label for line in rest.lines] == ["Note Two", "Note One"]
    assert rest.before is None
    assert store.actor in store.read(load_actors)


def test_any_change_is_taken_back_and_that_can_be_redone(store: Store) -> None:
    session = draft(store)
    change = note(store, session, "One")
    assert revert(store, change).value == "Note One"
    assert notes_of(store, session) == "First"
    with pytest.raises(Stale) as again:
        revert(store, change)
    assert "taken back already" in error_text(again.value, None)
    assert redo_last(store).value == "Note One"
    assert notes_of(store, session) == "One"
    back = store.read(lambda db: db.scalar(sa.select(sa.func.max(Change.id))))
    assert revert(store, back).value == "Note One"
    with pytest.raises(NotFound):
        revert(store, 4711)


def test_a_change_that_somebody_wrote_over_stays_and_it_says_who(store: Store) -> None:
    session = draft(store)
    change = note(store, session, "One")
    note(store, session, "Two")
    with pytest.raises(Stale) as refusal:
        revert(store, change)
    assert (refusal.value.facts["by"], refusal.value.facts["label"]) == (store.actor, "Note Two")
    assert notes_of(store, session) == "Two"


@pytest.mark.parametrize(
    ("role", "is_setting", "may"),
    [(Role.SUPERVISOR, False, True), (Role.SUPERVISOR, True, False), (Role.TRAINER, False, False)],
)
def test_others_changes_are_for_those_who_plan(sqlite_store: Store, role: Role, is_setting: bool, may: bool) -> None:
    """In a file, where a name can be given; on a server the login counts."""
    store = sqlite_store
    session = draft(store)
    change = note(store, session, "One")
    if is_setting:
        change = int(store.write("Name", set_setting, "organisation", "Acme").changes.change_id or 0)
    with prepared(store) as db:
        make_account(db, "mary", role)
    if may:
        revert(store, change, actor="mary")
        by = store.read(lambda db: db.scalar(sa.select(Change.actor).where(Change.undoes == change)))
        assert (by, notes_of(store, session)) == ("mary", "First")
    else:
        with pytest.raises(NotAllowed):
            revert(store, change, actor="mary")


def test_a_requester_takes_back_own_requests_and_nobody_elses(sqlite_store: Store) -> None:
    """Of what its role may write at all, a requester may take back only what it did itself; in a file, as above."""
    store = sqlite_store
    with prepared(store) as db:
        course = make_course(db, "FIRE")
        for login in ("ann", "bob"):
            make_account(db, login, Role.REQUESTER)
    filed = store.write("Ask for FIRE", file_request, Wish(course), actor="ann").changes.change_id
    assert filed is not None
    with pytest.raises(NotAllowed):
        revert(store, filed, actor="bob")
    assert revert(store, filed, actor="ann").value == "Ask for FIRE"


def test_what_has_no_panel_has_a_history(store: Store) -> None:
    with prepared(store) as db:
        trainer = make_trainer(db, "T1")
        block = make_block(db, trainer, MONDAY, MONDAY.replace(hour=23))
        run = make_run(db, "JULY")
    store.write("Name", set_setting, "organisation", "Acme")
    assert next(one.label for one in store.read(history_of, "setting", "organisation")) == "Name"
    assert [row[0] for one in store.read(history_of, "absence", block) for row in one.rows] == ["blocks"]
    assert [row[0] for one in store.read(history_of, "run", run) for row in one.rows] == ["runs"]
    assert store.read(lambda db: db.scalar(sa.select(sa.func.count()).select_from(Block))) == 1


@pytest.mark.parametrize("table", [Change, ChangeRow], ids=["changes", "rows"])
def test_entries_cannot_be_edited_or_removed(store: Store, table: type[Change] | type[ChangeRow]) -> None:
    draft(store)
    column = table.label if table is Change else ChangeRow.pk
    for statement in (sa.update(table).values({column.key: "x"}), sa.delete(table)):
        with pytest.raises(sa.exc.IntegrityError, match="journal_is_append_only"), store.writing("Tampering") as unit:
            unit.db.execute(statement)
    assert store.read(lambda db: db.scalar(sa.select(sa.func.count()).where(column == "x"))) == 0
