"""Exports that are kept in the memory of this workstation's user."""

from dataclasses import asdict, dataclass

from trainer_desk.services.rules.day_ranges import RANGES
from trainer_desk.texts.exports import WHAT
from trainer_desk.views.memory import Memory

KEY = "exports/saved"
LIMITS = ("course", "trainer", "venue")


@dataclass(frozen=True, slots=True)
class SavedExport:
    """`what` is roster or sessions, `days` a range of `rules.day_ranges`; course, trainer and venue are codes.

    `ran_at` is when it ran last (UTC, ISO), with so many `rows`; empty if never.
    """

    name: str
    what: str = "roster"
    days: str = "this_week"
    course: str = ""
    trainer: str = ""
    venue: str = ""
    ran_at: str = ""
    rows: int = 0


def load_saved(memory: Memory) -> list[SavedExport]:
    """Return what is kept; what cannot be read any more is left out."""
    found = []
    for kept in memory.get(KEY, []):
        names = SavedExport.__dataclass_fields__
        if not isinstance(kept, dict) or not kept.get("name"):
            continue
        saved = SavedExport(**{name: value for name, value in kept.items() if name in names})
        if saved.what in WHAT and saved.days in RANGES:
            found.append(saved)
    return found


def keep_saved(memory: Memory, saved: list[SavedExport]) -> None:
    """Keep these instead."""
    memory.put(KEY, [asdict(one) for one in saved])
    memory.save()
