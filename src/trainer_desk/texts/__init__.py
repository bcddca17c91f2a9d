"""Everything the program says: codes, states and times turned into sentences, for window and command line alike.

No Qt here. The catalogue of another language is found through gettext; see `trainer_desk.texts.translate`. The
sentences are loaded when one is first asked for, so that a window can paint its own few words without them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trainer_desk.texts.errors import error_text
    from trainer_desk.texts.findings import finding_text, findings_text, fix_text, waiver_text
    from trainer_desk.texts.formats import (
        date_text,
        day_text,
        full_day_text,
        length_text,
        load_line,
        moment_text,
        month_text,
        range_text,
        span_text,
        spoken_span,
        time_text,
        weekday_name,
        when_text,
    )
    from trainer_desk.texts.warnings import warning_text
    from trainer_desk.texts.words import (
        attendance_word,
        enrollment_word,
        field_word,
        group_word,
        kind_word,
        label_word,
        outcome_word,
        people_text,
        pill_text,
        run_status_word,
        seats_text,
        spots_text,
        state_word,
        venue_kind_word,
    )

__all__ = [
    "attendance_word",
    "date_text",
    "day_text",
    "enrollment_word",
    "error_text",
    "field_word",
    "finding_text",
    "findings_text",
    "fix_text",
    "full_day_text",
    "group_word",
    "kind_word",
    "label_word",
    "length_text",
    "load_line",
    "moment_text",
    "month_text",
    "outcome_word",
    "people_text",
    "pill_text",
    "range_text",
    "run_status_word",
    "seats_text",
    "span_text",
    "spoken_span",
    "spots_text",
    "state_word",
    "time_text",
    "venue_kind_word",
    "waiver_text",
    "warning_text",
    "weekday_name",
    "when_text",
]

PARTS = ("errors", "findings", "formats", "warnings", "words")
"""The modules of the sentences; all are loaded together, because they name each other."""


def __getattr__(name: str) -> Any:
    """Load every sentence and return what was asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    for module in [import_module(f"{__name__}.{part}") for part in PARTS]:
        globals().update({key: value for key, value in vars(module).items() if key in __all__})
    return globals()[name]
