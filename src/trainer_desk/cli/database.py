"""The commands that make, look after and check a database."""

from typing import Any

from trainer_desk.cli.answer import DONE, REFUSED, Answer
from trainer_desk.cli.json_out import finding_document
from trainer_desk.cli.task import Task
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration.contents import count_rows
from trainer_desk.services.orchestration.repairing import repair_database
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.store import opening, schema
from trainer_desk.services.store.address import is_file, read_address, shown
from trainer_desk.services.store.engine import create_store
from trainer_desk.services.store.handing_out import HandOut, hand_out
from trainer_desk.services.store.upgrade import upgrade_database
from trainer_desk.texts.soundness import repair_text, soundness_text


def init(task: Task) -> Answer:
    """Make an empty organisation in a new file or an empty server database."""
    zone = task.arguments.zone
    store = create_store(task.address, zone=zone)
    try:
        handed = hand_out(store)
    finally:
        store.close()
    where = shown(read_address(task.address))
    document: dict[str, Any] = _place(task) | {"zone": zone}
    lines = [f"Made an empty organisation in {where} ({zone})."]
    if handed is not None:
        document |= {
            "administrator": handed.administrator,
            "migrator": {"login": handed.migrator, "password": handed.password},
            "groups": list(handed.groups),
        }
        lines += _handed_out(handed)
    return Answer({"database": document}, "\n".join(lines))


def _handed_out(handed: HandOut) -> list[str]:
    """Return who gets what of a new database on a server."""
    return [
        f"Its administrator is {handed.administrator}. Nobody else can connect yet:",
        "    trainer-desk users add LOGIN --role ROLE    makes a person's login, or gives one that is there a role",
        "For upgrades there is a login that can do nothing else. Keep it with whoever runs the server:",
        f"    login {handed.migrator}    password {handed.password}    (shown this once)",
        f"Groups of the server that stand for the roles: {', '.join(handed.groups)}.",
    ]


def status(task: Task) -> Answer:
    """Say where the database is, whether its schema is today's, and what is in it."""
    url = read_address(task.address)
    revision = opening.revision_of(url)
    state = "current" if revision == schema.HEAD else "older" if revision in schema.KNOWN else "newer"
    document: dict[str, Any] = _place(task) | {"revision": revision, "schema": state}
    lines = [document["address"], f"schema {revision} ({state})"]
    if state == "current":
        settings = task.directory.settings
        counts = task.store.read(count_rows)
        document |= {"organisation": settings.organisation, "zone": settings.zone_name, "counts": counts}
        lines += [f"{settings.organisation}, {settings.zone_name}"]
        lines += [f"{count:>9,} {table}" for table, count in counts.items()]
    return Answer({"database": document}, "\n".join(lines), DONE if state == "current" else REFUSED)


def check(task: Task) -> Answer:
    """Prove that the data are sound; with --repair put right what can be, and prove again."""
    findings = _checked(task)
    mended: tuple[Finding, ...] = ()
    if task.arguments.repair:
        mended = repair_database(task.store, findings)
        findings = _checked(task) if mended else findings
    told = [_told(finding, soundness_text(finding, task.zone), task) for finding in findings]
    document: dict[str, Any] = {"ok": not findings, "findings": told}
    lines = [one["message"] for one in told] or ["The database is sound."]
    if task.arguments.repair:
        done = [_told(finding, repair_text(finding, task.zone), task) for finding in mended]
        document["repaired"] = done
        lines = [f"Repaired: {one['message']}" for one in done] + lines
    return Answer(document, "\n".join(lines), REFUSED if findings else DONE)


def _checked(task: Task) -> list[Finding]:
    with task.store.snapshot() as db:
        return check_database(db, now=task.now)


def _told(finding: Finding, message: str, task: Task) -> dict[str, Any]:
    return finding_document(finding, task.zone) | {"message": message}


def _place(task: Task) -> dict[str, Any]:
    url = read_address(task.address)
    return {"address": shown(url), "kind": "file" if is_file(url) else "server"}


def upgrade(task: Task) -> Answer:
    """Bring an older database to today's schema; a file is backed up first."""
    done = upgrade_database(task.address)
    document = _place(task) | {
        "before": done.before,
        "revision": done.after,
        "backup": str(done.backup) if done.backup else None,
    }
    if done.before == done.after:
        return Answer({"database": document}, f"The schema is today's ({done.after}); nothing was due.")
    kept = f" The database as it was is in {done.backup}." if done.backup else ""
    return Answer({"database": document}, f"Upgraded from {done.before} to {done.after}.{kept}")
