"""What was attested before something newer was said: only the newest is kept in its table, so the journal tells it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

import sqlalchemy as sa

from trainer_desk.models import ChangeRow
from trainer_desk.services.people.compliance_facts import FEW, SAID, Pair, Row, Told, Until, read_instant
from trainer_desk.services.store.db import Db, plain
from trainer_desk.services.store.gate import goes_through_gate
from trainer_desk.services.store.lists import Among

LATER = sa.select(SAID.c.course_id, SAID.c.person_id).where(
    Among(SAID.c.course_id, "courses"),
    SAID.c.stated_at >= sa.bindparam("ended_at", type_=SAID.c.stated_at.type),
    SAID.c.deleted_at.is_(None),
    SAID.c.version > 1,
)
"""Of whom something was said after an instant and not for the first time: the others have no older words."""

LATER_OF = LATER.where(Among(SAID.c.person_id, "people"))
IMAGES = (
    sa.select(ChangeRow.pk, ChangeRow.before)
    .where(ChangeRow.tbl == SAID.name, Among(ChangeRow.pk, "keys"), ChangeRow.before.is_not(None))
    .order_by(ChangeRow.id)
)


def add_said_before(db: Db, told: Told, courses: Collection[int], people: Collection[int] | None, until: Until) -> None:
    """Add to what was told what was attested by then of people of whom something was attested later."""
    for (course, person), words in older_words(db, courses, people, until.ended_at).items():
        row = said_by(words, until.ended_at)
        if row is not None:
            told.said[course][person] = row


def older_words(
    db: Db, courses: Collection[int], people: Collection[int] | None, ended_at: dt.datetime
) -> dict[Pair, list[Row]]:
    """Return what was attested earlier where something was attested after an instant (UTC), the oldest first.

    Each row is a status, a last valid day and an instant. Logins that may not read the journal are told nothing.
    """
    asked = {"courses": sorted(courses), "ended_at": ended_at}
    if people is None:
        later = plain(db).execute(LATER, asked).all()
    else:
        later = plain(db).execute(LATER_OF, asked | {"people": sorted(people)}).all()
    if not later or goes_through_gate(db):
        return {}
    keys = {f"{course},{person}": (course, person) for course, person in later}
    found: dict[Pair, list[Row]] = defaultdict(list)
    for start in range(0, len(keys), FEW):
        for key, image in db.execute(IMAGES, {"keys": list(keys)[start : start + FEW]}):
            if image["deleted_at"] is None:
                found[keys[key]].append((image["status"], image["expires_on"], image["stated_at"]))
    return found


def said_by(words: Iterable[Row], ended_at: dt.datetime) -> Row | None:
    """Return the last of these words, the oldest first, that were said before an instant."""
    before = [row for row in words if read_instant(row[2]) < ended_at]
    return before[-1] if before else None
