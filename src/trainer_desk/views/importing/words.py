"""What an import comes to, in words: counts, and every row that was refused or should be known; pure."""

from zoneinfo import ZoneInfo

from trainer_desk.services.exchange.importing.report import ImportReport
from trainer_desk.texts import warning_text
from trainer_desk.texts.import_report import left_text, refused_text
from trainer_desk.texts.translate import _, plural

MOST = 1000
"""So many remarks are listed; whoever has more must mend the file first."""

Remark = tuple[str, str, str, bool]
"""The row of the file, its key, the sentence, and whether the row was refused."""


def remarks(report: ImportReport, zone: ZoneInfo) -> list[Remark]:
    """Return the refused rows with all their reasons, then what else should be known."""
    found: list[Remark] = [(str(row.row), row.ref, refused_text(row, zone), True) for row in report.refused[:MOST]]
    found += [("", one.employee_no, left_text(one), False) for one in report.missing[: MOST - len(found)]]
    for warned in report.warnings[: MOST - len(found)]:
        line = "" if warned.row is None else str(warned.row)
        found.append((line, warned.ref or "", warning_text(warned.code, warned.facts, zone), False))
    return found


def import_verb(report: ImportReport) -> str:
    """Return what the button says: `Import 12 rows`, and how many are left out."""
    rows = plural("Import {n} row", "Import {n} rows", report.added + report.updated)
    if report.missing:
        left = plural("deactivate {n} person", "deactivate {n} people", len(report.missing))
        rows = _("{rows}, {left}").format(rows=rows, left=left)
    if not report.refused:
        return rows
    return _("{rows}, leave out {n}").format(rows=rows, n=f"{len(report.refused):,}")


def imported_text(report: ImportReport, title: str) -> str:
    """Return the sentence of the toast: `Courses imported: 3 added, 2 changed, 1 left out.`"""
    parts = [
        _("{n} added").format(n=f"{report.added:,}"),
        _("{n} changed").format(n=f"{report.updated:,}"),
    ]
    if report.missing:
        parts.append(_("{n} deactivated").format(n=f"{len(report.missing):,}"))
    if report.refused:
        parts.append(_("{n} left out").format(n=f"{len(report.refused):,}"))
    return _("{title} imported: {counts}.").format(title=title, counts=", ".join(parts))
