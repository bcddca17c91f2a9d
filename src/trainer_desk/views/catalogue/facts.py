"""Everything that a panel of the catalogue shows of one thing, gathered by one question."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.services.directory import load_settings
from trainer_desk.services.rows.catalogue import Named, Thing
from trainer_desk.views.catalogue.design import Design


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What can be referred to, by name, and the zone in which days and times are told."""

    names: dict[str, tuple[Named, ...]]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Facts:
    """One thing and what is around it."""

    thing: Thing
    around: Surroundings


def look_around(db: Any, design: Design) -> Surroundings:
    """Return what things of a kind can refer to."""
    return Surroundings({name: ask(db) for name, ask in design.names.items()}, load_settings(db).zone)


def gather(db: Any, design: Design, thing_id: int, around: Surroundings | None) -> Facts:
    """Return everything about one thing; `around` is what was read before. Raises NotFound."""
    return Facts(design.load(db, thing_id), around or look_around(db, design))
