"""Imports a file: read and checked as a whole first, then written in one transaction, or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.directory import load_settings
from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.importing import (
    closures,
    compliance,
    courses,
    enrollments,
    equipment,
    people,
    qualifications,
    records,
    requirements,
    runs,
    sessions,
    trainers,
    venues,
)
from trainer_desk.services.exchange.importing.columns import Layout, Row, read_rows
from trainer_desk.services.exchange.importing.job import Job
from trainer_desk.services.exchange.importing.missing import deactivate_missing
from trainer_desk.services.exchange.importing.report import ImportReport
from trainer_desk.services.exchange.reading_in import AS_IT_IS, Way, read_table
from trainer_desk.services.seats.settling import settle_stuck
from trainer_desk.services.store.engine import Store, Written
from trainer_desk.services.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its columns (times are wall clock of a zone) and what writes its rows."""

    layout: Callable[[ZoneInfo], Layout]
    write: Callable[[DbSession, Sequence[Row], Job], None]
    unblocks: bool = False
    """Whether it can take away what keeps somebody who waits from a free seat (K5)."""


KINDS = {
    "people": Kind(lambda zone: people.LAYOUT, people.write, unblocks=True),
    "courses": Kind(lambda zone: courses.LAYOUT, courses.write, unblocks=True),
    "runs": Kind(lambda zone: runs.LAYOUT, runs.write),
    "venues": Kind(lambda zone: venues.LAYOUT, venues.write),
    "trainers": Kind(lambda zone: trainers.LAYOUT, trainers.write),
    "equipment": Kind(lambda zone: equipment.LAYOUT, equipment.write),
    "qualifications": Kind(lambda zone: qualifications.LAYOUT, qualifications.write),
    "requirements": Kind(lambda zone: requirements.LAYOUT, requirements.write),
    "records": Kind(lambda zone: records.LAYOUT, records.write, unblocks=True),
    "compliance": Kind(lambda zone: compliance.LAYOUT, compliance.write, unblocks=True),
    "closures": Kind(closures.layout, closures.write),
    "sessions": Kind(sessions.layout, sessions.write),
    "enrollments": Kind(lambda zone: enrollments.LAYOUT, enrollments.write),
}
"""The kinds of file that can be imported, by the word for them."""


def import_file(
    store: Store,
    kind: str,
    path: Path,
    *,
    way: Way = AS_IT_IS,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    whole_staff: bool = False,
    agreement: str | None = None,
    actor: str | None = None,
    step: Callable[[int], None] = lambda done: None,
) -> ImportReport:
    """Import a file of one kind, CSV or XLSX, and report on every row (X2).

    A refused row leaves nothing behind and the rest goes on, unless `all_or_nothing`; a `dry_run` does everything
    and takes it back. `whole_staff` (people) says that whoever is not in the file has left: they are deactivated and
    give up their places; with an `agreement`, that of an earlier report, only if they are still just the same people.
    `step` hears the number of rows done; what it raises ends the import with nothing written.
    Raises BadValue for an unknown kind, a file that cannot be read or one that cannot be the whole staff, and Stale.
    """
    operation = run_import(
        store,
        kind,
        path,
        way=way,
        dry_run=dry_run,
        all_or_nothing=all_or_nothing,
        whole_staff=whole_staff,
        agreement=agreement,
        actor=actor,
        step=step,
    )
    return operation.value


def run_import(
    store: Store,
    kind: str,
    path: Path,
    *,
    way: Way = AS_IT_IS,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    whole_staff: bool = False,
    agreement: str | None = None,
    actor: str | None = None,
    step: Callable[[int], None] = lambda done: None,
) -> Written[ImportReport]:
    """Import as `import_file`, and return with the report what changed."""
    chosen = KINDS.get(kind)
    if chosen is None:
        raise BadValue(field="kind", value=kind, why="unknown_kind", choices=sorted(KINDS))
    if whole_staff and kind != "people":
        raise BadValue(field="kind", value=kind, why="only_people_are_staff")
    zone = store.read(load_settings).zone
    layout = chosen.layout(zone)

    def prepare() -> Callable[[Unit], ImportReport]:
        report = ImportReport(kind)
        table = read_table(path, way)
        read = read_rows(table, layout, report, step)

        def write(unit: Unit) -> ImportReport:
            job = Job(report, layout, unit.actor, unit.now, zone, step, table)
            chosen.write(unit.db, read.rows, job)
            if whole_staff:
                deactivate_missing(unit.db, read, agreement, job)
            if chosen.unblocks:
                settle_stuck(unit.db, actor=unit.actor, now=unit.now)
            report.put_in_order()
            report.written = not (dry_run or (all_or_nothing and report.refused))
            if not report.written:
                unit.discard()
            return report

        return write

    return store.perform(_label(path), prepare, actor=actor)


def _label(path: Path) -> str:
    """Return the file's name as the journal can keep it: on some disks a name need not be text."""
    return path.name.encode("utf-8", "replace").decode("utf-8")
