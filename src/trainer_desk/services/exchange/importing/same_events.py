"""Finds what an event of a calendar became when it came in before, so that it moves instead of standing twice (X3)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from trainer_desk.services.errors import DeskError
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.calendar_in import Event, Events
from trainer_desk.services.exchange.importing.columns import Row
from trainer_desk.services.exchange.importing.job import Job
from trainer_desk.services.exchange.importing.report import ImportReport
from trainer_desk.services.rows.absences import Absence
from trainer_desk.services.rules.times import day_bounds

MARGIN = dt.timedelta(days=1)
"""As far as the days of a calendar's own zone and of the organisation's can lie apart."""

Time = tuple[int, dt.datetime]
"""A row: the line of its event, and when it starts (UTC)."""


@dataclass(frozen=True, slots=True)
class Gone:
    """An absence that its calendar calls off, and the line of the event of which it was made."""

    line: int
    absence: Absence


@dataclass(slots=True)
class Paired:
    """The absence that each row is about, and those that are called off unless a row of their event is refused."""

    meant: dict[Time, Absence] = field(default_factory=dict)
    gone: list[Gone] = field(default_factory=list)

    @property
    def taken(self) -> frozenset[int]:
        """The ids of all of these."""
        return frozenset(one.id for one in (*self.meant.values(), *(one.absence for one in self.gone)))


def pair(events: Events, rows: Iterable[Row], known: Iterable[Absence], job: Job) -> Paired:
    """Pair the rows of a calendar with those absences (all of one resource) that came from the same events.

    What stands at its time already stays; the rest goes to the times that are new, in their order. What is left then
    was called off, or is a time that its rule no longer has. An event of which a row was refused moves nothing, one
    that is not in the file is not judged, and of one that comes again the years before this one are left as they are.
    """
    before: defaultdict[str, list[Absence]] = defaultdict(list)
    for absence in known:
        if absence.source_uid is not None:
            before[absence.source_uid].append(absence)
    told: defaultdict[str, dict[int, Event]] = defaultdict(dict)
    for line, event in events.by_line.items():
        if event.uid in before:
            told[event.uid][line] = event
    all_times = sorted(((row.line, row.values["starts"]) for row in rows), key=itemgetter(1))
    times_of: defaultdict[str | None, list[Time]] = defaultdict(list)
    for time in all_times:
        times_of[events.uid_of(time[0])].append(time)
    paired, doubtful = Paired(), refused_events(events, job.report)
    since = day_bounds(events.since, job.zone)[0] + MARGIN
    for uid, lines in told.items():
        times, absences = times_of[uid], before[uid]
        if all(event.is_alone for event in lines.values()):
            for line, event in lines.items():
                _pair_one(paired, line, event, dict(times).get(line), absences, job)
        else:
            is_single = len(absences) == 1 and len(times) <= 1
            free = [one for one in absences if is_single or one.starts_at >= since]
            _pair_all(paired, min(lines), times, absences, [] if uid in doubtful else free)
    _keep_what_stays(paired, all_times)
    return paired


def refused_events(events: Events, report: ImportReport) -> set[str]:
    """Return the UIDs of the events of which the report refuses a row, also one that stands for several events."""
    lines = {line for row in report.refused for line in (row.row, *events.shared.get(row.row, ()))}
    return {events.by_line[line].uid for line in lines & events.by_line.keys()}


def _pair_all(
    paired: Paired, line: int, times: Sequence[Time], absences: Sequence[Absence], free: Sequence[Absence]
) -> None:
    """Pair all times of an event, in their order, with all its absences, of which those that are free move or go."""
    at_start = {one.starts_at: one for one in absences}
    kept = {time: at_start[time[1]] for time in times if time[1] in at_start}
    staying = {one.id for one in kept.values()}
    new = [time for time in times if time not in kept]
    old = sorted((one for one in free if one.id not in staying), key=lambda one: one.starts_at)
    paired.meant.update(kept)
    paired.meant.update(zip(new, old, strict=False))
    paired.gone.extend(Gone(line, one) for one in old[len(new) :])


def _pair_one(
    paired: Paired, line: int, event: Event, starts: dt.datetime | None, left: list[Absence], job: Job
) -> None:
    """Pair one time of a rule of which the file says no more: by when it was to be, or else by when it is."""
    sought = (_instant(event.instead_of, job), starts)
    found = next((one for at in sought for one in left if one.starts_at == at), None)
    if found is None:
        return
    left.remove(found)
    if starts is None:
        paired.gone.append(Gone(line, found))
    else:
        paired.meant[line, starts] = found


def _instant(written: str, job: Job) -> dt.datetime | None:
    read = cells.moment_or_day_in(job.zone)
    try:
        found: dt.datetime = read("starts", written)
    except DeskError:  # nothing, or a time that the clocks do not show
        return None
    return found


def _keep_what_stays(paired: Paired, times: Sequence[Time]) -> None:
    """Let what is gone as one event stay as another one at that time: of several at a time the file names one first."""
    gone = {one.absence.starts_at: one for one in paired.gone}
    for time in times if gone else ():
        if time not in paired.meant and time[1] in gone:
            paired.meant[time] = gone.pop(time[1]).absence
    staying = {one.id for one in paired.meant.values()}
    paired.gone = [one for one in paired.gone if one.absence.id not in staying]
