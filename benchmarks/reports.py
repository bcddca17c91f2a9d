"""Goals: reports over ten years of sessions and their people, against one statement of the bare driver each (D2)."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from benchmarks.measure import Goal
from benchmarks.place import Place
from trainer_desk.services.reports.every import make_report
from trainer_desk.services.rows.reports import Report, ReportWish, Split, Step

HELD = "s.status IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED')"
MONTH = {"sqlite": "substr(s.starts_at, 1, 7)", "postgresql": "date_trunc('month', s.starts_at)"}
MINUTES = {
    "sqlite": "(unixepoch(s.ends_at) - unixepoch(s.starts_at)) / 60",
    "postgresql": "(extract(epoch FROM s.ends_at - s.starts_at) / 60)::int",
}
ENROLLED = """
SELECT {group}, sum(CASE WHEN e.state IN ('confirmed', 'offered') THEN 1 ELSE 0 END),
       sum(CASE WHEN e.state = 'withdrawn' THEN 1 ELSE 0 END),
       sum(CASE WHEN e.state = 'confirmed' AND e.attendance = 'attended' THEN 1 ELSE 0 END),
       sum(CASE WHEN e.state = 'confirmed' AND e.attendance = 'no_show' THEN 1 ELSE 0 END),
       sum(CASE WHEN e.state = 'confirmed' AND e.attendance = 'registered' THEN 1 ELSE 0 END)
FROM sessions s JOIN enrollments e ON e.session_id = s.id {join}
WHERE {held} AND s.starts_at >= ? AND s.starts_at < ? GROUP BY {group}
"""
FILLED = """
SELECT {month}, count(*), sum(s.capacity), sum(s.seats_taken) FROM sessions s
WHERE {held} AND s.starts_at >= ? AND s.starts_at < ? GROUP BY 1
"""
TAUGHT = """
SELECT who, sum(minutes), count(*) FROM (
  SELECT s.trainer_id AS who, {minutes} AS minutes FROM sessions s
  WHERE {held} AND s.starts_at >= ? AND s.starts_at < ?
  UNION ALL SELECT r.resource_id, {minutes} FROM sessions s
  JOIN session_resources r ON r.session_id = s.id AND r.role = 'co'
  WHERE {held} AND s.starts_at >= ? AND s.starts_at < ?) AS t GROUP BY who
"""
USED = """
SELECT s.venue_id, sum({minutes}), count(*) FROM sessions s
WHERE {held} AND s.starts_at >= ? AND s.starts_at < ? GROUP BY s.venue_id
"""
EXPIRING = """
SELECT i.course_id, count(*) FROM compliance_items i JOIN people p ON p.id = i.person_id AND p.active
WHERE i.status = 'COMPLIANT' AND i.expires_on BETWEEN ? AND ? GROUP BY i.course_id
"""
AT_MOST = 3.0


def goals(place: Place) -> Iterator[Goal]:
    """Yield each report over all sessions that there are."""
    first, last = (place.instant(days).date() for days in (-1900, 1900))
    days = [place.stored(place.instant(-1900)), place.stored(place.instant(1901))]
    words = {"held": HELD, "month": MONTH[place.dialect], "minutes": MINUTES[place.dialect]}
    monthly = words | {"group": words["month"], "join": ""}
    by_department = words | {"group": "p.department", "join": "JOIN people p ON p.id = e.person_id"}
    for title, name, wish, statement, values in (
        ("enrollments by month", "enrollments", _wish(first, last), ENROLLED.format(**monthly), days),
        (
            "enrollments by department",
            "enrollments",
            _wish(first, last, Step.WHOLE, Split.DEPARTMENT),
            ENROLLED.format(**by_department),
            days,
        ),
        ("fill rate by month", "fill-rate", _wish(first, last), FILLED.format(**words), days),
        (
            "trainer hours",
            "trainer-hours",
            _wish(first, last, Step.WHOLE, Split.TRAINER),
            TAUGHT.format(**words),
            days * 2,
        ),
        ("venue use", "venue-use", _wish(first, last, Step.WHOLE, Split.VENUE), USED.format(**words), days),
    ):
        ours, floor = partial(_made, place, name, wish), partial(place.rows, statement, values)
        assert sum(line.values[0] or 0 for line in ours().lines) == sum(row[1] for row in floor())
        yield Goal(f"report over ten years: {title}", ours, floor, AT_MOST, floor_is="driver, one GROUP BY")
    yield _expiries(place)


def _expiries(place: Place) -> Goal:
    today = place.instant(0).date()
    bounds = [day.isoformat() if place.is_file else day for day in (today, today + dt.timedelta(days=90))]
    ours = partial(_made, place, "expiries", _wish(today, today, Step.WHOLE, Split.COURSE))
    return Goal(
        "expiries in 90 days", ours, partial(place.rows, EXPIRING, bounds), AT_MOST, floor_is="driver, one GROUP BY"
    )


def _wish(first: dt.date, last: dt.date, step: Step = Step.MONTH, split: Split = Split.TOTAL) -> ReportWish:
    return ReportWish(first, last, step, split)


def _made(place: Place, name: str, wish: ReportWish) -> Report:
    return place.store.read(make_report, name, wish, now=place.instant(0, 12))
