"""Training records and the queues that they open: who waited for a prerequisite alone is seated (N2, N5, K5)."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from itertools import product
from pathlib import Path

from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import AttachmentOwner
from trainer_desk.services.attachments.keeping import attach
from trainer_desk.services.attachments.reading import read_incoming
from trainer_desk.services.people import records
from trainer_desk.services.rows.records import Recorded, Training
from trainer_desk.services.seats.settling import settle_stuck
from trainer_desk.services.store.engine import Store, Written
from trainer_desk.services.store.unit import Unit


def record_training(
    db: DbSession, people: Collection[int], course_id: int, training: Training, *, actor: str, now: dt.datetime
) -> Recorded:
    """Record the same training for people, and seat whom its lack kept waiting; raises as `records.record`."""
    recorded = records.record(db, people, course_id, training, actor=actor, now=now)
    settle_stuck(db, actor=actor, now=now)
    return recorded


def record_with_files(
    store: Store,
    people: Collection[int],
    course_id: int,
    training: Training,
    paths: Sequence[Path],
    *,
    label: str,
    actor: str | None = None,
) -> Written[Recorded]:
    """Record a training and attach the same files to each record, all of it as one change, or nothing.

    Raises as `records.record` and `attach_file`.
    """

    def prepare() -> Callable[[Unit], Recorded]:
        files = [read_incoming(path) for path in paths]

        def deed(unit: Unit) -> Recorded:
            recorded = record_training(unit.db, people, course_id, training, actor=unit.actor, now=unit.now)
            for key, file in product(recorded.records, files):
                attach(unit.db, AttachmentOwner.RECORD, key, file, actor=unit.actor, now=unit.now)
            return recorded

        return deed

    return store.perform(label, prepare, actor=actor)


def correct_training(
    db: DbSession, record_id: int, training: Training, *, version: int, actor: str, now: dt.datetime
) -> int:
    """Correct a record read at `version`, and seat whom its lack kept waiting; raises as `records.correct`."""
    key = records.correct(db, record_id, training, version=version, actor=actor, now=now)
    settle_stuck(db, actor=actor, now=now)
    return key
