"""What docs/server-administration.md tells about backups is done here, with PostgreSQL's own programs, to the end."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest

from tests.factories import at, make_scheduled, make_trainer, prepared
from tests.faults.clusters import OwnServer, own_server, programs
from tests.logins import login_url, make_login
from trainer_desk.models.enums import Role
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.catalogue import create
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.store.engine import create_store, open_store

pytestmark = pytest.mark.postgres
NOW = at("2026-07-06 07:30")

RIGHTS = {
    "tables": "SELECT relname, relacl::text, relrowsecurity, pg_get_userbyid(relowner) FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S')",
    "columns": "SELECT attrelid::regclass::text, attname, attacl::text FROM pg_attribute WHERE attacl IS NOT NULL",
    "functions": "SELECT oid::regprocedure::text, proacl::text, prosecdef, proconfig::text, pg_get_userbyid(proowner)"
    " FROM pg_proc WHERE pronamespace = 'public'::regnamespace OR proname LIKE '%advisory%' OR proname LIKE 'lo\\_%'",
    "policies": "SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies",
    "triggers": "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal",
    "constraints": "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "database": "SELECT datacl::text, pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()",
    "members": "SELECT roleid::regrole::text, member::regrole::text, admin_option FROM pg_auth_members",
}
"""Everything that protects the data, and everything that keeps them right."""


@dataclass
class Drill:
    """Two servers: one with an organisation and logins, and an empty one that takes its place."""

    old: OwnServer
    new: OwnServer
    trainer: str
    administrator: str


@pytest.fixture
def drill() -> Iterator[Drill]:
    """Run both."""
    with programs() as place, own_server(place) as old, own_server(place) as new:
        old.tell("CREATE DATABASE desk")
        store = create_store(old.url("desk"))
        with prepared(store) as db:
            john, aisha = make_trainer(db), make_trainer(db)
            make_scheduled(db, trainer=john, starts_at=at("2026-07-07 09:00"))
            make_scheduled(db, trainer=aisha, starts_at=at("2026-07-08 09:00"))
        trainer = make_login(store, Role.TRAINER, trainer_id=john)
        administrator = make_login(store, Role.ADMINISTRATOR)
        store.close()
        yield Drill(old, new, trainer, administrator)


def rights_of(server: OwnServer) -> dict[str, list[str]]:
    with psycopg.connect(server.url("desk")) as db:
        return {name: sorted(map(str, db.execute(query))) for name, query in RIGHTS.items()}  # type: ignore[call-overload]


def at_server(server: OwnServer) -> tuple[str, ...]:
    return ("-h", "127.0.0.1", "-p", str(server.port), "-U", "postgres")


def restore(drill: Drill) -> None:
    """Do what the page tells, in its order."""
    place = drill.old.place
    roles, dump = (str(place.data / name) for name in ("roles.sql", "desk.dump"))
    place.run("pg_dumpall", *at_server(drill.old), "--roles-only", "-f", roles)
    place.run("pg_dump", *at_server(drill.old), "-Fc", "-f", dump, "desk")
    # The superuser is there already on the new server, which psql would stop at.
    place.run("psql", *at_server(drill.new), "-d", "postgres", "-f", roles)
    place.run("pg_restore", *at_server(drill.new), "--create", "--exit-on-error", "-d", "postgres", dump)


def test_an_organisation_is_restored_on_another_server_with_its_logins_and_rights(drill: Drill) -> None:
    before = rights_of(drill.old)
    restore(drill)
    assert rights_of(drill.new) == before
    drill.old.stop()
    url = drill.new.url("desk")
    store = open_store(login_url(url, drill.administrator))
    with store.snapshot() as db:
        assert check_database(db, now=NOW) == []
    made = store.write("Add", create, "courses", {"code": "NEW", "title": "New", "duration_minutes": 60})
    assert made.changes.change_id is not None
    store.close()
    with psycopg.connect(login_url(url, drill.trainer)) as db:
        assert db.execute("SELECT count(*) FROM sessions").fetchone() == (1,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute("DELETE FROM sessions")
    trainer = open_store(login_url(url, drill.trainer))
    with pytest.raises(DeskError) as refused:
        trainer.write("Add", create, "courses", {"code": "X", "title": "X", "duration_minutes": 60})
    assert refused.value.code == "not_allowed"
    trainer.close()
