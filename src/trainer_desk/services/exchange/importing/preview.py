"""Looks into a file before it is imported: its columns with their first values, and which fields they probably are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path

from trainer_desk.services.directory import load_settings
from trainer_desk.services.exchange import csv_in
from trainer_desk.services.exchange.importing.run import KINDS
from trainer_desk.services.exchange.incoming import unreadable
from trainer_desk.services.exchange.reading_in import AS_IT_IS, IncomingTable, Way, read_table
from trainer_desk.services.exchange.xlsx_in import WorkbookSheet
from trainer_desk.services.store.db import Db

SHOWN_ROWS = 5
_AT_ONCE = 1 << 20

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "employee_no": (
        "employeeid", "employeenumber", "employeeno", "employee", "staffno", "staffid", "staffnumber", "personnelno",
        "personnelnumber", "payrollno", "payrollnumber", "empno", "empid", "workerid", "personno", "personid",
    ),
    "name": ("fullname", "employeename", "staffname", "displayname", "coursename", "venuename", "trainername"),
    "title": ("coursetitle", "name", "coursename"),
    "code": ("id", "no", "number", "coursecode", "courseno", "venuecode", "trainercode", "roomcode", "runcode"),
    "department": ("dept", "team", "division", "costcentre", "costcenter"),
    "site": ("location", "plant", "branch", "office"),
    "job_role": ("role", "job", "jobtitle", "position", "function"),
    "manager_no": ("manager", "managerid", "managernumber", "supervisor", "supervisorno", "reportsto"),
    "email": ("mail", "emailaddress", "eaddress", "workemail"),
    "phone": ("telephone", "tel", "mobile", "phonenumber", "mobilephone"),
    "active": ("inuse", "isactive", "enabled"),
    "emergency_contact_name": ("emergencycontact", "nextofkin"),
    "emergency_contact_phone": ("emergencyphone", "nextofkinphone"),
    "intake_on": ("intake", "intakedate", "started", "startdate", "hiredate", "hiredon", "joined"),
    "course": ("coursecode", "courseid", "training"),
    "trainer": ("trainercode", "instructor", "teacher"),
    "venue": ("venuecode", "room", "roomcode"),
    "held_on": ("date", "trainingdate", "completed", "completedon", "completiondate", "heldon"),
    "expires_on": ("expires", "expiry", "expirydate", "validuntil", "validto"),
    "number": ("certificateno", "certificatenumber", "certno"),
    "provider": ("trainingprovider", "heldby"),
    "duration_minutes": ("duration", "minutes", "length"),
    "validity_months": ("validity", "months", "validfor"),
    "start": ("starts", "begin", "from", "startsat"),
    "end": ("ends", "until", "to", "endsat"),
    "starts": ("start", "from", "begin"),
    "ends": ("end", "until", "to"),
    "session": ("ref", "sessionref", "sessionid"),
    "ref": ("session", "sessionref", "id"),
}  # fmt: skip
"""What other programs call our columns, in letters and digits only."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The columns of a file as written and normalised, its first rows, and the fields that they may become.

    `fields` are all of the kind, `needed` those without which no row has a key, `guess` the field of each column by
    its normalised name; "" is one that is not taken. `digest` tells the same file again (SHA-256). `lines` are about
    its rows: a text broken inside a cell counts as one more; None where it is no text.
    """

    titles: tuple[str, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    fields: tuple[str, ...]
    needed: tuple[str, ...]
    guess: Mapping[str, str]
    worksheet: str
    worksheets: tuple[str, ...]
    digest: str
    lines: int | None


def load_preview(db: Db, kind: str, path: Path, way: Way = AS_IT_IS) -> Preview:
    """Read the headings and the first rows of a file. Raises BadValue as `read_table`."""
    table = read_table(path, way)
    layout = KINDS[kind].layout(load_settings(db).zone)
    fields = tuple(column.name for column in layout.columns)
    needed = tuple(name for name, is_needed in zip(layout.key, layout.needed, strict=True) if is_needed)
    rows = tuple(record.cells for record in islice(table.records(), SHOWN_ROWS))
    chosen, choices = (table.worksheet, table.worksheets) if isinstance(table, WorkbookSheet) else ("", ())
    return Preview(
        table.titles,
        table.headers,
        rows,
        fields,
        () if layout.made_up else needed,
        guessed_fields(table.headers, fields),
        chosen,
        choices,
        *_digest_and_lines(path, table),
    )


def guessed_fields(headers: Collection[str], fields: Collection[str]) -> dict[str, str]:
    """Return the field that each named column probably is, or ""; every field is given once, exact names first."""
    named = [header for header in headers if header]
    found = {header: header for header in named if header in fields}
    for header in named:
        if header not in found:
            free = [field for field in fields if field not in found.values()]
            found[header] = next((field for field in free if _is_called(_bare(header), field)), "")
    return {header: found[header] for header in named}


def _is_called(bare: str, field: str) -> bool:
    return bare == _bare(field) or bare in SYNONYMS.get(field, ())


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _digest_and_lines(path: Path, table: IncomingTable) -> tuple[str, int | None]:
    """Read the whole file once for its digest and, of a CSV file, the lines below its headings."""
    digest, lines = sha256(), 0
    try:
        with open(path, "rb") as stream:
            while piece := stream.read(_AT_ONCE):
                digest.update(piece)
                lines += piece.count(b"\n")
    except OSError as error:
        raise unreadable(path, error) from None
    return digest.hexdigest(), lines if isinstance(table, csv_in.Sheet) else None
