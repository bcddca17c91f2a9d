"""Sentences about free times and those who could step in: why each is offered, and why there is none (C7, C8)."""

from collections.abc import Sequence

from trainer_desk.services.rows.slots import Reason
from trainer_desk.services.rules.load import hours_text
from trainer_desk.texts.formats import length_text
from trainer_desk.texts.translate import _, mark, plural

REASONS = {
    "own_trainer": mark("{name} stays the trainer and is free, with {hours} booked that week."),
    "only_trainer": mark("{name} is the only qualified trainer who is free, with {hours} booked that week."),
    "least_booked": mark("{name} has the least booked that week of {free} qualified trainers who are free: {hours}."),
    "under_target": mark("{name} is free and stays below the weekly target, with {hours} booked that week."),
    "no_time": mark("The session has no time yet, so that nobody can be asked whether they are free."),
    "nobody_else_qualified": mark("Nobody else is qualified for {course}. Record a trainer's qualification first."),
    "own_venue": mark("{name} stays the venue and is free."),
    "venue_seats": mark("{name} is free and seats {capacity}."),
    "venue_unlimited": mark("{name} is free; how many it seats is not on file."),
    "over_target": mark("With this session {name} is booked more than {target} that week."),
    "others_free": mark("Free as well: {names}."),
    "nobody_qualified": mark("Nobody is qualified for {course}. Record a trainer's qualification first."),
    "no_venue_seats": mark("No venue seats {seats}. Lower the capacity, or add a larger venue."),
    "longer_than_a_day": mark("{length} do not fit into the working hours of a day. Make the session shorter."),
    "retired_things": mark("{names} cannot be booked any more. Take them out of the session first."),
}
"""One sentence for each reason."""


def reason_text(reason: Reason) -> str:
    """Return the sentence of a reason."""
    if reason.code == "people_busy":
        people = int(reason.facts["people"])
        return plural(
            "{n} person of the session is elsewhere then.", "{n} people of the session are elsewhere then.", people
        )
    if reason.code == "nothing_free":
        days = int(reason.facts["days"])
        return plural(
            "Within {n} working day, no qualified trainer is free together with a venue and all else that is needed.",
            "Within {n} working days, no qualified trainer is free together with a venue and all else that is needed.",
            days,
        )
    if reason.code == "others_taken":
        others = int(reason.facts["others"])
        return plural(
            "The other qualified trainer is taken or away.",
            "All {n} other qualified trainers are taken or away.",
            others,
        )
    return _(REASONS[reason.code]).format(**_shown(reason))


def reasons_text(reasons: Sequence[Reason]) -> str:
    """Return several reasons as one text."""
    return " ".join(reason_text(reason) for reason in reasons)


def _shown(reason: Reason) -> dict[str, object]:
    shown = dict(reason.facts)
    if "minutes" in shown:
        shown |= {"hours": hours_text(int(shown["minutes"])), "length": length_text(int(shown["minutes"]))}
    if "hours" in reason.facts:
        shown["target"] = hours_text(int(reason.facts["hours"]) * 60)
    if "names" in shown:
        shown["names"] = ", ".join(shown["names"])
    return shown
