"""The words of the sheet that retires something: titles, what it asks, and what each way of settling is called."""

from trainer_desk.services.rows.retiring import Place, Retired, Retirement
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.settling import Way
from trainer_desk.services.rules.retiring import field_of
from trainer_desk.texts import enrollment_word
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.settling.words import settled_text


def title(found: Retirement) -> str:
    """Return `Retire Training Room A`; of a person `Ann Baker leaves`."""
    said = _("{name} leaves") if found.kind == "person" else _("Retire {name}")
    return said.format(name=found.name)


def question(found: Retirement) -> str:
    """Return what is concerned, and what is asked."""
    if found.kind == "person":
        return _places(found)
    if not found.sessions:
        return _("Nothing that is coming is concerned. It can be taken back into use at any time.")
    counted = plural("{n} coming session is concerned.", "{n} coming sessions are concerned.", len(found.sessions))
    return _("{counted} Choose what becomes of each. All of it is one step, and one Undo takes it back.").format(
        counted=counted
    )


def roles(found: Retirement) -> str:
    """Return which trainers the person is, who stay in use; empty if none."""
    if not found.roles:
        return ""
    names = ", ".join(found.roles)
    return _("As trainer, {names} stays in use. Retire the trainer on the page Trainers.").format(names=names)


def way_text(way: Way, found: Retirement, card: SessionCard) -> str:
    """Return what a way of settling a session is called."""
    if way is Way.LEAVE_OUT:
        return _leave_out(found, card)
    return {
        Way.DRAFT: _("Back to draft"),
        Way.CANCEL: _("Cancel the session"),
        Way.KEEP: _("Take place as planned") if found.kind == "course" else _("Leave as it is, marked red"),
        Way.REPLACE: _("Replace"),
        Way.TIME: _("Another time"),
    }[way]


def place_words(place: Place) -> str:
    """Return how the person stands in a session."""
    return enrollment_word(place.state)


def verb(found: Retirement) -> str:
    """Return the word on the button."""
    return _("Deactivate") if found.kind == "person" else _("Retire")


def done(found: Retirement, retired: Retired) -> str:
    """Return the sentence for the toast."""
    if found.kind == "person":
        given_up = plural("{n} place given up", "{n} places given up", retired.places)
        said = _("{name} has left; {places}.") if retired.places else _("{name} has left.")
        return said.format(name=found.name, places=given_up)
    settled = sum(count for way, count in retired.settled.items() if way is not Way.KEEP)
    said = _("{name} retired; {settled}.") if settled else _("{name} retired.")
    return said.format(name=found.name, settled=settled_text(settled))


def _places(found: Retirement) -> str:
    if not found.places:
        return _("No place to come. What was attended stays on record, and they can be taken back at any time.")
    counted = plural("{n} coming place is given up.", "{n} coming places are given up.", len(found.places))
    return _("{counted} Whoever waits there moves up. One Undo takes all of it back.").format(counted=counted)


def _leave_out(found: Retirement, card: SessionCard) -> str:
    field = field_of(found.kind, card, found.id)
    return {
        "trainer_id": _("No trainer for now"),
        "venue_id": _("No venue for now"),
        "co_trainer_ids": _("Go on without them"),
        "equipment_ids": _("Go on without it"),
    }[field]
