"""Rows that refer to rows of the same file (parts of venues, prerequisites): put in order, circles refused."""

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.exchange.importing.columns import Row
from trainer_desk.services.exchange.importing.job import Job


def in_order(
    rows: Sequence[Row],
    columns: Sequence[str],
    stored: Mapping[str, Mapping[str, str | None]],
    kind: str,
    job: Job,
) -> list[Row]:
    """Return the rows so that each comes after those that it refers to, in any order of the file.

    `columns` hold the codes referred to, `stored` maps every known code to what it refers to now, by column.
    Rows that refer to a code nobody knows, or that would close a circle, are refused.
    """
    good = {row.key: row for row in rows}
    while True:
        refused = _unknown(good, columns, stored, kind, job)
        if not refused:
            graph = {key: _targets(row, columns, stored.get(key, {})) for key, row in good.items()}
            graph |= {key: set(filter(None, to.values())) for key, to in stored.items() if key not in good}
            try:
                return [good[key] for key in TopologicalSorter(graph).static_order() if key in good]
            except CycleError as circle:
                refused = _circle(circle.args[1], good, columns, job)
        for key in refused:
            del good[key]


def _targets(row: Row, columns: Sequence[str], stored: Mapping[str, str | None]) -> set[str]:
    return {code for name in columns if (code := row.get(name, stored.get(name)))}


def _unknown(
    good: Mapping[str, Row], columns: Sequence[str], stored: Mapping[str, object], kind: str, job: Job
) -> list[str]:
    refused = []
    for key, row in good.items():
        for name in columns:
            code = row.get(name)
            if code and code not in good and code not in stored:
                job.refuse(row, NotFound(kind=kind, key=code, field=name))
                refused.append(key)
                break
    return refused


def _circle(circle: Sequence[str], good: Mapping[str, Row], columns: Sequence[str], job: Job) -> list[str]:
    """Refuse the rows of the file that make the circle; a circle stored already cannot exist."""
    refused = [key for key in dict.fromkeys(circle) if key in good and any(good[key].get(name) for name in columns)]
    shown = " → ".join(reversed(circle))
    for key in refused:
        name = next(name for name in columns if good[key].get(name))
        job.refuse(good[key], BadValue(field=name, value=good[key].get(name), why="circle", circle=shown))
    return refused
