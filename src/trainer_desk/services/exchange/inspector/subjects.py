"""Of whom a pack can be made: the thing that one looks at, and every site and course (X6)."""

import sqlalchemy as sa

from trainer_desk.services.exchange.selection import COURSES, PEOPLE
from trainer_desk.services.rows.inspector import PackSubject
from trainer_desk.services.store.db import Db

SITES = sa.select(PEOPLE.c.site).where(PEOPLE.c.site > "").distinct().order_by(PEOPLE.c.site)
IN_USE = sa.select(COURSES.c.code, COURSES.c.title).where(COURSES.c.active.is_(sa.true())).order_by(COURSES.c.title)


def load_subjects(db: Db, kind: str = "", thing_id: int = 0) -> list[PackSubject]:
    """Return the person or course of a page first, if one is named by kind and id, then sites and courses by name."""
    own: list[PackSubject] = []
    if kind == "people":
        rows = db.execute(sa.select(PEOPLE.c.employee_no, PEOPLE.c.name).where(PEOPLE.c.id == thing_id))
        own = [PackSubject("person", number, name) for number, name in rows]
    elif kind == "courses":
        rows = db.execute(sa.select(COURSES.c.code, COURSES.c.title).where(COURSES.c.id == thing_id))
        own = [PackSubject("course", code, title) for code, title in rows]
    sites = [PackSubject("site", site, site) for site in db.execute(SITES).scalars()]
    courses = [PackSubject("course", code, title) for code, title in db.execute(IN_USE)]
    return [*own, *(one for one in (*sites, *courses) if one not in own)]
