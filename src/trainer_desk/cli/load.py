"""The command that tells how many hours every trainer is booked in a week (L1)."""

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.task import Task
from trainer_desk.services.planning.workload import trainer_minutes
from trainer_desk.services.rules import times
from trainer_desk.services.rules.load import LoadMinutes
from trainer_desk.texts import load_line


def show_load(task: Task) -> Answer:
    """Tell the booked and the delivered minutes of every trainer in an ISO week."""
    monday = times.parse_week(task.arguments.week, "week")
    bounds = times.week_bounds(monday, task.zone)
    minutes = task.store.read(trainer_minutes, *bounds)
    trainers = []
    for trainer in task.directory.trainers.values():
        load = minutes.get(trainer.id, LoadMinutes())
        if trainer.active or load.booked or load.delivered:
            trainers.append(
                {
                    "code": trainer.code,
                    "name": trainer.name,
                    "booked_minutes": load.booked,
                    "delivered_minutes": load.delivered,
                    "text": load_line(trainer.name, load.booked),
                }
            )
    year, week, _ = monday.isocalendar()
    lines = "\n".join(str(trainer["text"]) for trainer in trainers)
    return Answer({"week": f"{year}-W{week:02}", "trainers": trainers}, lines or "No trainers.")
