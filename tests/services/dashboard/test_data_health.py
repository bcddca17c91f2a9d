"""What is missing in the data, against a plain look over all rows."""

import sqlalchemy as sa

from tests.factories import make_course, make_person, make_trainer, make_venue, prepared
from trainer_desk.models import Course, Person
from trainer_desk.services.dashboard.data_health import load_gaps
from trainer_desk.services.store.engine import Store
from trainer_desk.texts.exports import gap_text


def test_nothing_is_missing_where_nothing_is(store: Store) -> None:
    assert store.read(load_gaps) == ()


def test_gaps_count_all_and_name_the_first(store: Store) -> None:
    with prepared(store) as db:
        course = make_course(db, "F", short_code="FIRE", validity_months=12)
        make_course(db, "G", short_code="", validity_months=None)
        make_course(db, "H", short_code="", validity_months=None, active=False)
        make_trainer(db, "T", name="Tom", courses=[course])
        make_trainer(db, "U", name="Una")
        make_venue(db, "R", capacity=12)
        make_venue(db, "S", capacity=None)
        for name in ("Dan", "Ann", "Cy", "Ben"):
            make_person(db, name, department="", job_role="Fitter")
        make_person(db, "Eve", department="Press", job_role="")
        make_person(db, "Gone", department="", job_role="", active=False)
    gaps = {gap.code: gap for gap in store.read(load_gaps)}
    people = store.read(lambda db: db.execute(sa.select(Person.name, Person.department, Person.active)).all())
    courses = store.read(lambda db: db.execute(sa.select(Course.code, Course.validity_months, Course.active)).all())
    plain = sorted(name for name, department, active in people if active and not department)
    assert [name for _id, name in gaps["no_department"].first] == plain[:3]
    assert gaps["no_department"].count == len(plain) == 4
    assert gaps["no_job_role"].count == 1
    assert gaps["no_validity"].count == len([code for code, months, active in courses if active and months is None])
    assert [name for _id, name in gaps["no_course"].first] == ["Una"]
    assert gaps["no_capacity"].count == 1
    assert gap_text("no_department", 4) == "4 people have no department."
