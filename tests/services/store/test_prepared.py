"""Statements answered by the driver itself: rows and refusals are those of SQLAlchemy, in the order asked."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Db

from tests.factories import MONDAY, make_course, make_people, make_scheduled, prepared
from trainer_desk.models import Base
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.lists import Among
from trainer_desk.services.store.prepared import Answers, Prepared, together
from trainer_desk.services.store.trouble import constraint_of

SESSIONS, PEOPLE, COURSES = (Base.metadata.tables[name] for name in ("sessions", "people", "courses"))
INSTANT = SESSIONS.c.starts_at.type
CODES = Prepared(sa.select(COURSES.c.code).order_by(COURSES.c.code))
RENAME = Prepared(
    sa.update(COURSES).values(code=sa.bindparam("name"), version=COURSES.c.version + 1).returning(COURSES.c.code)
)
KINDS = (
    sa.select(
        SESSIONS.c.starts_at,
        PEOPLE.c.active,
        PEOPLE.c.intake_on,
        sa.func.coalesce(SESSIONS.c.title, COURSES.c.title).label("title"),
        sa.literal("told").label("word"),
        sa.func.count(),
    )
    .select_from(SESSIONS)
    .join(COURSES, COURSES.c.id == SESSIONS.c.course_id)
    .join(PEOPLE, Among(PEOPLE.c.id, "people"))
    .where(SESSIONS.c.ends_at > sa.bindparam("now", type_=INSTANT), PEOPLE.c.active.is_(sa.true()))
    .group_by(SESSIONS.c.id, COURSES.c.id, PEOPLE.c.id)
    .order_by(PEOPLE.c.id)
)


def test_rows_are_those_that_sqlalchemy_gives(store: Store) -> None:
    with prepared(store) as db:
        make_scheduled(db)
        people = make_people(db, 3)
        db.execute(sa.text("UPDATE people SET intake_on = '2026-01-02', version = version + 1 WHERE id = 2"))
    asked: dict[str, Any] = {"people": people[:2], "now": MONDAY.astimezone(dt.UTC) - dt.timedelta(days=1)}
    question = Prepared(KINDS)
    with store.reading() as db:
        by_sqlalchemy = [tuple(row) for row in db.execute(KINDS, asked)]
        rows = question.rows(db, **asked)
        [again, codes] = together(db, (question, asked), (CODES, {}))
    assert len(rows) == 2
    assert [tuple(row) for row in rows] == by_sqlalchemy == [tuple(row) for row in again]
    assert (rows[0].word, rows[0].active) == ("told", True)
    assert len(codes) == 1


def test_each_sees_what_those_before_it_wrote(store: Store) -> None:
    def verb(db: Db, **_facts: Any) -> list[list[Any]]:
        make_course(db, "OLD")
        db.flush()
        return together(db, (CODES, {}), (RENAME, {"name": "NEW"}), (CODES, {}))

    answers = store.write("Rename", verb).value
    assert [[row.code for row in rows] for rows in answers] == [["OLD"], ["NEW"], ["NEW"]]


def test_a_refusal_is_sqlalchemys_and_leaves_the_rest_standing(store: Store) -> None:
    """The first that is refused is told, alone and among others; behind a savepoint the transaction goes on."""

    def verb(db: Db, **_facts: Any) -> None:
        make_course(db, "A")
        make_course(db, "B")
        db.flush()
        same = (RENAME, {"name": "C"})
        for asked in ([same], [(CODES, {}), same, (CODES, {})]):
            with pytest.raises(IntegrityError) as refusal, db.begin_nested():
                together(db, *asked)
            assert constraint_of(refusal.value) == "uq_courses_code"

    store.write("Add", verb)
    assert store.read(lambda db: [row.code for row in CODES.rows(db)]) == ["A", "B"]


def test_an_answer_that_came_along_holds_for_its_values_until_something_is_written(store: Store) -> None:
    one = Prepared(sa.select(COURSES.c.code).where(COURSES.c.code == sa.bindparam("code")))
    with store.reading() as db:
        known = Answers([((one, {"code": "A"}), ["known"])])
        assert known.rows(db, one, code="A") == ["known"]
        assert known.rows(db, one, code="B") == []
        known.forget()
        assert known.rows(db, one, code="A") == []
