"""The side-by-side of leave, a closure or a holiday: its fields as they are stored, and how each is said; pure."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.services.rows.absences import Absence, Wanted
from trainer_desk.texts.comparing import plain_value_text
from trainer_desk.texts.translate import _
from trainer_desk.views.absences.words import span_words
from trainer_desk.views.comparing.words import Told


def absence_fields(absence: Absence | Wanted) -> dict[str, Any]:
    """Return what can be changed of an absence."""
    return {name: getattr(absence, name) for name in ("starts_at", "ends_at", "reason")}


def told_absence(name: str, zone: ZoneInfo, *, is_holiday: bool) -> Told:
    """Return how an absence and its fields are said; a holiday has a name where leave has a reason."""
    titles = {"when": _("When"), "reason": _("Name") if is_holiday else _("Reason")}
    return Told(name, zone, lambda group: titles[group], partial(_value, zone))


def _value(zone: ZoneInfo, group: str, values: Mapping[str, Any]) -> str:
    if group == "when":
        return span_words(values["starts_at"], values["ends_at"], zone)
    return plain_value_text(values[group])
