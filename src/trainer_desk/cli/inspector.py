"""The command that makes an inspector pack (X6)."""

from pathlib import Path

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.arguments import WrongUsage
from trainer_desk.cli.task import Task
from trainer_desk.services.exchange.inspector.pack import save_pack
from trainer_desk.services.rights import PLANNERS
from trainer_desk.services.rows.inspector import PackAsked
from trainer_desk.services.rules.times import parse_day


def export_pack(task: Task) -> Answer:
    """Write the pack of a person, a site or a course and of some days to a file."""
    given = task.arguments
    if [given.person, given.site, given.course].count(None) != 2:
        raise WrongUsage("name exactly one of --person NO, --site NAME and --course CODE", "")
    if not (given.first and given.last):
        raise WrongUsage("say of which days: --from DAY --to DAY", "")
    if given.output is None:
        raise WrongUsage("say where the pack goes: --output FILE", "")
    asked = PackAsked(
        parse_day(given.first, "from"), parse_day(given.last, "to"), given.person, given.site, given.course
    )
    task.store.require("exchange.inspector", allowed=PLANNERS)
    from trainer_desk.views.inspector.hands import hands_without_window  # noqa: PLC0415 - Qt is slow to load

    path = Path(given.output)
    with task.store.snapshot() as db, hands_without_window() as hands:
        files = save_pack(db, path, asked, hands, made_by=task.store.actor, made_at=task.now)
    return Answer({"file": str(path), "rows": files}, f"{files} files in {path}.")
