"""Codes whose sentence is put together from their facts: states, missing things, odd times, doubles, old versions."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import RequestStatus, Role, SessionStatus
from trainer_desk.services.rows.attendance import Mark
from trainer_desk.services.rules.times import iso_text
from trainer_desk.services.rules.transitions import moves_from
from trainer_desk.texts.attendance import mark_text
from trainer_desk.texts.facts import either, filled, prepared, shown
from trainer_desk.texts.formats import moment_text, time_text
from trainer_desk.texts.reasons import database_text, value_text
from trainer_desk.texts.sentences import DUPLICATES, GONE, NOT_OWN, ODD_TAKEN, SENTENCES, SIGN_UP, TRASH
from trainer_desk.texts.translate import _, mark, plural
from trainer_desk.texts.words import fields_text, kind_word, request_word, role_word, state_word

MOVE_WORDS = {
    "publish": mark("schedule it"),
    "start": mark("start it"),
    "unpublish": mark("put it back to draft"),
    "complete": mark("complete it"),
    "reopen": mark("open it again"),
    "cancel": mark("cancel it"),
    "reinstate": mark("reinstate it as a draft"),
}
"""What a refusal proposes, for each move of the table."""

DEEDS = {
    "delete": mark("deleted"),
    "restore": mark("restored"),
    "enroll": mark("filled with people"),
    "withdraw": mark("left by people"),
    "hold": mark("reserved in part"),
    "replace": mark("filled with other people"),
    "move": mark("left or joined by people"),
    "accept_offer": mark("joined by people"),
    "decline_offer": mark("left by people"),
    "duplicate": mark("duplicated"),
    "group": mark("split into groups"),
    "check_in": mark("entered by people"),
    "check_out": mark("left by people"),
    "mark": mark("marked for attendance"),
    "walk_in": mark("joined by walk-ins"),
    "undo": mark("undone"),
    "prepare": mark("prepared"),
    "repeat": mark("repeated"),
}

REQUEST_DEEDS = {
    "accept": mark("accepted"),
    "decline": mark("declined"),
    "cancel": mark("cancelled"),
    "edit": mark("changed"),
}
"""What can be done with an open booking request."""

STALE = {
    "changed_since": (
        mark("Nothing was undone: {by} changed the same thing at {clock}. Look at it and change it by hand."),
        mark("Nothing was undone: {by} changed the same thing meanwhile. Look at it and change it by hand."),
        mark("Nothing was undone: the same thing was changed meanwhile. Look at it and change it by hand."),
    ),
    "reverted_already": (
        mark("Nothing was changed: “{label}” was taken back already."),
        mark("Nothing was changed: this step was taken back already."),
    ),
    "marked_since": (
        mark("{name} was marked by {by} at {clock}: {mark}. Your mark was not saved. Look at both and decide."),
        mark("{name} was marked by somebody else meanwhile: {mark}. Your mark was not saved. Look at both and decide."),
        mark("Somebody else marked this person meanwhile. Your mark was not saved. Look at both and decide."),
    ),
    "setting": (
        mark("{by} changed this setting at {clock}. Yours was not saved. Look at the new value and decide again."),
        mark("This setting was changed meanwhile. Yours was not saved. Look at the new value and decide again."),
    ),
    "run_has_sessions": (
        mark("Nothing was undone: there are sessions in the run {key} by now. Take them out of it first."),
        mark("Nothing was undone: there are sessions in the run by now. Take them out of it first."),
    ),
    "completed_since": (
        mark("Nothing was undone: {ref} was completed since, and everybody in it stays marked. Open it again first."),
        mark(
            "Nothing was undone: the session was completed since, and everybody in it stays marked. "
            "Open it again first."
        ),
    ),
    "people_changed": (mark("Somebody came or left meanwhile. Nothing was changed. Look at the people again."),),
    "shown_before": (
        mark("Changed by {by} at {clock}: {fields}. Look again."),
        mark("Changed by {by} meanwhile: {fields}. Look again."),
        mark("Changed meanwhile: {fields}. Look again."),
        mark("Changed meanwhile. Look again."),
    ),
    "cannot_be_undone": (mark("Nothing was undone: what this step added cannot be taken back. Change it by hand."),),
}
"""What `stale` says where it does not concern an edit, by the fact `why`."""


def sentence(code: str, facts: Mapping[str, Any], zone: ZoneInfo) -> str:
    """Return what a code says with these facts, in the wall clock of `zone`; an unknown code says little."""
    special = _SPECIAL.get(code)
    if special is not None:
        return special(facts, zone)
    words = prepared(facts, zone)
    gone = GONE.get(words.get("why", ""))
    if gone is not None and {"name", "subject"} & words.keys():
        return _(gone).format(name=words.get("name", words.get("subject")))
    return filled(SENTENCES.get(code, _UNKNOWN), words)


def _not_found(facts: Mapping[str, Any], zone: ZoneInfo) -> str:
    words = prepared(facts, zone)
    if "kind" in words:
        words["kind"] = kind_word(words["kind"])
    special = TRASH.get(str(facts.get("why")))
    return filled(SENTENCES["not_found"] if special is None else (special, *SENTENCES["not_found"]), words)


def _wrong_state(facts: Mapping[str, Any], zone: ZoneInfo) -> str:
    if isinstance(facts.get("request_state"), RequestStatus):
        return _wrong_request(facts)
    state = facts.get("state")
    if not isinstance(state, SessionStatus):
        return filled(SENTENCES["wrong_state"], {})
    name = shown(facts.get("title") or facts.get("ref") or _("This session"))
    if facts.get("why") in SIGN_UP:
        return _(SIGN_UP[facts["why"]]).format(title=name, state=_state(state))
    is_there = facts.get("wanted") is state
    told = _("{name} is {state} already.") if is_there else _("{name} is {state}.")
    said = [told.format(name=name, state=_state(state))]
    if facts.get("fields"):
        said.append(_fixed(state, facts["fields"]))
    elif isinstance(facts.get("ends_at"), datetime):
        until = moment_text(facts["ends_at"], zone, year=True)
        said.append(_("Before its end, {until}, it can be completed only once it was started.").format(until=until))
    elif isinstance(facts.get("wanted"), SessionStatus) and not is_there:
        said.append(_("It cannot become {wanted} from there.").format(wanted=_state(facts["wanted"])))
    elif facts.get("allowed"):
        said.append(_must_be(facts))
    possible = dict.fromkeys(move.verb for move in moves_from(state, is_over=False))
    ways = [_(MOVE_WORDS[verb]) for verb in possible if verb in MOVE_WORDS]
    if ways and not facts.get("fields"):
        said.append(_("You can {ways}.").format(ways=either(ways)))
    return " ".join(said)


def _wrong_request(facts: Mapping[str, Any]) -> str:
    """Say of a booking request why it cannot be decided, or why the session that it made stays in the trash (Q1)."""
    if "session" in facts:
        text = _("{session} came of the request {request}, which is open again. Accept or decline that instead.")
        if facts["request_state"] is not RequestStatus.DRAFT:
            text = _("{session} came of the request {request}, which is {state} by now. Make a new session instead.")
        words = {name: shown(facts.get(name)) for name in ("session", "request")}
        return text.format(state=request_word(facts["request_state"]).lower(), **words)
    said = _("The request {ref} is {state} already.")
    said = said.format(ref=shown(facts.get("ref")), state=request_word(facts["request_state"]).lower())
    deed = REQUEST_DEEDS.get(str(facts.get("verb")))
    return said if deed is None else f"{said} " + _("It must be open to be {deed}.").format(deed=_(deed))


def _fixed(state: SessionStatus, fields: tuple[str, ...]) -> str:
    if state is SessionStatus.IN_PROGRESS:
        return _("Its course and its start stay as they are; everything else can be changed.")
    text = _("Only its notes and metadata can be changed, not {fields}.")
    return text.format(fields=fields_text(list(fields)))


def _must_be(facts: Mapping[str, Any]) -> str:
    states = either([_state(state) for state in facts["allowed"]])
    deed = DEEDS.get(str(facts.get("verb")))
    if deed is None:
        return _("For that it must be {states}.").format(states=states)
    return _("It must be {states} to be {deed}.").format(states=states, deed=_(deed))


def _state(state: SessionStatus) -> str:
    return state_word(state).lower()


def _stale(facts: Mapping[str, Any], zone: ZoneInfo) -> str:
    words = prepared(facts, zone)
    at = facts.get("at")
    if isinstance(at, datetime):
        words["clock"] = time_text(at, zone)
    if isinstance(facts.get("mark"), Mark):
        words["mark"] = mark_text(facts["mark"])
    if facts.get("fields"):
        words["fields"] = fields_text(facts["fields"])
    return filled(STALE.get(str(facts.get("why")), SENTENCES["stale"]), words)


def _duplicate(facts: Mapping[str, Any], zone: ZoneInfo) -> str:
    words = prepared(facts, zone)
    if "ref" in words:
        words.setdefault("key", words["ref"])
    if "kind" in words:
        words["kind"] = kind_word(words["kind"])
    special = DUPLICATES.get(str(facts.get("why")))
    return filled(SENTENCES["duplicate_ref"] if special is None else (special, *SENTENCES["duplicate_ref"]), words)


def _odd_time(facts: Mapping[str, Any], zone: ZoneInfo, code: str) -> str:
    words = prepared(facts, zone)
    earlier, later = facts.get("earlier"), facts.get("later")
    if isinstance(earlier, datetime) and isinstance(later, datetime):
        here = ZoneInfo(facts["zone"]) if "zone" in facts else zone
        words |= {"before": time_text(earlier, here), "after": time_text(later, here)}
        if words["before"][:2] > words["after"][:2]:
            words |= {"before": moment_text(earlier, here), "after": moment_text(later, here)}
        words |= {"first": iso_text(earlier, here), "second": iso_text(later, here)}
    return filled(ODD_TAKEN[code] if facts.get("why") == "taken" else SENTENCES[code], words)


def _unqualified(facts: Mapping[str, Any], zone: ZoneInfo) -> str:
    said = filled(SENTENCES["trainer_not_qualified"], prepared(facts, zone))
    others = facts.get("others")
    return f"{said} " + plural("{n} other trainer is.", "{n} other trainers are.", others) if others else said


def _not_allowed(facts: Mapping[str, Any], zone: ZoneInfo) -> str:
    if facts.get("why") in NOT_OWN:
        return filled((NOT_OWN[facts["why"]],), {})
    words = prepared({name: value for name, value in facts.items() if name != "roles"}, zone)
    roles = [role_word(role).lower() for role in facts.get("roles", ()) if isinstance(role, Role)]
    if roles:
        words["roles"] = either(roles)
    if isinstance(facts.get("role"), Role):
        words["role"] = role_word(facts["role"]).lower()
    return filled(SENTENCES["not_allowed"], words)


_UNKNOWN = (mark("This is not possible. Look at the session again."),)
_SPECIAL: dict[str, Callable[[Mapping[str, Any], ZoneInfo], str]] = {
    "not_found": _not_found,
    "bad_value": value_text,
    "database_error": database_text,
    "wrong_state": _wrong_state,
    "stale": _stale,
    "trainer_not_qualified": _unqualified,
    "duplicate_ref": _duplicate,
    "not_allowed": _not_allowed,
    "time_does_not_exist": partial(_odd_time, code="time_does_not_exist"),
    "time_is_ambiguous": partial(_odd_time, code="time_is_ambiguous"),
}
