"""The days of a run from its first one: the same wall clock on each, whatever the clocks do between; pure."""

from datetime import datetime, timedelta

from trainer_desk.services.rows.directory import Settings
from trainer_desk.services.rules.times import local, to_instant

EVERY_DAY, WORKING_DAYS, WEEKLY = "every_day", "working_days", "weekly"
DAY = timedelta(days=1)


def spread(
    starts_at: datetime, ends_at: datetime | None, number: int, rhythm: str, settings: Settings
) -> list[tuple[datetime, datetime | None]]:
    """Return start and end (UTC) of `number` days at the wall clock of the first.

    The first day counts as it is; `WORKING_DAYS` passes over days on which the organisation does not work. Raises
    DeskError for a day on which that time does not exist or comes twice.
    """
    zone = settings.zone
    first = local(starts_at, zone).replace(tzinfo=None)
    last = None if ends_at is None else local(ends_at, zone).replace(tzinfo=None)
    found: list[tuple[datetime, datetime | None]] = []
    ahead = timedelta(0)
    step = 7 * DAY if rhythm == WEEKLY else DAY
    while len(found) < number:
        is_working = (first + ahead).weekday() in settings.working_days
        if rhythm != WORKING_DAYS or is_working or not found or not settings.working_days:
            ends = None if last is None else to_instant(last + ahead, zone, field="end")
            found.append((to_instant(first + ahead, zone, field="start"), ends))
        ahead += step
    return found
