"""Days, times, lengths and hours as they are shown; every instant is turned into the wall clock of a given zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from trainer_desk.services.rules.load import hours_text
from trainer_desk.services.rules.times import local
from trainer_desk.texts.translate import _, mark

WEEKDAYS = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"))
FULL_WEEKDAYS = (
    mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"), mark("Friday"), mark("Saturday"),
    mark("Sunday"),
)  # fmt: skip
MONTHS = (
    mark("Jan"), mark("Feb"), mark("Mar"), mark("Apr"), mark("May"), mark("Jun"), mark("Jul"), mark("Aug"),
    mark("Sep"), mark("Oct"), mark("Nov"), mark("Dec"),
)  # fmt: skip
FULL_MONTHS = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"), mark("July"),
    mark("August"), mark("September"), mark("October"), mark("November"), mark("December"),
)  # fmt: skip


def weekday_name(weekday: int, *, full: bool = False) -> str:
    """Return `Tue` or `Tuesday`; Monday is 0."""
    return _((FULL_WEEKDAYS if full else WEEKDAYS)[weekday])


def day_text(day: date, *, year: bool = False) -> str:
    """Return `Tue 24 Nov`, with `year` `Tue 24 Nov 2026`."""
    shown = f"{weekday_name(day.weekday())} {day.day} {_(MONTHS[day.month - 1])}"
    return f"{shown} {day.year}" if year else shown


def date_text(day: date) -> str:
    """Return `24 Nov 2026`."""
    return f"{day.day:02} {_(MONTHS[day.month - 1])} {day.year}"


def short_day_text(day: date) -> str:
    """Return `24 Nov`."""
    return f"{day.day} {_(MONTHS[day.month - 1])}"


def full_day_text(day: date, *, year: bool = False) -> str:
    """Return `Tuesday 24 November`, with `year` `Tuesday 24 November 2026`."""
    shown = f"{weekday_name(day.weekday(), full=True)} {day.day} {_(FULL_MONTHS[day.month - 1])}"
    return f"{shown} {day.year}" if year else shown


def month_text(day: date) -> str:
    """Return `November 2026`."""
    return f"{_(FULL_MONTHS[day.month - 1])} {day.year}"


def range_text(first: date, last: date) -> str:
    """Return an inclusive range of days in the fewest words: `23 – 29 Nov 2026`, `30 Nov – 6 Dec 2026`."""
    end = f"{last.day} {_(MONTHS[last.month - 1])} {last.year}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day} {_(MONTHS[first.month - 1])} {first.year} – {end}"
    if first.month != last.month:
        return f"{first.day} {_(MONTHS[first.month - 1])} – {end}"
    return f"{first.day} – {end}"


def time_text(instant: datetime, zone: ZoneInfo) -> str:
    """Return `13:30`, with seconds only if there are any."""
    clock = local(instant, zone).time()
    return clock.isoformat(timespec="seconds" if clock.second else "minutes")


def moment_text(instant: datetime, zone: ZoneInfo, *, year: bool = False) -> str:
    """Return `Tue 24 Nov 13:30`."""
    return f"{day_text(local(instant, zone).date(), year=year)} {time_text(instant, zone)}"


def span_text(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """Return `13:30–16:30`; over midnight `Tue 24 Nov 22:00 – Wed 25 Nov 02:00`."""
    if _one_day(starts_at, ends_at, zone):
        return f"{time_text(starts_at, zone)}–{time_text(ends_at, zone)}"
    return f"{moment_text(starts_at, zone)} – {moment_text(ends_at, zone)}"


def when_text(starts_at: datetime, ends_at: datetime, zone: ZoneInfo, *, seen_from: datetime | None = None) -> str:
    """Return when something is, to follow a verb, as short as the reader's own point in time `seen_from` (UTC) allows.

    `13:30–16:30` on the reader's day, else `on Tue 24 Nov, 13:30–16:30`; whole days `on Fri 25 Dec` or
    `from Mon 21 Dec to Fri 1 Jan`. The year stands there when it is not the reader's.
    """
    first, last = local(starts_at, zone), local(ends_at, zone)
    here = None if seen_from is None else local(seen_from, zone).date()
    year = here is None or not here.year == first.year == last.year
    if first.time() == last.time() == time() and last.date() > first.date():
        return _days(first.date(), last.date() - timedelta(days=1), year)
    if not _one_day(starts_at, ends_at, zone):
        start, end = moment_text(starts_at, zone, year=year), moment_text(ends_at, zone, year=year)
        return _("from {start} to {end}").format(start=start, end=end)
    clock = span_text(starts_at, ends_at, zone)
    if here == first.date():
        return clock
    return _("on {day}, {clock}").format(day=day_text(first.date(), year=year), clock=clock)


def spoken_span(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """Return the words for a screen reader: `Tuesday 24 November, 13:30 to 16:30`."""
    first, last = local(starts_at, zone).date(), local(ends_at, zone).date()
    end = time_text(ends_at, zone) if first == last else f"{full_day_text(last)}, {time_text(ends_at, zone)}"
    text = _("{day}, {start} to {end}")
    return text.format(day=full_day_text(first), start=time_text(starts_at, zone), end=end)


def length_text(minutes: int) -> str:
    """Return `45 min`, `3 h`, `1 h 30 min`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{n} min").format(n=rest)
    if not rest:
        return _("{n} h").format(n=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def load_line(name: str, minutes: int) -> str:
    """Return `John Smith (12h booked this week)` (L1)."""
    return _("{name} ({hours} booked this week)").format(name=name, hours=hours_text(minutes))


def _one_day(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> bool:
    return local(starts_at, zone).date() == local(ends_at, zone).date()


def _days(first: date, last: date, year: bool) -> str:
    if first == last:
        return _("on {day}").format(day=day_text(first, year=year))
    return _("from {start} to {end}").format(start=day_text(first, year=year), end=day_text(last, year=year))
