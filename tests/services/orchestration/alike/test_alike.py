"""Whatever the marks are, the server certifies as the program does, to the letter and the checksum (A5, N1, U2)."""

import logging
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session as Db

from tests.databases import StoreFactory, postgres_organisation
from tests.factories import at
from tests.postgres_server import Run
from tests.services.orchestration.alike.organisations import Organisation, edges, plan_of
from trainer_desk.models import Base
from trainer_desk.services.orchestration.certifying import certify
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-20 12:00")
CERTIFICATES, ITEMS = (Base.metadata.tables[name] for name in ("certificates", "compliance_items"))
PLANS = [
    *(pytest.param(plan, id=f"edge-{place}") for place, plan in enumerate(edges())),
    *(pytest.param(plan_of(number), id=str(number)) for number in range(8)),
    *(pytest.param(plan_of(number), id=str(number), marks=pytest.mark.nightly) for number in range(8, 200)),
]
"""The organisations that are compared: some always, many at night."""

SAID = [column for column in CERTIFICATES.columns if column.name != "id"]


@pytest.fixture(scope="module")
def server(run: Run, postgres_server: str) -> Any:
    """Give one organisation that all examples share: each of them is thrown away."""
    logging.getLogger("trainer_desk").setLevel(logging.ERROR)
    with postgres_organisation(run, postgres_server) as url:
        factory = StoreFactory(url)
        yield factory()
        factory.close()


def by_program(db: Db, made: Organisation) -> None:
    certify(db, made.sessions, actor="postgres", now=NOW)


def by_server(db: Db, made: Organisation) -> None:
    for session in made.sessions:
        db.execute(sa.text("SELECT certify_people(:session, NULL, :now)"), {"session": session, "now": NOW})


def outcome(db: Db) -> tuple[list[Any], list[Any]]:
    """Give all certificates and items as they are."""
    rows = db.execute(sa.select(*SAID).order_by(CERTIFICATES.c.number, CERTIFICATES.c.revision)).all()
    items = db.execute(sa.select(ITEMS).order_by(ITEMS.c.course_id, ITEMS.c.person_id)).all()
    return [tuple(row) for row in rows], [tuple(row) for row in items]


def compare(db: Db, made: Organisation) -> None:
    """Do it both ways from the same state, and go on with the server's."""
    attempt = db.begin_nested()
    by_program(db, made)
    wanted = outcome(db)
    attempt.rollback()
    by_server(db, made)
    assert outcome(db) == wanted


@pytest.mark.postgres
@pytest.mark.parametrize("plan", PLANS)
def test_certificates_and_items_are_the_same_by_both(server: Store, plan: dict[str, Any]) -> None:
    with server.writing("Thrown away") as unit:
        unit.discard()
        made = Organisation(unit.db, plan)
        recompute(unit.db)
        compare(unit.db, made)
        for change in plan["changes"]:
            made.change(change)
            compare(unit.db, made)


@pytest.mark.postgres
@pytest.mark.parametrize("plan", PLANS)
def test_every_item_is_the_same_by_both(server: Store, plan: dict[str, Any]) -> None:
    with server.writing("Thrown away") as unit:
        unit.discard()
        made = Organisation(unit.db, plan)
        by_program(unit.db, made)
        recompute(unit.db)
        _certificates, wanted = outcome(unit.db)
        unit.db.execute(sa.delete(ITEMS))
        pairs = {"courses": list(made.courses), "people": made.people}
        asked = (
            "SELECT follow_compliance(c, p) FROM unnest(CAST(:courses AS int[])) c, unnest(CAST(:people AS int[])) p"
        )
        unit.db.execute(sa.text(asked), pairs)
        assert outcome(unit.db)[1] == wanted
