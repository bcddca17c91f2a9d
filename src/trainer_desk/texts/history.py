"""A change in words: `Trainer: John → Mary`, instants in the clock of the organisation (U4)."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import ChangeKind
from trainer_desk.services.rows.history import FieldChange, RowChange, ToldChange
from trainer_desk.texts.comparing import plain_value_text, title_text
from trainer_desk.texts.formats import moment_text
from trainer_desk.texts.translate import _, mark

TABLES = {
    "settings": mark("Setting"),
    "people": mark("Person"),
    "contacts": mark("Emergency contact"),
    "contact_looks": mark("Look at an emergency contact"),
    "intakes": mark("Intake"),
    "categories": mark("Category"),
    "courses": mark("Course"),
    "checklist_items": mark("Checklist of the course"),
    "resources": mark("Trainer, venue or equipment"),
    "trainers": mark("Trainer"),
    "venues": mark("Venue"),
    "qualifications": mark("Qualification"),
    "accounts": mark("Account"),
    "requirements": mark("Requirement"),
    "attestations": mark("Compliance as told"),
    "training_records": mark("Training record"),
    "runs": mark("Run"),
    "run_members": mark("On the run"),
    "series": mark("Series"),
    "series_skips": mark("Skipped day"),
    "booking_requests": mark("Booking request"),
    "booking_request_people": mark("Person of a request"),
    "sessions": mark("Session"),
    "session_resources": mark("Co-trainer or equipment"),
    "session_checklist_items": mark("Checklist"),
    "blocks": mark("Leave, closure or holiday"),
    "enrollments": mark("Place"),
    "tellings": mark("What people were told"),
    "certificates": mark("Certificate"),
    "seat_holds": mark("Held seats"),
    "groups": mark("Group"),
    "group_members": mark("Person in a group"),
    "presences": mark("Presence"),
    "waivers": mark("Accepted finding"),
    "attachments": mark("File"),
    "compliance_items": mark("Compliance"),
}
"""What each kind of row is called in a history."""

CODES = frozenset({"status", "state", "kind", "attendance", "result", "role", "waitlist", "waitlist_order"})
"""Fields that hold a code, which is told in small letters."""


def table_text(table: str) -> str:
    """Return the word for a kind of row; unknown ones are their own word."""
    return _(TABLES[table]) if table in TABLES else table.replace("_", " ")


def change_text(change: ToldChange) -> str:
    """Return the label of a change; one that takes another back or does it again says so."""
    told = {ChangeKind.UNDO: _("Undone: {label}"), ChangeKind.REDO: _("Done again: {label}")}
    return told.get(change.kind, "{label}").format(label=change.label)


def when_by_text(change: ToldChange, zone: ZoneInfo) -> str:
    """Return `Tue 24 Nov 2026 11:02 · marta`."""
    return f"{moment_text(change.at.replace(second=0), zone, year=True)} · {change.by}"


def row_texts(row: RowChange, zone: ZoneInfo) -> list[str]:
    """Return a line for the row and one for each field that differs."""
    name = table_text(row.table) + (f" · {row.subject}" if row.subject else "")
    if row.gone:
        return [_("{name}: taken away").format(name=name)]
    if row.made:
        told = [field_text(one, zone, made=True) for one in row.fields if one.after not in (None, "", False, 0)]
        return [_("{name}: added").format(name=name), *told]
    return [name, *(field_text(one, zone) for one in row.fields)]


def field_text(one: FieldChange, zone: ZoneInfo, *, made: bool = False) -> str:
    """Return `Trainer: John → Mary`, of something added only what it holds."""
    words = {"field": title_text(one.field), "before": _value(one, one.before, zone)}
    words["after"] = _value(one, one.after, zone)
    return (_("{field}: {after}") if made else _("{field}: {before} → {after}")).format(**words)


def _value(one: FieldChange, value: Any, zone: ZoneInfo) -> str:
    if isinstance(value, dt.datetime):
        return moment_text(value, zone, year=True)
    said = plain_value_text(value)
    is_code = one.field in CODES or one.field.endswith("_why")
    return said.replace("_", " ").lower() if is_code else said
