"""What is asked of a chart: the days, how long a period is, what stands apart, and what narrows it (D2)."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.reports.every import REPORTS, first_wish
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.reports import ReportWish, Split, Step
from trainer_desk.services.rules.periods import months_before
from trainer_desk.services.seats.picker import FilterValues
from trainer_desk.texts.reports import split_text, step_text
from trainer_desk.texts.translate import _, mark
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.search_combo import SearchCombo
from trainer_desk.views.theme import look

OWN = "own"
LETTERS = 17
"""So many letters have room in a choice: the longest one that is offered."""

SPANS: Mapping[str, str] = {
    "year": mark("Last 12 months"),
    "three": mark("Last 3 months"),
    "this": mark("This year"),
    "last": mark("Last year"),
    "ten": mark("Last 10 years"),
    "next": mark("Next 3 months"),
    OWN: mark("Other days"),
}
ONE = timedelta(days=1)


class Asked(NamedTuple):
    """What was asked of a report last: a span of `SPANS` with its days, and how they are cut."""

    span: str
    first: date
    last: date
    step: Step
    split: Split


def span_of(name: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of a span of `SPANS`, which are whole months; KeyError for other days."""
    after = months_before(today, -1)
    return {
        "year": (months_before(today, 11), after - ONE),
        "three": (months_before(today, 2), after - ONE),
        "this": (date(today.year, 1, 1), date(today.year, 12, 31)),
        "last": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
        "ten": (months_before(today, 119), after - ONE),
        "next": (today, months_before(today, -4) - ONE),
    }[name]


class Choices(QWidget):
    """`changed` fires when something else is wanted; each report offers what it takes, and keeps how it is split."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._kept: dict[str, Asked] = {}
        self.name = next(iter(REPORTS))
        self.span = SearchCombo(_("Days"), optional=False)
        self.first, self.last = (DateField(name, today, weekday=False) for name in (_("From"), _("To")))
        self.step, self.split = SearchCombo(_("Periods"), optional=False), SearchCombo(_("Apart by"), optional=False)
        self.site, self.department = (
            SearchCombo(_("Site"), hint=_("All sites")),
            SearchCombo(_("Department"), hint=_("All departments")),
        )
        self.course = SearchCombo(_("Course"), hint=_("All courses"))
        self._days, self._dash = QWidget(), PlainLabel("–")
        self._lay_out()
        self.span.set_choices([(key, _(text)) for key, text in SPANS.items()])
        self.show_span("year")
        self._join()

    def wish(self) -> ReportWish:
        """Return what is asked for now; what the report does not take narrows nothing."""
        narrows, today = REPORTS[self.name].narrows, self._today()
        return ReportWish(
            self.first.value or today,
            self.last.value or today,
            *self._cut(),
            _text(self.site.value) if "site" in narrows else None,
            _text(self.department.value) if "department" in narrows else None,
            self.course.value if "course" in narrows and isinstance(self.course.value, int) else None,
        )

    def show_report(self, name: str) -> None:
        """Offer what a report takes, with the days and cut as they were last."""
        self.name, kind = name, REPORTS[name]
        span, first, last, step, split = self._kept.get(name) or self._at_first(name)
        if span == OWN:
            self._show_days(OWN, first, last)
        else:
            self.show_span(span)
        self.step.set_choices([(one, step_text(one)) for one in Step])
        self.step.set_value(step)
        self.split.set_choices([(one, split_text(one)) for one in kind.splits])
        self.split.set_value(split if split in kind.splits else kind.splits[0])
        for narrow, field in (("site", self.site), ("department", self.department), ("course", self.course)):
            field.setVisible(narrow in kind.narrows)
        for part in (self._days, self.step):
            part.setVisible(kind.is_dated)

    def offer(self, values: FilterValues, directory: Directory) -> None:
        """Offer the departments, sites and courses that there are."""
        sites = {*values.sites, *(venue.site for venue in directory.venues.values() if venue.site)}
        self.site.set_choices([(site, site) for site in sorted(sites, key=str.casefold)])
        self.department.set_choices([(one, one) for one in values.departments])
        self.course.set_choices([(course.id, course.title) for course in directory.courses.values() if course.active])

    def state(self) -> dict[str, Any]:
        """Return what is remembered of each report: its days, and how it is cut."""
        return {
            name: [asked.span, asked.first.isoformat(), asked.last.isoformat(), asked.step.value, asked.split.value]
            for name, asked in self._kept.items()
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take what `state` returned; what is not understood is passed over."""
        for name, kept in state.items():
            try:
                span, first, last, step, split = kept
                asked = Asked(str(span), date.fromisoformat(first), date.fromisoformat(last), Step(step), Split(split))
            except (TypeError, ValueError):
                continue
            if name in REPORTS and asked.span in SPANS:
                self._kept[name] = asked

    def _at_first(self, name: str) -> Asked:
        wish = first_wish(name, self._today())
        return Asked("next" if REPORTS[name].looks_ahead else "year", wish.first, wish.last, wish.step, wish.split)

    def show_span(self, name: str) -> None:
        """Show a span of `SPANS` with its days, without telling anybody."""
        self._show_days(name, *span_of(name, self._today()))

    def _show_days(self, span: str, first: date, last: date) -> None:
        self.span.set_value(span)
        self.first.set_value(first)
        self.last.set_value(last)

    def _lay_out(self) -> None:
        for day in (self.first, self.last):
            day.setFixedWidth(look().px(136))
        days = QHBoxLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(8)
        for part in (self.span, self.first, self._dash, self.last):
            days.addWidget(part)
        above, below = QHBoxLayout(), QHBoxLayout()
        narrowing: tuple[QWidget, ...] = (self.split, self.site, self.department, self.course)
        for row, fields in ((above, (self._days, self.step)), (below, narrowing)):
            row.setSpacing(8)
            for field in fields:
                row.addWidget(field)
            row.addStretch()
        for combo in (self.span, self.step, self.split, self.site, self.department, self.course):
            combo.setMinimumContentsLength(LETTERS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(above)
        column.addLayout(below)

    def _join(self) -> None:
        self.span.chosen.connect(self._span_chosen)
        for day in (self.first, self.last):
            day.changed.connect(self._day_chosen)
        for field in (self.step, self.split, self.site, self.department, self.course):
            field.chosen.connect(lambda _value: self._tell())

    def _span_chosen(self, name: object) -> None:
        if name == OWN:
            self.first.setFocus()
            return
        self.show_span(str(name))
        self._tell()

    def _day_chosen(self, _day: object) -> None:
        self.span.set_value(OWN)
        self._tell()

    def _tell(self) -> None:
        wish = self.wish()
        self._kept[self.name] = Asked(str(self.span.value), wish.first, wish.last, wish.step, wish.split)
        self.changed.emit()

    def _cut(self) -> tuple[Step, Split]:
        """Return how long a period is, and what stands apart."""
        kind = REPORTS[self.name]
        step, split = self.step.value, self.split.value
        return step if isinstance(step, Step) else kind.step, split if isinstance(split, Split) else kind.splits[0]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
