"""The commands that take files in and give files out: import."""

import sys
from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk import texts
from trainer_desk.cli.answer import DONE, REFUSED, Answer
from trainer_desk.cli.json_out import error_body
from trainer_desk.cli.task import Task
from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.importing.report import ImportReport, Missing, require_report_place
from trainer_desk.services.exchange.importing.run import import_file
from trainer_desk.services.exchange.new_file import new_file
from trainer_desk.services.exchange.reading_in import Way, read_table
from trainer_desk.texts.import_report import left_text, write_remarks

_SHOWN = 20
"""Warnings of one code that are written out at a terminal; --json has them all."""

_TOLD = 10_000
"""Refused rows and warnings that are told in an answer; whoever has more asks for them as a file."""


def import_csv(task: Task) -> Answer:
    """Import a file, CSV, XLSX or iCalendar; what was refused is listed row by row."""
    given = task.arguments
    store, zone = task.store, task.zone
    with ExitStack() as stack:
        stream = stack.enter_context(new_file(_report_place(given), "utf-8-sig")) if given.report else None
        way = Way(given.separator, given.sheet, _columns(given.map), given.resource)
        report = import_file(
            store,
            given.kind,
            Path(given.file),
            way=way,
            dry_run=given.dry_run,
            all_or_nothing=given.all_or_nothing,
            whole_staff=given.whole_staff,
            step=_progress if sys.stderr.isatty() else _quiet,
        )
        if stream is not None:
            write_remarks(report, read_table(Path(given.file), way), stream, zone)
    if sys.stderr.isatty():
        print("\r" + " " * 24, end="\r", file=sys.stderr)
    code = REFUSED if report.refused else DONE
    return Answer(_document(report, zone), _words(report, zone, dry_run=given.dry_run), code)


def _report_place(given: Namespace) -> Path:
    """Return where the report goes."""
    place = Path(given.report)
    require_report_place(place, Path(given.file), given.report)
    return place


def _columns(given: list[str]) -> dict[str, str] | None:
    """Return what was said of columns, `Staff no=employee_no`; nothing after the sign leaves a column out."""
    columns = {}
    for text in given:
        heading, sign, field = text.rpartition("=")
        if not sign or not heading.strip():
            raise BadValue(field="map", value=text, why="map_without_sign")
        columns[heading] = field.strip().casefold()
    return columns or None


def _document(report: ImportReport, zone: ZoneInfo) -> dict[str, Any]:
    refused = [
        {"row": row.row, "ref": row.ref or None} | error_body(row.error, zone, row.also, is_stored=False)
        for row in report.refused[:_TOLD]
    ]
    more: dict[str, Any] = {"missing": [_missing(one) for one in report.missing[:_TOLD]]} if report.agreement else {}
    if len(report.refused) > _TOLD:
        more |= {"refused_rows": len(report.refused)}
    return more | {
        "kind": report.kind,
        "rows": report.rows,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "refused": refused,
        "warnings": [
            {
                "row": warned.row,
                "ref": warned.ref,
                "code": warned.code,
                "message": texts.warning_text(warned.code, warned.facts, zone),
            }
            for warned in report.warnings[:_TOLD]
        ],
        "written": report.written,
    }


def _missing(one: Missing) -> dict[str, Any]:
    return {"employee_no": one.employee_no, "name": one.name, "sessions": list(one.places)}


def _words(report: ImportReport, zone: ZoneInfo, *, dry_run: bool) -> str:
    lines = []
    for row in report.refused[:_TOLD]:
        said = [texts.error_text(error, zone) for error in (row.error, *row.also)]
        lines.append(f"Row {row.row}{f' ({row.ref})' if row.ref else ''} was refused: {' '.join(said)}")
    shown: dict[str, int] = {}
    for warned in report.warnings:
        shown[warned.code] = shown.get(warned.code, 0) + 1
        if shown[warned.code] <= _SHOWN:
            where = f"Row {warned.row}{f' ({warned.ref})' if warned.ref else ''}: " if warned.row else ""
            lines.append(f"{where}{texts.warning_text(warned.code, warned.facts, zone)}")
    if len(report.refused) > _TOLD:
        lines.append(f"… and {len(report.refused) - _TOLD:,} more rows were refused; --report writes all of them.")
    left = sum(max(0, count - _SHOWN) for count in shown.values())
    if left:
        lines.append(f"… and {left} more remarks of these kinds.")
    lines.append(
        f"{report.rows} rows of {report.kind}: {report.added} added, {report.updated} updated,"
        f" {report.unchanged} unchanged, {len(report.refused)} refused."
    )
    if report.agreement:
        lines += [left_text(one) for one in report.missing[:_TOLD]]
        lines.append(f"{len(report.missing)} people are not in the file and were deactivated.")
    if dry_run:
        lines.append("This was a dry run: nothing was changed.")
    elif not report.written:
        lines.append("Nothing was changed, because rows were refused.")
    return "\n".join(lines)


def _progress(done: int) -> None:
    print(f"\r{done:,} rows", end="\r", file=sys.stderr, flush=True)


def _quiet(done: int) -> None:
    """Say nothing: nobody looks at a terminal."""
