"""What a check of the whole database found, as sentences."""

from zoneinfo import ZoneInfo

from trainer_desk.services.findings import Finding
from trainer_desk.texts.facts import filled, prepared
from trainer_desk.texts.translate import mark

CHECKS: dict[str, tuple[str, ...]] = {
    "pages_damaged": (mark("The file is damaged: {detail}. Restore the newest backup."),),
    "rule_broken": (
        mark("A row breaks a rule of its table: {detail}. Look at what else is told here, and correct it."),
    ),
    "reference_broken": (
        mark("Row {row} of {table} points at something in {other} that is not there. Restore the newest backup."),
        mark("A row of {table} points at something in {other} that is not there. Restore the newest backup."),
    ),
    "claims_overlap": (mark("{name} is in two sessions at one time; one of them is {ref}. Unpublish one of them."),),
    "claims_differ": (
        mark(
            "{ref} has not claimed what it needs, or more than that. “trainer-desk db check --repair” claims it "
            "anew, unless something else stands there."
        ),
    ),
    "block_claims_differ": (
        mark('The absence "{reason}" does not block what it should. “trainer-desk db check --repair” claims it anew.'),
    ),
    "seats_miscounted": (
        mark("{ref} counts {taken} seats, and {people} are taken. “trainer-desk db check --repair” counts again."),
    ),
    "overbooked": (mark("{ref} has {people} people for {capacity} seats. Raise the capacity or withdraw some."),),
    "run_miscounted": (
        mark(
            "The run {ref} counts {taken} people, and {people} have a seat in it. "
            "“trainer-desk db check --repair” counts again."
        ),
    ),
    "run_overbooked": (
        mark("The run {ref} has {people} people, and {capacity} are allowed. Raise the limit or withdraw some."),
    ),
    "run_outsider": (
        mark(
            "{name} has a place in {ref}, but is not on the run {run}, whose days only its people may take. "
            "Put them on the run, or withdraw them."
        ),
    ),
    "group_miscounted": (
        mark(
            "The group {name} of {ref} counts {taken} people, and {people} are in it. "
            "“trainer-desk db check --repair” counts again."
        ),
    ),
    "room_miscounted": (
        mark("{name} counts {taken} people inside, and {people} are. “trainer-desk db check --repair” counts again."),
    ),
    "hold_left_over": (
        mark('{ref} is cancelled, but still holds seats for "{name}". “trainer-desk db check --repair” releases them.'),
    ),
    "person_left_over": (
        mark(
            "{name} has no seat in {ref}, but is in one of its groups or rooms. "
            "“trainer-desk db check --repair” takes them out."
        ),
    ),
    "promotion_lost": (
        mark("{name} waits for {ref} although a seat is free. “trainer-desk db check --repair” looks again."),
    ),
    "state_incomplete": (mark("{ref} is {state} but lacks a trainer, a venue or a possible time. Set it."),),
    "mark_missing": (mark("{ref} is completed, but {name} is neither attended nor no-show. Mark them."),),
    "trash_not_empty_handed": (mark("{ref} is in the trash though it is scheduled. Restore it."),),
    "session_unasked": (
        mark("{ref} says that the request {request} made it, which does not name it. Put it into the trash."),
    ),
    "keys_stale": (
        mark("{name} is not found or sorted by the present name. “trainer-desk db check --repair” makes it so."),
    ),
    "item_differs": (
        mark(
            "What is told of {name} for {course} is not what rules and records say. "
            "“trainer-desk db check --repair” judges anew."
        ),
    ),
    "journal_torn": (mark("Entry {key} of the journal is not whole. Restore the newest backup."),),
    "journal_differs": (
        mark("Row {key} of {table} is not as the journal saw it last: it was written past the journal. Look at it."),
    ),
    "attachment_damaged": (
        mark('The attachment "{name}" ({key}) is damaged or not there. Attach it again, or restore the newest backup.'),
    ),
    "certificate_changed": (
        mark("Certificate {number}, revision {revision}, of {name} does not say what it said. Restore a backup."),
    ),
    "certificate_doubled": (mark("More than one revision of certificate {number} counts. Restore the newest backup."),),
    "certificate_unearned": (
        mark("{name} has certificate {number} for {course}, but the marks do not earn it. Mark the days again."),
    ),
    "certificate_missing": (
        mark("{name} earned a certificate for {course} and has none. Open the session again and complete it."),
    ),
    "guard_missing": (
        mark(
            "The guard {name} is missing, so the database would take what it must refuse. "
            "“trainer-desk db check --repair” makes it anew; on a server, by the login that upgrades it."
        ),
    ),
    "and_more": (mark("There are more of this kind: {kind}."),),
}
"""By the code of the finding."""

REPAIRS: dict[str, str] = {
    "keys_stale": mark("{name} is found and sorted by the present name again."),
    "claims_differ": mark("{ref} claims what it needs again, and nothing else."),
    "block_claims_differ": mark('The absence "{reason}" blocks what it should again.'),
    "hold_left_over": mark('The seats that {ref} held for "{name}" are released: it is cancelled.'),
    "person_left_over": mark("{name} is out of the groups and rooms of {ref}, in which they have no seat."),
    "seats_miscounted": mark("The seats of {ref} are counted again: {people} instead of {taken}."),
    "run_miscounted": mark("The people of the run {ref} are counted again: {people} instead of {taken}."),
    "group_miscounted": mark("The group {name} of {ref} is counted again: {people} instead of {taken}."),
    "room_miscounted": mark("Who is in {name} is counted again: {people} instead of {taken}."),
    "item_differs": mark("What is told of {name} for {course} is what rules and records say again."),
    "promotion_lost": mark("The queue of {ref} was settled, in which {name} waited beside a free seat."),
    "guard_missing": mark("The guard {name} is there again."),
}
"""What was done about a finding, by its code; what is not here, people must decide."""


def repair_text(finding: Finding, zone: ZoneInfo) -> str:
    """Return the sentence of a finding that was mended."""
    return filled((REPAIRS[finding.code],), prepared(finding.facts, zone))


def soundness_text(finding: Finding, zone: ZoneInfo) -> str:
    """Return the sentence of a finding of the check of the whole database."""
    return filled(CHECKS[finding.code], prepared(finding.facts, zone))
