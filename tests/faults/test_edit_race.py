"""Real processes that edit one session at one instant: one saves, the others are told, nothing is overwritten (U5)."""

from collections import Counter

from tests.databases import StoreFactory
from tests.factories import MONDAY, make_course, make_draft, prepared
from tests.faults.conftest import COUNT
from tests.faults.edit_deeds import edit, edit_and_merge
from tests.faults.workstations import Task, Workstations
from trainer_desk.services.clock import Clock
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.planning.board import load_session
from trainer_desk.services.planning.fields import fields_of
from trainer_desk.services.rows.schedule import SessionDetail
from trainer_desk.services.store.engine import Store

FIELDS = ("title", "description", "notes")


def drafted(store: Store) -> tuple[int, SessionDetail]:
    """Make the session that all of them edit."""
    with prepared(store) as db:
        session = make_draft(db, course=make_course(db, "FIRE"), starts_at=MONDAY, minutes=60)
    return session, stored(store, session)


def stored(store: Store, session: int) -> SessionDetail:
    """Read the session, and prove the database on the way."""
    with store.snapshot() as db:
        assert check_database(db) == []
    return store.read(load_session, session, now=Clock().now())


def test_of_those_who_save_on_one_version_one_does_and_the_others_are_told(
    store_factory: StoreFactory, workstations: Workstations
) -> None:
    store = store_factory()
    session, before = drafted(store)
    version = before.card.version
    tasks = [Task(store_factory.url, edit, (session, {"notes": f"N{n}"}, version)) for n in range(COUNT)]
    answers = workstations.do(tasks)
    assert Counter(answer.code for answer in answers) == {None: 1, "stale": COUNT - 1}
    [winner] = [number for number, answer in enumerate(answers) if answer.code is None]
    after = stored(store, session)
    assert (after.notes, after.card.version) == (f"N{winner}", version + 1)


def test_different_fields_all_stand_and_of_the_same_field_the_first(
    store_factory: StoreFactory, workstations: Workstations
) -> None:
    store = store_factory()
    session, before = drafted(store)
    base, version = fields_of(before), before.card.version
    wanted = [{FIELDS[n % len(FIELDS)]: f"N{n}"} for n in range(COUNT)]
    answers = workstations.do(
        [Task(store_factory.url, edit_and_merge, (session, fields, version, base)) for fields in wanted]
    )
    done = [wanted[number] for number, answer in enumerate(answers) if answer.code is None]
    assert sorted(name for fields in done for name in fields) == sorted(FIELDS)
    after = fields_of(stored(store, session))
    assert {name: after[name] for name in FIELDS} == {name: value for fields in done for name, value in fields.items()}
    assert {answer.code for answer in answers} == {None, "stale"}
