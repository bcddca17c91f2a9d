"""The commands that keep a copy of a database file and bring one back (O2, O4)."""

import shlex
from pathlib import Path
from typing import Any

from trainer_desk.cli.answer import REFUSED, Answer
from trainer_desk.cli.task import Task
from trainer_desk.services.store import schema
from trainer_desk.services.store.address import is_file, read_address, shown
from trainer_desk.services.store.backup import back_up_database
from trainer_desk.services.store.restoring import restore_database

DUMP = "pg_dump --format=custom --file={file} --dbname={database}"
RESTORE = "pg_restore --clean --if-exists --single-transaction --dbname={database} {file}"


def backup(task: Task) -> Answer:
    """Copy a file while others work in it; of a server, say which line does so."""
    if not is_file(read_address(task.address)):
        return _by_its_own_tools(task, DUMP, "A server is backed up with its own tools")
    made = back_up_database(task.address, Path(task.arguments.file).absolute())
    document = {"file": str(made.path), "size": made.size, "revision": made.revision}
    return Answer({"backup": document}, f"Backed up to {made.path} ({made.size:,} bytes, checked).")


def restore(task: Task) -> Answer:
    """Put a backup in the place of a file, which is kept; of a server, say which line does so."""
    if not is_file(read_address(task.address)):
        return _by_its_own_tools(task, RESTORE, "A server's backup is brought back with its own tools")
    done = restore_database(task.address, task.arguments.file)
    kept = str(done.kept) if done.kept else None
    document = {
        "file": str(done.path),
        "revision": done.revision,
        "schema": "older" if done.is_older else "current",
        "kept": kept,
    }
    said = f"Restored {done.path}."
    if kept:
        said += f" The file that stood there is kept as {kept}."
    if done.is_older:
        said += (
            f" It is of an older version ({done.revision}, today's is {schema.HEAD}): open it with that version, or"
            " bring it to today's with “trainer-desk db upgrade”."
        )
    return Answer({"database": document}, said)


def _by_its_own_tools(task: Task, form: str, why: str) -> Answer:
    file, database = task.arguments.file, shown(read_address(task.address)._replace(password=None))
    line = form.format(file=shlex.quote(file), database=shlex.quote(database))
    message = f"{why}: {line}"
    error: dict[str, Any] = {"code": "database_error", "message": message, "findings": []}
    return Answer({"error": error, "command": line}, line, REFUSED)
