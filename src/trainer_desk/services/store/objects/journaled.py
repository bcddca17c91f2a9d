"""Which tables the journal watches, which columns an image leaves out, and which rows may be deleted."""

import sqlalchemy as sa

from trainer_desk.models import Base
from trainer_desk.models.base import JsonText

TABLES = (
    "settings",
    "people",
    "contacts",
    "contact_looks",
    "intakes",
    "categories",
    "courses",
    "checklist_items",
    "resources",
    "trainers",
    "venues",
    "qualifications",
    "accounts",
    "requirements",
    "attestations",
    "training_records",
    "runs",
    "run_members",
    "series",
    "series_skips",
    "booking_requests",
    "booking_request_people",
    "sessions",
    "session_resources",
    "session_checklist_items",
    "blocks",
    "enrollments",
    "tellings",
    "certificates",
    "seat_holds",
    "groups",
    "group_members",
    "presences",
    "waivers",
    "attachments",
)
"""Every table that people edit; claims, compliance items, notices and run seats are derived, so not journaled."""

COUNTERS = frozenset(
    {"seats_taken", "seats_offered", "seats_held", "waiting", "last_position", "people_taken", "members_taken",
     "present", "skip_code", "skip_ref", "lapses_at"}
)  # fmt: skip
"""Columns that follow from others or tell only how things stand now: counted, looked at again, never put back."""

LEFT_OUT = COUNTERS | {"version", "created_at", "updated_at"}
"""Columns that are no part of an image."""

KEPT_SECRET = {"contacts": frozenset({"name", "phone"})}
"""That such a column changed is recorded, what it held is not."""

LINKS = frozenset({"session_resources", "group_members", "booking_request_people"})
"""Pure link tables: the only journaled rows that may be deleted."""

TIMED = ("sessions", "blocks", "claims")
"""Tables with `starts_at` and `ends_at`, which must be real instants."""

NOT_GUARDED = COUNTERS | {"id", "version", "created_at", "updated_at"}
"""Columns whose change needs no new version."""


def table(name: str) -> sa.Table:
    """Return the table of that name."""
    return Base.metadata.tables[name]


def image_columns(name: str) -> list[sa.Column[object]]:
    """Return the columns that an image of the table holds."""
    return [column for column in table(name).columns if column.name not in LEFT_OUT]


def guarded_columns(name: str) -> list[str]:
    """Return the columns that may only change together with `version + 1`; empty without a version."""
    columns = [column.name for column in table(name).columns]
    return [column for column in columns if column not in NOT_GUARDED] if "version" in columns else []


def key_of(name: str, row: str) -> str:
    """Return the SQL expression of a row's primary key as the journal writes it; `row` is its name in the statement."""
    return " || ',' || ".join(f"{row}.{column.name}" for column in table(name).primary_key)


def hidden(row: str, column: str) -> str:
    """Return the SQL expression that says of a column that it holds something, and not what."""
    return f"CASE WHEN {row}.{column} IS NULL THEN NULL ELSE '(kept secret)' END"


def is_json(column: sa.Column[object]) -> bool:
    """Whether a column holds JSON (and must be wrapped in an image)."""
    return isinstance(column.type, JsonText)
