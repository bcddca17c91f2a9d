"""Creates and changes what a file can import, one thing at a time: by the import's own writer, with its guards (N3)."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.models.enums import ResourceKind
from trainer_desk.services.directory import load_settings
from trainer_desk.services.errors import BadValue, DeskError, NotFound, Stale
from trainer_desk.services.exchange.importing.columns import Column, Layout, Row
from trainer_desk.services.exchange.importing.job import Job, update_row
from trainer_desk.services.exchange.importing.report import ImportReport
from trainer_desk.services.exchange.importing.run import KINDS
from trainer_desk.services.journal.history import last_change, of_row
from trainer_desk.services.orchestration.colours import set_hue
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.rows.directory import Settings
from trainer_desk.services.rules.names import person_keys
from trainer_desk.services.seats.settling import settle_stuck

_TABLES = Base.metadata.tables


@dataclass(frozen=True, slots=True)
class _Home:
    """Where the things of a kind are stored: their table, the column of their code, and which resources they are."""

    noun: str
    table: sa.Table
    code: str = "code"
    resource: ResourceKind | None = None


_HOMES = {
    "people": _Home("person", _TABLES["people"], "employee_no"),
    "courses": _Home("course", _TABLES["courses"]),
    "trainers": _Home("trainer", _TABLES["resources"], resource=ResourceKind.TRAINER),
    "venues": _Home("venue", _TABLES["resources"], resource=ResourceKind.VENUE),
    "equipment": _Home("equipment", _TABLES["resources"], resource=ResourceKind.EQUIPMENT),
}
_BESIDE = ("hue", "active")
"""Values that files do not have: the colour of a course's category, and whether a thing is in use."""


def create(db: DbSession, kind: str, values: Mapping[str, Any], *, actor: str, now: dt.datetime) -> int:
    """Make a thing of a kind of import and return its id; `values` go by the import's columns.

    Raises BadValue for a value that cannot be taken or is missing, `duplicate_ref` for a code that is used already,
    and whatever the import would refuse.
    """
    home, settings = _HOMES[kind], load_settings(db)
    layout = KINDS[kind].layout(settings.zone)
    values = _usual(kind, settings) | dict(values)
    lacking = {column.name: None for column in layout.columns if column.required and column.name not in values}
    read = read_values(layout, dict(values) | lacking)
    _require_free(db, home, read[home.code])
    write_row(db, kind, layout, Row(0, read[home.code], read), actor=actor, now=now)
    query = sa.select(home.table.c.id).where(home.table.c[home.code] == read[home.code])
    made = int(db.execute(query).scalar_one())
    _write_beside(db, home, made, values, now)
    return made


def change(
    db: DbSession, kind: str, thing_id: int, values: Mapping[str, Any], *, version: int, actor: str, now: dt.datetime
) -> int:
    """Change some values of a thing that was read at `version`, its code included; return its id.

    Raises NotFound, Stale, and as `create`.
    """
    home = _HOMES[kind]
    stored = _lock(db, home, thing_id)
    if stored["version"] != version:
        last = last_change(db, of_row(home.table.name, str(thing_id)))
        raise Stale(ref=stored[home.code], by=last and last.by, at=last and last.at, version=stored["version"])
    layout = KINDS[kind].layout(load_settings(db).zone)
    read = read_values(layout, values)
    code = read.setdefault(home.code, stored[home.code])
    if code != stored[home.code]:
        rename(db, kind, thing_id, code, actor=actor, now=now)
    if len(read) > 1:
        write_row(db, kind, layout, Row(0, code, read), actor=actor, now=now)
    _write_beside(db, home, thing_id, values, now)
    if "active" in values:
        settle_stuck(db, actor=actor, now=now)
    return thing_id


def rename(db: DbSession, kind: str, thing_id: int, code: str, *, actor: str, now: dt.datetime) -> None:
    """Give a thing another code or number, which all that refer to it follow. Raises NotFound, `duplicate_ref`."""
    home = _HOMES[kind]
    stored = _lock(db, home, thing_id)
    _require_free(db, home, code)
    values = {home.code: code}
    if kind == "people":
        search, sort = person_keys(code, stored["name"], stored["department"])
        values |= {"search": search, "sort_name": sort}
        _rename_manager(db, stored["employee_no"], code, now)
    update_row(db, home.table, thing_id, values, now)


def _rename_manager(db: DbSession, old: str, new: str, now: dt.datetime) -> None:
    people = _TABLES["people"]
    led = sa.update(people).where(people.c.manager_no == old)
    db.execute(led.values(manager_no=new, version=people.c.version + 1, updated_at=now))


def _usual(kind: str, settings: Settings) -> dict[str, Any]:
    """Return what the organisation says of new things of a kind; a file says all itself."""
    if kind == "courses":
        return {"expiring_days": settings.expiring_days, "overlap_policy": settings.overlap_policy}
    return {"grace_days": settings.grace_days} if kind == "requirements" else {}


def _lock(db: DbSession, home: _Home, thing_id: int) -> Mapping[str, Any]:
    query = sa.select(home.table).where(home.table.c.id == thing_id).with_for_update(key_share=True)
    if home.resource is not None:
        query = query.where(home.table.c.kind == home.resource.value)
    found = db.execute(query).mappings().one_or_none()
    if found is None:
        raise NotFound(kind=home.noun, key=f"#{thing_id}")
    return dict(found)


def _require_free(db: DbSession, home: _Home, code: str) -> None:
    table = home.table
    shown = table.c.kind if home.resource is not None else sa.literal(home.noun)
    other = db.execute(sa.select(shown).where(table.c[home.code] == code)).scalar_one_or_none()
    if other is None:
        return
    if home.resource is not None and other != home.resource.value:
        raise DeskError("duplicate_ref", ref=code, kind=other, field=home.code, why="other_kind")
    raise DeskError("duplicate_ref", ref=code, kind=other, field=home.code)


def read_values(layout: Layout, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as the import would read them from cells; what files do not have is left out. Raises BadValue."""
    columns = {column.name: column for column in layout.columns}
    return {
        name: _value(columns[name], value) for name, value in values.items() if name not in _BESIDE or name in columns
    }


def _value(column: Column, value: Any) -> Any:
    """Return a value as the import would read it from a cell, so that both have the same limits."""
    text = _spelled(value)
    if not text:
        if column.required:
            raise BadValue(field=column.name, value="", why="required")
        return column.blank
    return column.read(column.name, text)


def _spelled(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return json.dumps(dict(value))
    if isinstance(value, (tuple, list)):
        return "|".join(_spelled(item) for item in value)
    return value.isoformat() if isinstance(value, dt.date) else str(value).strip()


def write_row(db: DbSession, kind: str, layout: Layout, row: Row, *, actor: str, now: dt.datetime) -> None:
    """Hand one row to the import's writer, in which a refusal ends the whole change."""
    report = ImportReport(kind)
    KINDS[kind].write(db, [row], Job(report, layout, actor, now, load_settings(db).zone))
    if report.refused:
        raise report.refused[0].error
    for warning in report.warnings:  # a file may write 0 for "no limit", a person may not (K1)
        if warning.code == "zero_is_unlimited":
            raise BadValue(field=warning.facts["field"], value="0", why="out_of_range", least=1, most=1_000_000)
    if KINDS[kind].unblocks:
        settle_stuck(db, actor=actor, now=now)


def _write_beside(db: DbSession, home: _Home, thing_id: int, values: Mapping[str, Any], now: dt.datetime) -> None:
    if "active" in values and home.noun != "person":
        stored = db.execute(sa.select(home.table.c.active).where(home.table.c.id == thing_id)).scalar_one()
        if stored != values["active"]:
            update_row(db, home.table, thing_id, {"active": values["active"]}, now)
            if home.noun == "course":
                recompute(db, courses=[thing_id])
    if "hue" in values:
        category = db.execute(sa.select(home.table.c.category).where(home.table.c.id == thing_id)).scalar_one()
        set_hue(db, category, values["hue"])
