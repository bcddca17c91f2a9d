"""Makes compliance follow rows that were put back: each fact concerns a person, a course or a pair of them (N1)."""

from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.journal.images import Image, NetRow
from trainer_desk.services.people.compliance import recompute

PAIRED = frozenset({"attestations", "certificates", "training_records"})
FOLLOWED = PAIRED | {"people", "courses", "requirements"}
"""The journaled tables from which compliance items follow."""


def recompute_after(db: DbSession, rows: Iterable[NetRow]) -> None:
    """Make the items anew that hang on these rows, as they are now and as they were."""
    images = [(row.table, image) for row in rows if row.table in FOLLOWED for image in (row.before, row.after) if image]
    recompute(db, people={int(image["id"]) for table, image in images if table == "people"})
    recompute(db, courses=set(_courses(images)))
    pairs = [(int(image["person_id"]), int(image["course_id"])) for table, image in images if table in PAIRED]
    recompute(db, people={person for person, _ in pairs}, courses={course for _, course in pairs})


def _courses(images: Iterable[tuple[str, Image]]) -> Iterator[int]:
    """Yield the courses of rules, those that differ themselves, and those that they renewed or renew again."""
    for table, image in images:
        if table == "requirements":
            yield int(image["course_id"])
        if table == "courses":
            yield int(image["id"])
            if image["renews_id"] is not None:
                yield int(image["renews_id"])
