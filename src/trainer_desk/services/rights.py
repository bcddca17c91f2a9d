"""Who may do what: the one table of write verbs and roles, asked by the store before it writes and by the window."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from trainer_desk.models.enums import Role
from trainer_desk.services.rules.transitions import actors_of

Roles = frozenset[Role]

ADMINISTRATORS: Roles = frozenset({Role.ADMINISTRATOR})
PLANNERS: Roles = ADMINISTRATORS | {Role.SUPERVISOR}
AT_THE_DOOR: Roles = PLANNERS | {Role.TRAINER}
ASKING: Roles = PLANNERS | {Role.REQUESTER}
EVERYBODY: Roles = frozenset(Role)

_BY_ROLES: Mapping[Roles, tuple[str, ...]] = {
    ADMINISTRATORS: (
        "accounts.logins.add",
        "accounts.logins.disable",
        "accounts.server_logins.add_with_login",
        "accounts.server_logins.set_password",
        "exchange.importing.run.run_import",
        "orchestration.repairing.repair",
        "orchestration.settings.change_settings",
        "orchestration.settings.set_setting",
        "orchestration.absences.enter_holiday",
        "orchestration.absences.change_holiday",
        "planning.holidays.add_holiday",
        "planning.holidays.rename_holiday",
        "planning.holidays.lift_holiday",
    ),
    PLANNERS: (
        "attachments.keeping.attach",
        "attachments.keeping.attach_file",
        "attachments.keeping.remove",
        "people.contacts.look_at",
        "people.contacts.set_contact",
        "people.records.record",
        "people.records.correct",
        "people.records.take_back",
        "orchestration.training.record_training",
        "orchestration.training.record_with_files",
        "orchestration.training.correct_training",
        "orchestration.accepting.accept",
        "orchestration.accepting.accept_into_session",
        "orchestration.accepting.accept_into_run",
        "orchestration.bulk.carry_out",
        "orchestration.bulk.change_many",
        "orchestration.catalogue.create",
        "orchestration.catalogue.change",
        "orchestration.catalogue.rename",
        "orchestration.catalogue.write_row",
        "orchestration.drafting.draft_for",
        "orchestration.intakes.record_intake",
        "orchestration.intakes.record_intakes",
        "orchestration.intakes.take_back_intake",
        "orchestration.lowering.lower_capacity",
        "orchestration.lowering.lower_and_rehome",
        "orchestration.queues.settle_queue",
        "orchestration.recording_past.record_past",
        "orchestration.reissuing.reissue",
        "orchestration.requiring.create_requirement",
        "orchestration.requiring.change_requirement",
        "orchestration.requiring.delete_requirement",
        "orchestration.rehoming.cancel_and_rehome",
        "orchestration.repeating.clone_run",
        "orchestration.repeating.make_series",
        "orchestration.repeating.repeat",
        "orchestration.retiring.retire",
        "orchestration.retiring.give_up_places",
        "orchestration.series_editing.edit_series",
        "orchestration.series_editing.end_series",
        "orchestration.series_editing.skip_day",
        "orchestration.series_editing.spread",
        "orchestration.series_editing.take_back",
        "orchestration.settling.settle_session",
        "orchestration.substituting.substitute",
        "orchestration.run_days.add_days",
        "orchestration.run_days.change_run",
        "orchestration.run_days.put_into_run",
        "orchestration.scheduling.edit_session",
        "orchestration.scheduling.unschedule",
        "orchestration.scheduling.delete_session",
        "orchestration.scheduling.restore_session",
        "membership.add_members",
        "notices.telling.tell",
        "notices.telling.untell",
        "notices.telling.know",
        "people.intakes.follow_people",
        "people.intakes.record_intake",
        "people.intakes.take_back_intake",
        "orchestration.absences.enter_absence",
        "orchestration.absences.change_absence",
        "orchestration.absences.lift_absence",
        "planning.blocks.add_block",
        "planning.blocks.lift_block",
        "planning.checklists.add_item",
        "planning.checklists.change_item",
        "planning.checklists.raise_item",
        "planning.checklists.remove_item",
        "orchestration.drafting_runs.draft_runs",
        "planning.drafts.create_draft",
        "planning.drafts.edit_session",
        "planning.drafts.duplicate_session",
        "planning.drafts.delete_session",
        "planning.drafts.restore_session",
        "planning.placing.place_copy",
        "planning.placing.for_each",
        "planning.qualifications.give_qualification",
        "planning.qualifications.take_back_qualification",
        "planning.session_checklists.add_item",
        "planning.session_checklists.remove_item",
        "planning.session_checklists.set_done",
        "planning.run_editing.create_run",
        "planning.run_editing.edit_run",
        "planning.series.create_series",
        "planning.series.end_rule",
        "planning.series.leave_out",
        "planning.series.take_in",
        "planning.waivers.waive",
        "planning.waivers.take_back",
        "requests.deciding.decline",
        "requests.deciding.decline_all",
        "seats.enrolling.enroll",
        "seats.enrolling.withdraw",
        "seats.enrolling.withdraw_all",
        "seats.groups.make_group",
        "seats.groups.edit_group",
        "seats.groups.remove_group",
        "seats.groups.assign",
        "seats.groups.unassign",
        "seats.groups.spread",
        "seats.holds.hold_seats",
        "seats.holds.release_hold",
        "seats.holds.fill_hold",
        "seats.lapsing.sweep",
        "seats.moving.replace_person",
        "seats.moving.move_person",
        "seats.next_date.enroll_next",
        "seats.offers.accept_offer",
        "seats.offers.decline_offer",
        "seats.settling.settle",
        "seats.settling.settle_with",
        "seats.settling.settle_sessions",
        "seats.settling.settle_stuck",
        "seats.on_run.put_on_run",
        "seats.on_run.take_off_run",
        "seats.whole_run.enroll_in_run",
    ),
    AT_THE_DOOR: (
        "attendance.marking.mark",
        "attendance.marking.mark_rest",
        "orchestration.attending.mark",
        "orchestration.attending.mark_rest",
        "orchestration.announcing.announce",
        "orchestration.attending.walk_in",
        "orchestration.attending.admit",
        "orchestration.attending.look_at_contact",
        "seats.arriving.arrive",
        "orchestration.outgoing.carry_out",
        "orchestration.certifying.certify",
        "orchestration.preparing.tick",
        "orchestration.preparing.untick",
        "orchestration.certifying.certify_after",
        "orchestration.certifying.certify_courses",
        "orchestration.certifying.certify_run",
        "seats.occupancy.check_in",
        "seats.occupancy.check_out",
        "seats.presences.keep_alive",
        "seats.settling.settle_due",
        "seats.settling.sweep_lapsed",
    ),
    ASKING: (
        "requests.filing.file_request",
        "requests.filing.edit_request",
        "requests.filing.cancel_request",
    ),
    EVERYBODY: (
        "accounts.own_password.change_own_password",
        "orchestration.undoing.reverse",  # of own changes only, by what they touched: `roles_for_undoing`
        "notices.seeing.see",
        "orchestration.signing_up.sign_up",
        "orchestration.signing_up.join_waitlist",
        "orchestration.signing_up.cancel_sign_up",
        "orchestration.signing_up.accept_own_offer",
        "orchestration.signing_up.decline_own_offer",
    ),
}

_MOVING = {
    "planning.publishing": ("publish",),
    "planning.lifecycle": ("unpublish", "start", "complete", "reopen", "cancel", "reinstate"),
    "orchestration.scheduling": ("publish", "unpublish", "cancel", "reinstate"),
    "orchestration.completing": ("start", "complete", "reopen"),
}
"""The verbs that move a session: who may do them stands in the table of moves (S4)."""


def _movers(verb: str) -> Roles:
    return frozenset(Role(name) for name in actors_of(verb))


RIGHTS: Mapping[str, Roles] = MappingProxyType(
    {verb: roles for roles, verbs in _BY_ROLES.items() for verb in verbs}
    | {f"{module}.{verb}": _movers(verb) for module, verbs in _MOVING.items() for verb in verbs}
)
"""The table. A verb is named by module and function below `trainer_desk.services`."""

_ADMINISTERED = frozenset({"accounts", "settings"})
_DOOR = frozenset({"presences", "enrollments"})
"""A door writes the presence, and the place of somebody who walked in."""
_TICKED = frozenset({"session_checklist_items"})
ASKED = frozenset({"booking_requests", "booking_request_people"})
"""What a requester writes."""

_SERVICES = "trainer_desk.services."


def verb_name(verb: Callable[..., Any]) -> str:
    """Return `module.function` below services; what is defined inside a function is named by that function.

    Of anything from elsewhere, for instance a test or a hook, the full name.
    """
    while isinstance(verb, partial):
        verb = verb.func
    name = getattr(verb, "__qualname__", type(verb).__qualname__).split(".<locals>", 1)[0]
    return f"{verb.__module__}.{name}".removeprefix(_SERVICES)


def roles_for(verb: str) -> Roles:
    """Return the roles that may do a verb; what the table does not know is for those who plan."""
    return RIGHTS.get(verb, PLANNERS)


def roles_for_undoing(tables: Collection[str], *, is_attendance: bool = False, is_own: bool = False) -> Roles:
    """Return the roles that may take back an own change which touched these tables: a role may be lowered since.

    `is_attendance` says that the change did nothing but mark people and seat walk-ins, `is_own` that it touched
    nothing but own places.
    """
    touched = frozenset(tables)
    if touched & _ADMINISTERED:
        return ADMINISTRATORS
    if is_own:
        return EVERYBODY
    if is_attendance or ("presences" in touched and touched <= _DOOR):
        return AT_THE_DOOR
    if touched and touched <= ASKED:
        return ASKING
    return AT_THE_DOOR if touched == _TICKED else PLANNERS


def may(role: Role | None, verb: Callable[..., Any]) -> bool:
    """Whether a role may do a verb; nobody who is not signed in may do anything."""
    return role is not None and role in roles_for(verb_name(verb))
