"""Small steps of the tests of imports: write a file, import it, look what is stored."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Base
from trainer_desk.services.exchange.importing.report import ImportReport
from trainer_desk.services.exchange.importing.run import import_file
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.engine import Store

EUROPYTHON = Path(__file__).parents[2] / "data" / "europython-2014"
IN_ORDER = ("courses", "venues", "trainers", "qualifications", "sessions")

Bring = Callable[..., ImportReport]


def bringer(store: Store, folder: Path) -> Bring:
    """Return a function that imports text as a file of a kind."""

    def bring(kind: str, text: str, **options: Any) -> ImportReport:
        path = folder / f"{kind}.csv"
        path.write_text(text, encoding="utf-8", newline="")
        return import_file(store, kind, path, **options)

    return bring


def counts(report: ImportReport) -> tuple[int, int, int, list[tuple[int, str, str]]]:
    """Return added, updated, unchanged and the refused rows as (row, ref, code)."""
    refused = [(row.row, row.ref, row.error.code) for row in report.refused]
    return report.added, report.updated, report.unchanged, refused


def whys(report: ImportReport) -> list[tuple[int, str | None, str | None]]:
    """Return (row, field, why) of every problem."""
    problems = [(row.row, error) for row in report.refused for error in (row.error, *row.also)]
    return [(row, error.facts.get("field"), error.facts.get("why")) for row, error in problems]


def warned(report: ImportReport) -> list[tuple[int | None, str]]:
    """Return (row, code) of every warning."""
    return [(warning.row, warning.code) for warning in report.warnings]


def stored(store: Store, table: str, *columns: str, **where: Any) -> list[tuple[Any, ...]]:
    """Return columns of a table's rows, by the first column."""
    found = Base.metadata.tables[table]
    query = sa.select(*(found.c[name] for name in columns)).order_by(found.c[columns[0]])
    for name, value in where.items():
        query = query.where(found.c[name] == value)
    return [tuple(row) for row in store.read(lambda db: db.execute(query).all())]


def ids_by(db: Db, table: str, column: str) -> dict[str, int]:
    """Return the ids of a table's rows by a column."""
    found = Base.metadata.tables[table]
    return dict(db.execute(sa.select(found.c[column], found.c.id)).all())


def number_of_changes(store: Store) -> int:
    """Return how many changes the journal holds."""
    return int(store.read(lambda db: db.execute(sa.text("SELECT count(*) FROM changes")).scalar_one()))
