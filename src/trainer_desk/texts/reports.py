"""The words of reports with charts: names, what they count, columns, periods and numbers (D2)."""

from trainer_desk.services.rows.reports import Group, Measure, Number, Period, Report, Split, Step, Unit
from trainer_desk.services.rules.load import hours_text
from trainer_desk.texts.formats import MONTHS, range_text
from trainer_desk.texts.translate import _, mark, plural

TITLES = {
    "compliance": mark("Compliance over time"),
    "expiries": mark("Expiring in 30, 60 and 90 days"),
    "fill-rate": mark("Fill rate"),
    "enrollments": mark("Enrollments and no-shows"),
    "venue-use": mark("Venue use"),
    "trainer-hours": mark("Trainer hours"),
    "waitlist": mark("Waitlist demand"),
}
COUNTS = {
    "compliance": mark("Of all that is asked of people in use, what they hold on the last day of each period."),
    "expiries": mark("Trainings of people in use that end within 30, 60 and 90 days from today."),
    "fill-rate": mark("Seats taken of all seats, in sessions with a limit that are scheduled or were held."),
    "enrollments": mark("People in sessions that are scheduled or were held, by the day of the session."),
    "venue-use": mark(
        "Hours of sessions of all working hours without holidays and closures; a hall counts by its rooms."
    ),
    "trainer-hours": mark("Hours of sessions that are scheduled or were held; who helps counts in full."),
    "waitlist": mark("People who wait in scheduled sessions, and how many of them find no seat in another session."),
}
MEASURES = {
    "sessions": mark("Sessions"),
    "unlimited": mark("Without a limit"),
    "seats": mark("Seats"),
    "taken": mark("Taken"),
    "fill_rate": mark("Fill rate"),
    "enrolled": mark("Enrolled"),
    "withdrawn": mark("Withdrawn"),
    "attended": mark("Attended"),
    "no_shows": mark("No-shows"),
    "not_marked": mark("Not marked"),
    "no_show_rate": mark("No-show rate"),
    "asked": mark("Asked"),
    "compliant": mark("Compliant"),
    "expiring": mark("Expiring soon"),
    "pending": mark("Pending"),
    "not_compliant": mark("Not compliant"),
    "compliance": mark("Compliance"),
    "days_30": mark("Within 30 days"),
    "days_60": mark("In 31–60 days"),
    "days_90": mark("In 61–90 days"),
    "within_90": mark("Within 90 days"),
    "booked": mark("Booked"),
    "working": mark("Working hours"),
    "use": mark("Use"),
    "delivered": mark("Held"),
    "taught": mark("All hours"),
    "waiting": mark("Waiting"),
    "elsewhere": mark("With a seat elsewhere"),
    "short": mark("Without a seat"),
    "queues": mark("Sessions with a queue"),
    "free": mark("Free seats"),
}
SPLITS = {
    Split.TOTAL: mark("Everything together"),
    Split.COURSE: mark("By course"),
    Split.DEPARTMENT: mark("By department"),
    Split.SITE: mark("By site"),
    Split.VENUE: mark("By venue"),
    Split.TRAINER: mark("By trainer"),
}
HEADS = {
    Split.COURSE: mark("Course"),
    Split.DEPARTMENT: mark("Department"),
    Split.SITE: mark("Site"),
    Split.VENUE: mark("Venue"),
    Split.TRAINER: mark("Trainer"),
}
WITHOUT = {
    Split.DEPARTMENT: mark("No department"),
    Split.SITE: mark("No site"),
    Split.VENUE: mark("No venue"),
    Split.TRAINER: mark("No trainer"),
}
STEPS = {
    Step.WHOLE: mark("All days as one"),
    Step.WEEK: mark("By week"),
    Step.MONTH: mark("By month"),
    Step.QUARTER: mark("By quarter"),
    Step.YEAR: mark("By year"),
}


def title_of(name: str) -> str:
    """Return what a report is called."""
    return _(TITLES[name])


def counts_of(name: str) -> str:
    """Return the sentence that says what a report counts."""
    return _(COUNTS[name])


def measure_text(measure: Measure) -> str:
    """Return the title of a measure's column."""
    return _(MEASURES[measure.name])


def split_text(split: Split) -> str:
    """Return by what numbers stand apart."""
    return _(SPLITS[split])


def head_text(split: Split) -> str:
    """Return the title of the column of groups."""
    return _(HEADS[split])


def step_text(step: Step) -> str:
    """Return how long a period is."""
    return _(STEPS[step])


def group_text(group: Group, split: Split) -> str:
    """Return what a group is called; what belongs to none says so."""
    return group.name or (_(WITHOUT[split]) if split in WITHOUT else _("All"))


def period_text(period: Period, step: Step) -> str:
    """Return `2026`, `Q4 2026`, `Nov 2026`, `W48 2026`, or the days in the fewest words."""
    if step is Step.WHOLE:
        return range_text(period.first, period.last)
    if step is Step.WEEK:
        year, week, _day = period.first.isocalendar()
        return _("W{week} {year}").format(week=week, year=year)
    if step is Step.QUARTER:
        return _("Q{quarter} {year}").format(quarter=(period.first.month + 2) // 3, year=period.first.year)
    if step is Step.YEAR:
        return str(period.first.year)
    return f"{_(MONTHS[period.first.month - 1])} {period.first.year}"


def number_text(value: Number, unit: Unit) -> str:
    """Return `1,204`, `83 %` or `12.5h`; an en dash where there is nothing to tell."""
    if value is None:
        return "–"
    if unit is Unit.SHARE:
        return f"{value * 100:.0f} %"
    return hours_text(round(value)) if unit is Unit.MINUTES else f"{value:,.0f}"


def days_text(report: Report) -> str:
    """Return the days that a report counts, in the fewest words."""
    return range_text(report.periods[0].first, report.periods[-1].last)


def left_out_text(count: int) -> str:
    """Return that a chart shows the largest groups only."""
    return plural("{n} more is in the table.", "{n} more are in the table.", count)
