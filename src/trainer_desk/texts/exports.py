"""What saved exports and gaps in the data are called."""

from collections.abc import Sequence

from trainer_desk.texts.translate import _, mark, plural

RANGES = {
    "today": mark("today"),
    "this_week": mark("this week"),
    "next_week": mark("next week"),
    "last_week": mark("last week"),
    "next_4_weeks": mark("next 4 weeks"),
    "this_month": mark("this month"),
    "next_month": mark("next month"),
    "last_month": mark("last month"),
    "this_quarter": mark("this quarter"),
    "this_year": mark("this year"),
}
"""The words of `rules.day_ranges`."""

WHAT = {"roster": mark("Rosters"), "sessions": mark("Sessions")}
"""What an export holds."""


def range_text(name: str) -> str:
    """Return `next 4 weeks`."""
    return _(RANGES[name])


def filter_text(what: str, days: str, narrowed: Sequence[str]) -> str:
    """Return `Rosters · next 4 weeks · Fire Warden`."""
    return " · ".join([_(WHAT[what]), range_text(days), *narrowed])


def gap_text(code: str, count: int) -> str:
    """Return how many things lack something: `12 people have no department.`"""
    if code == "no_department":
        return plural("{n} person has no department.", "{n} people have no department.", count)
    if code == "no_job_role":
        return plural("{n} person has no job role.", "{n} people have no job role.", count)
    if code == "no_short_code":
        return plural("{n} course has no short code.", "{n} courses have no short code.", count)
    if code == "no_validity":
        return plural("{n} course is valid for ever.", "{n} courses are valid for ever.", count)
    if code == "no_course":
        return plural("{n} trainer may teach no course.", "{n} trainers may teach no course.", count)
    return plural("{n} venue has no capacity.", "{n} venues have no capacity.", count)
