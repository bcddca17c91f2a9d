"""Makes a report of what was counted: names the groups, puts periods and groups in order, fills what is empty (D2)."""

from collections.abc import Callable, Iterable, Sequence

from trainer_desk.services.reports.counting import Counted, GroupKey, Sums
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.reports import (
    EVERYTHING,
    Group,
    Measure,
    Number,
    Period,
    Report,
    ReportLine,
    ReportWish,
    Split,
)

Worked = Callable[[Sums], tuple[Number, ...]]
"""Makes the values of a line of its sums."""


def report_of(
    name: str,
    wish: ReportWish,
    directory: Directory,
    periods: Sequence[Period],
    measures: Sequence[Measure],
    counted: Counted,
    worked: Worked,
    *,
    sums: int,
) -> Report:
    """Return the report of so many sums; one that is not split has a line for every period, be it of noughts."""
    groups = groups_of(wish.split, {key for _place, key in counted}, directory)
    empty = (0,) * sums
    lines = []
    for place, period in enumerate(periods):
        for group in groups:
            found = counted.get((place, group.key))
            if found is not None or wish.split is Split.TOTAL:
                lines.append(ReportLine(period, group, worked(found or empty)))
    return Report(name, wish, tuple(measures), tuple(periods), groups, tuple(lines))


def groups_of(split: Split, keys: Iterable[GroupKey], directory: Directory) -> tuple[Group, ...]:
    """Return the groups of these keys by name; what has no department, site, venue or trainer comes last."""
    if split is Split.TOTAL:
        return (EVERYTHING,)
    found = [_group(split, key, directory) for key in keys]
    return tuple(sorted(found, key=lambda group: (not group.name, group.name.casefold(), group.code)))


def share(part: int, whole: int) -> float | None:
    """Return a share from 0 to 1; None of nothing."""
    return part / whole if whole else None


def _group(split: Split, key: GroupKey, directory: Directory) -> Group:
    if not isinstance(key, int):
        return Group(key, key or "", key or "")
    if split is Split.COURSE:
        course = directory.courses[key]
        return Group(key, course.code, course.title)
    resource = directory.venues[key] if split is Split.VENUE else directory.trainers[key]
    return Group(key, resource.code, resource.name)
