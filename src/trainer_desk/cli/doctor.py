"""The command that says how program, computer and database are, with the figures an operator asks for (O6)."""

import datetime as dt
import platform
import sys
from collections import Counter
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from trainer_desk import __version__, places
from trainer_desk.cli.answer import DONE, REFUSED, Answer
from trainer_desk.cli.json_out import instant
from trainer_desk.cli.task import Task
from trainer_desk.log_figures import LogFigures, read_log
from trainer_desk.services.dashboard.figures import Stay, sessions_made, stays
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.keeping import load_keeping
from trainer_desk.services.store import opening, schema
from trainer_desk.services.store.address import is_file, path_of, read_address, shown
from trainer_desk.services.store.figures import share
from trainer_desk.services.store.vitals import Vitals, load_vitals
from trainer_desk.texts import error_text
from trainer_desk.texts.attachments import size_text

PARTS = ("PySide6_Essentials", "SQLAlchemy", "psycopg", "alembic")
DAYS = 30
"""Of so many days sessions and their states are told."""


def examine(task: Task) -> Answer:
    """Say how everything is; the exit code is 1 when the database cannot be worked with or is not sound."""
    document: dict[str, Any] = {"ok": True, "program": _program(), "folders": _folders()}
    if task.is_named:
        document["database"] = database = _database(task)
        document["ok"] = database["problem"] is None
        if "store" in task.__dict__:
            document["figures"] = _figures(task)
    document["log"] = _log(read_log(places.log_folder()))
    return Answer(document, "\n".join(_lines(document)), DONE if document["ok"] else REFUSED)


def _program() -> dict[str, Any]:
    return {
        "version": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "parts": {name: _version(name) for name in PARTS},
        "schema": schema.HEAD,
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _folders() -> dict[str, str]:
    return {"settings": str(places.config_folder()), "data": str(places.data_folder()), "log": str(places.log_folder())}


def _database(task: Task) -> dict[str, Any]:
    """Return what there is to say of the database; `problem` says why it cannot be worked with, else None."""
    url = read_address(task.address)
    kind = "file" if is_file(url) else "server"
    document: dict[str, Any] = {"address": shown(url), "kind": kind, "problem": None}
    try:
        document["revision"] = opening.revision_of(url, check=True)
        document["problem"] = _problem(task)
        vitals = task.store.read(load_vitals)
    except DeskError as error:
        document["problem"] = error_text(error)
        return document
    document |= {"software": vitals.software, "size": vitals.size, "latency_ms": vitals.latency_ms}
    document |= {"login": task.store.actor, "role": task.store.role and task.store.role.value}
    document |= {"protection": _protection(vitals, kind), "integrity": "sound" if kind == "file" else None}
    if kind == "file":
        document |= {"journal": vitals.journal, "backup": _backup(task)}
    else:
        document["encrypted"] = vitals.encrypted
    return document


def _problem(task: Task) -> str | None:
    """Have a large file looked through, too, for which nobody waits at a start."""
    url = read_address(task.address)
    if opening.is_checked_later(url):
        with task.store.reading() as db:
            opening.require_sound(db, path_of(url))
    return None


def _protection(vitals: Vitals, kind: str) -> str:
    if kind == "server":
        line = "encrypted" if vitals.encrypted else "not encrypted"
        return f"The server keeps to the rights of each login; the line to it is {line}."
    rights = "" if vitals.mode is None else f" (owner {vitals.owner}, {vitals.mode:o})"
    said = f"Only the permissions of the file protect it{rights}: whoever may write it can change anything."
    return said + " Everybody on this computer may." if vitals.is_open_to_all else said


def _backup(task: Task) -> dict[str, Any]:
    keeping = task.store.read(load_keeping, str(path_of(read_address(task.address))))
    newest = keeping.newest
    return {
        "folder": keeping.folder,
        "hours": keeping.hours,
        "kept": keeping.number,
        "newest": None if newest is None else {
            "file": newest.path, "at": instant(newest.made_at, task.zone), "size": newest.size,
        },
    }  # fmt: skip


def _figures(task: Task) -> dict[str, Any]:
    since = task.now - dt.timedelta(days=DAYS)
    made = task.store.read(sessions_made, task.zone, since)
    return {
        "days": DAYS,
        "sessions_created": [{"day": day.isoformat(), "count": count} for day, count in made.items()],
        "states": [_stay(one) for one in task.store.read(stays, since)],
    }


def _stay(stay: Stay) -> dict[str, Any]:
    return {
        "status": stay.state.value,
        "now": stay.there,
        "left": stay.left,
        "median_hours": stay.median_hours,
        "longest_hours": stay.longest_hours,
    }


def _log(log: LogFigures) -> dict[str, Any]:
    return {
        "since": log.since,
        "until": log.until,
        "size": log.size,
        "refused_accesses": log.refused,
        "connection_losses": log.lost,
        "unexpected": log.unexpected,
        "times": {kind: _times(counted) for kind, counted in sorted(log.times.items())},
    }


def _times(counted: Counter[int]) -> dict[str, int | None]:
    return {"count": counted.total(), "median_ms": share(counted, 0.5), "p95_ms": share(counted, 0.95)}


def _lines(document: dict[str, Any]) -> list[str]:
    program, folders = document["program"], document["folders"]
    parts = ", ".join(f"{name} {number}" for name, number in program["parts"].items() if number)
    lines = [
        f"Trainer Desk {program['version']}, schema {program['schema']}",
        f"Python {program['python']} ({sys.executable}), {parts}",
        program["platform"],
        *(f"{name}: {folder}{'' if Path(folder).is_dir() else ' (not there yet)'}" for name, folder in folders.items()),
    ]
    if "database" in document:
        lines += ["", *_database_lines(document["database"])]
    if "figures" in document:
        lines += ["", *_figure_lines(document["figures"])]
    return [*lines, "", *_log_lines(document["log"])]


def _database_lines(database: dict[str, Any]) -> list[str]:
    lines = [f"{database['address']} ({database['kind']})"]
    if database["problem"]:
        return [*lines, database["problem"]]
    lines += [
        f"{database['software']}, schema {database['revision']}, {size_text(database['size'])}, "
        f"answers in {database['latency_ms']} ms",
        f"{database['login']} works here as {database['role'] or 'nobody: not signed in'}",
        database["protection"],
    ]
    if database["kind"] == "file":
        newest = database["backup"]["newest"]
        told = f"{newest['at']}, {newest['file']}" if newest else f"none in {database['backup']['folder']}"
        lines += [f"Looked through: {database['integrity']}, log mode {database['journal']}", f"Newest backup: {told}"]
    return lines


def _figure_lines(figures: dict[str, Any]) -> list[str]:
    total = sum(day["count"] for day in figures["sessions_created"])
    lines = [f"Sessions made in the last {figures['days']} days: {total}"]
    lines += [f"  {day['day']}  {day['count']}" for day in figures["sessions_created"]]
    for stay in figures["states"]:
        told = f"  {stay['status']:<12} {stay['now']} now"
        if stay["left"]:
            told += f"; {stay['left']} left it, after {stay['median_hours']} h in the middle"
            told += f", {stay['longest_hours']} h at most"
        lines.append(told)
    return lines


def _log_lines(log: dict[str, Any]) -> list[str]:
    if log["since"] is None:
        return ["The log says nothing yet."]
    lines = [
        f"The log from {log['since']} to {log['until']} ({size_text(log['size'])}):",
        f"  refused accesses {log['refused_accesses']}, lost connections {log['connection_losses']}, "
        f"unexpected {log['unexpected']}",
    ]
    return lines + [
        f"  {kind}: {times['count']}, half within {times['median_ms']} ms, 95 of 100 within {times['p95_ms']} ms"
        for kind, times in log["times"].items()
    ]
