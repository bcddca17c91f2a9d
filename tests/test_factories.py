"""What the factories make must be what the database accepts, on every kind of database."""

import pytest
import sqlalchemy as sa

from tests import factories
from tests.factories import make_draft, make_enrollment, make_person, make_scheduled, make_trainer, make_venue, prepared
from trainer_desk import models
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.store.engine import Store


def test_a_scheduled_session_holds_its_trainers_its_equipment_and_the_parts_of_its_venue(store: Store) -> None:
    with prepared(store) as db:
        hall = make_venue(db, turnaround_minutes=15)
        parts = [make_venue(db, part_of=hall), make_venue(db, part_of=hall)]
        helpers = [make_trainer(db)]
        beamer = factories.make_equipment(db)
        session = make_scheduled(db, venue=hall, co_trainers=helpers, equipment=[beamer])
    query = sa.select(models.Claim.resource_id).where(models.Claim.session_id == session)
    claimed = store.read(lambda db: set(db.execute(query).scalars()))
    assert {*parts, *helpers, beamer} < claimed
    assert hall not in claimed
    assert len(claimed) == 5


def test_the_rest_can_be_made_in_one_change(store: Store) -> None:
    with prepared(store) as db:
        draft = make_draft(db, capacity=2, extra={"catering": True})
        person = make_person(db, "Grace Hopper", department="Navy")
        course = factories.make_course(db)
        factories.make_compliance(db, person, course, ComplianceStatus.PENDING)
        factories.make_block(db, make_trainer(db), factories.at("2026-07-06 09:00"), factories.at("2026-07-07 09:00"))
        make_enrollment(db, draft, person)
    query = sa.select(models.Session.seats_taken).where(models.Session.id == draft)
    assert store.read(lambda db: db.execute(query).scalar_one()) == 1
    labels = store.read(lambda db: list(db.execute(sa.select(models.Change.label)).scalars()))
    assert labels.count("Prepared") == 1


def test_overlapping_claims_are_refused_by_the_database_itself(each_store: Store) -> None:
    with prepared(each_store) as db:
        trainer = make_trainer(db)
        make_scheduled(db, trainer=trainer)
    with pytest.raises(Exception, match="claims"), prepared(each_store) as db:
        make_scheduled(db, trainer=trainer)
