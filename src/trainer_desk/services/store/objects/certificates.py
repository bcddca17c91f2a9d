"""Certificates are frozen: of a revision only that it was withdrawn, and why, may ever be written, and undone (A5)."""

from collections.abc import Iterator

from trainer_desk.services.store.objects import journaled
from trainer_desk.services.store.objects.plpgsql import row_trigger
from trainer_desk.services.store.objects.sqlite_trigger import trigger

MAY_CHANGE = frozenset({"withdrawn_at", "withdrawn_why", "version", "updated_at"})
REFUSAL = "certificate_frozen"


def sqlite() -> Iterator[str]:
    """Yield SQLite's trigger."""
    differs = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _frozen())
    yield from trigger(REFUSAL, f"BEFORE UPDATE ON certificates WHEN {differs}", f"SELECT RAISE(ABORT, '{REFUSAL}');")


def postgresql() -> Iterator[str]:
    """Yield PostgreSQL's trigger."""
    old, new = (f"({', '.join(f'{row}.{name}' for name in _frozen())})" for row in ("OLD", "NEW"))
    yield row_trigger(REFUSAL, "BEFORE UPDATE", "certificates", f"refuse('{REFUSAL}')", f"{new} IS DISTINCT FROM {old}")


def _frozen() -> list[str]:
    return [column.name for column in journaled.table("certificates").columns if column.name not in MAY_CHANGE]
