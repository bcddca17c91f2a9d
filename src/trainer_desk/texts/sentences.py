"""The sentence of every code: what is the matter, why, and what to do, in words that a user understands.

Each code has one or more templates, the first of which all facts are known is taken; the last needs none.
"""

from trainer_desk.texts.translate import mark

SENTENCES: dict[str, tuple[str, ...]] = {
    "missing_trainer": (mark("Set a trainer to schedule this session."),),
    "missing_venue": (mark("Set a venue to schedule this session."),),
    "missing_start": (mark("Set a start to schedule this session."),),
    "missing_end": (mark("Set an end to schedule this session."),),
    "end_before_start": (
        mark("The end must be after the start. It is {span} now."),
        mark("The end must be after the start."),
    ),
    "too_long": (
        mark("A session lasts at most 24 hours. This one goes {when}."),
        mark("A session lasts at most 24 hours. Set an earlier end, or make one session of each day."),
    ),
    "in_the_past": (mark("The start is in the past: {starts_at}."), mark("The start is in the past.")),
    "trainer_busy": (
        mark("{name} teaches {title} {when}."),
        mark("{name} has another session {when}."),
        mark("The trainer, the venue or the equipment has just been taken for that time by another session. "
             "Look at the calendar and choose another time."),
    ),
    "venue_busy": (
        mark("{name} is taken by {title} {when}."),
        mark("{name} is taken {when}."),
        mark("Sessions in {parts_of} and in its parts would stand there at one time. Move one of them first."),
        mark("The venue is taken for that time. Choose another venue or time."),
    ),
    "equipment_busy": (
        mark("{name} is in use for {title} {when}."),
        mark("{name} is not available {when} ({reason})."),
        mark("{name} is in use {when}."),
        mark("The equipment is in use at that time. Choose another time."),
    ),
    "trainer_away": (
        mark("{name} is away {when} ({reason})."),
        mark("{name} is away {when}."),
        mark("The trainer is away at that time. Choose another trainer or time."),
    ),
    "venue_closed": (
        mark("{name} is closed {when} ({reason})."),
        mark("{name} is closed {when}."),
        mark("The organisation is closed {when} ({reason})."),
        mark("The organisation is closed {when}."),
        mark("There is leave or a closure at that time. Choose another time."),
    ),
    "trainer_not_qualified": (
        mark("{name} is not qualified for {course} on {day}: the qualification ended on {valid_until}."),
        mark("{name} is not qualified for {course} on {day}: the qualification begins on {valid_from}."),
        mark("{name} is not qualified for {course}."),
        mark("{name} is not qualified for this course."),
        mark("The trainer is not qualified for this course. Choose another one."),
    ),
    "session_full": (
        mark("No coming date of {course} has a free seat that suits {employee_no}. "
             "Add a date, or choose a session in which to wait."),
        mark("No seat is left for {name} on {starts_at} ({people}/{capacity}). Choose another date."),
        mark("Not enough seats are free ({free} of {seats}). Hold fewer, or raise the capacity."),
        mark("The free seats are for those who wait ({waiting}). Schedule the session first, or choose another date."),
        mark("Session Full ({people}/{capacity})."),
        mark("Session Full. Raise the capacity, or choose another date."),
    ),
    "run_full": (mark("The run is full ({people}/{capacity})."), mark("The run is full. Choose another run.")),
    "group_full": (
        mark("All {groups} groups are full ({people}/{capacity}). Add a group, or raise a capacity."),
        mark("Group full ({people}/{capacity})."),
        mark("Group full. Choose another group."),
    ),
    "room_full": (mark("Room full ({people}/{capacity})."), mark("Room full. Wait until somebody checks out.")),
    "already_enrolled": (
        mark("{name} is already enrolled in this session."),
        mark("{employee_no} is already enrolled in this session."),
        mark("This person is already enrolled in this session."),
    ),
    "attendee_busy": (
        mark("{name} has a place in {title} {when}."),
        mark("{name} has a place in {ref} at that time."),
        mark("{name} has a place in another session at that time."),
        mark("This person has a place in another session at that time. Choose another date, or withdraw them there."),
    ),
    "intake_missing": (
        mark("{name} has no intake on file, which {course} requires. Record the intake first."),
        mark("This course requires an intake on file, and there is none. Record the intake first."),
    ),
    "prerequisite_missing": (
        mark("{name} does not hold {course} on the day, which must come first. "
             "Record the training, or enroll them in {course} first."),
        mark("The course that must come first is not held on the day. "
             "Record the training, or enroll the person there first."),
    ),
    "not_on_run": (
        mark("{name} is not on {run}, and only people on the run may take its days. Put them on the run first."),
        mark("{name} is not on the run that this day belongs to. Enroll them in the whole run."),
        mark("Only people on the run may take its days. Enroll the person in the whole run."),
    ),
    "venue_capacity_exceeded": (
        mark("Venue Capacity Exceeded ({people}/{capacity})."),
        mark("Venue Capacity Exceeded."),
    ),
    "capacity_below_people": (
        mark("The limit of {run} cannot be {capacity}: {people} people are on this run. "
             "Withdraw some first, or set {people}."),
        mark("The capacity cannot be {capacity}: {people} people are in {group}. "
             "Take some out first, or set {people}."),
        mark("The capacity cannot be {capacity}: {people} seats are taken. "
             "Withdraw some people first, or set {people}."),
        mark("The capacity cannot be lower than the number of seats taken. Free some first."),
    ),
    "below_minimum": (
        mark("{people} of at least {minimum} people are enrolled. Decide by {decision_on}."),
        mark("{people} of at least {minimum} people are enrolled."),
        mark("Fewer people are enrolled than the session needs. Add people, or cancel it."),
    ),
    "over_load_norm": (
        mark("{name} is booked {hours} this week, over the norm of {norm}."),
        mark("The trainer is booked for more hours this week than the norm. Look for another trainer."),
    ),
    "not_marked": (
        mark("Not marked yet: {names}. Mark each as attended or no-show."),
        mark("{name} is not marked yet. Mark them as attended or no-show."),
        mark("Not everybody is marked yet. Mark each person as attended or no-show."),
    ),
    "hook_failed": (
        mark("The session is completed, but the add-on {hook} did not do its part ({reason}). "
             "What happened stands in the log."),
        mark("The session is completed, but an add-on did not do its part. What happened stands in the log."),
    ),
    "wrong_state": (mark("The session's state does not allow that. Look at its history to see what happened to it."),),
    "already_accepted": (
        mark("{session} came of the request {request}, which has become {ref} meanwhile. Work on with that one."),
        mark("This request was already accepted; its session is {ref}."),
        mark("This request was already accepted into the run {run}."),
        mark("This request was already accepted. Open its session instead."),
    ),
    "import_stopped": (mark("The import was stopped. Nothing was changed."),),
    "export_stopped": (mark("It was stopped. No file was written."),),
    "stale": (
        mark("{ref} was changed at {clock} by {by}. Your edit was not saved. "
             "Look at the new version and decide again."),
        mark("This session was changed at {clock} by {by}. Your edit was not saved. "
             "Look at the new version and decide again."),
        mark("{ref} was changed by {by} meanwhile. Your edit was not saved. Look at the new version and decide again."),
        mark("{ref} was changed meanwhile. Your edit was not saved. Look at the new version and decide again."),
        mark("This was changed meanwhile. Your edit was not saved. Look at the new version and decide again."),
    ),
    "not_signed_in": (
        mark("\"{login}\" may not use this database: there is no account of that name, or it was disabled. "
             "Ask an administrator to add or enable it."),
        mark("You are not signed in. Sign in with your name and password, then try again."),
    ),
    "not_allowed": (
        mark("As {role} you may not do that; it is for the {roles}. Ask an administrator."),
        mark("Your role does not allow that; it is for the {roles}. Ask an administrator."),
        mark("Your role does not allow that. Ask an administrator."),
    ),
    "not_found": (
        mark("{key} was never enrolled in {session}. Look at its people."),
        mark("There is no {kind} \"{key}\". Check the spelling, or add it first."),
        mark("That does not exist, or no longer. Check the spelling, or look in the list."),
    ),
    "bad_value": (
        mark("The {field} \"{value}\" cannot be used. Correct it and try again."),
        mark("The {field} cannot be used. Correct it and try again."),
        mark("A value cannot be used. Correct it and try again."),
    ),
    "duplicate_ref": (
        mark("There is a {kind} \"{key}\" already. Choose another one."),
        mark("\"{key}\" is already used. Choose another one."),
        mark("That code is already used. Choose another one."),
    ),
    "time_does_not_exist": (
        mark("The {field} {wall} does not exist: the clocks of {zone} go forward over it. Take {before} or {after}."),
        mark("That time does not exist, because the clocks go forward over it. Choose an earlier or a later one."),
    ),
    "time_is_ambiguous": (
        mark("The {field} {wall} comes twice, because the clocks of {zone} go back. Write {first} or {second}."),
        mark("That time comes twice, because the clocks go back. Add the offset that is meant, like +01:00."),
    ),
    "usage": (
        mark("{detail}. Run the command with --help to see how it is used."),
        mark("The command was not understood. Run it with --help to see how it is used."),
    ),
    "database_error": (mark("The database could not do that. Nothing was changed. Try again."),),
    "connection_lost": (
        mark("The connection to the database was lost while \"{unknown}\" was being saved. "
             "Look whether it is there before you do it again."),
        mark("The connection to the database was lost. What you typed is still here. It is saved when you try again."),
    ),
}  # fmt: skip
"""One entry for every code of the product's interface."""

NOT_OWN = {
    "not_own_session": mark("You may do that only in sessions that you teach. Ask a supervisor."),
    "not_own_people": mark(
        "You may name only yourself and the people who report to you. "
        "Ask for a number of places instead, or ask a supervisor."
    ),
    "not_own_request": mark("You may do that only with what you asked for yourself. Ask a supervisor."),
    "not_own_notices": mark("You may see only what you are told yourself. Ask a supervisor."),
    "no_person": mark("Your login is not linked to a person. Ask an administrator to link it in the settings."),
    "no_sign_up": mark("Nobody signs up for this course themselves. Ask for it by a request, or ask a supervisor."),
    "kept_place": mark("Supervisors give the places in this course. Ask one of them to take yours back."),
}
"""Why somebody may not do what is allowed with one's own things only, by `why`."""

SIGN_UP = {
    "not_open": mark("{title} is {state}. People sign up and withdraw only while it is scheduled. Ask a supervisor."),
    "has_begun": mark("{title} has begun. People sign up and withdraw only before the start. Ask a supervisor."),
}
"""Why nobody can take or give back an own place in a session any more, or not yet, by `why` (K13)."""

GONE = {
    "parts_clash": mark("{name} cannot be part of that venue: sessions scheduled already would clash. "
                        "Move one of them first."),
    "left": mark("{name} has left and cannot be booked any more. Choose another trainer."),
    "retired": mark("{name} is no longer in use. Choose another venue."),
    "equipment_retired": mark("{name} is no longer in use. Choose another piece of equipment."),
}  # fmt: skip
"""Trainers and venues that are away for good, and venues that cannot be joined, by the fact `why`."""

DUPLICATES = {
    "rule_stands": mark("There is a requirement of \"{key}\" for these people already. Change that one instead."),
    "same_absence": mark("That is entered for just this time already. Change the one that is there."),
    "twice_in_file": mark("\"{key}\" stands in this file twice. The first row was taken. Remove one of them."),
    "other_kind": mark("\"{key}\" is already the code of a {kind}. Trainers, venues and equipment share their codes. "
                       "Choose another one."),
}  # fmt: skip

ODD_TAKEN = {
    "time_does_not_exist": (
        mark("The {field} {wall} does not exist: the clocks of {zone} go forward over it. It is {after} instead."),
        mark("That time does not exist, because the clocks go forward over it. It is the one after that instead."),
    ),
    "time_is_ambiguous": (
        mark("The {field} {wall} comes twice, because the clocks of {zone} go back. The first is meant: {first}."),
        mark("That time comes twice, because the clocks go back. The first is meant."),
    ),
}
"""What is told of an hour that the clocks skip or double where a time was carried over to that day."""

TRASH = {
    "in_trash": mark("{key} is in the trash. Restore it there first."),
    "not_confirmed": mark("{key} has no confirmed place in this session, so there is no group for them. "
                          "Look at its people."),
    "no_groups": mark("This session has no groups yet. Add one first."),
    "never_in": mark("{key} has not checked in here, so there is nobody to check out. Look at the list."),
    "not_on_list": mark("{key} has no confirmed place in this session, so there is nobody to mark. "
                        "Add them as a walk-in first."),
    "not_in_trash": mark("{key} is not in the trash, so there is nothing to restore. Look in the list."),
    "is_session": mark("{key} is the code of a session, not the number of a person. Scan a badge."),
    "no_seat": mark("{key} has no seat in {session}. Look at its people."),
    "no_offer": mark("{key} has no open offer in {session}. Look at its people."),
    "hold_ended": mark("The hold {key} has ended: its seats were filled or given back. "
                       "Hold seats again, or enroll the people without it."),
    "no_days": mark("{key} has no day to come. Add a session to the run, or choose another one."),
    "no_finding": mark("There is no finding \"{key}\" now. Look at the findings of the session again."),
    "not_waived": mark("The finding \"{key}\" is not waived, so there is nothing to take back."),
    "person_left": mark("{name} has left, so they cannot be enrolled. Leave them out of the list."),
}  # fmt: skip
"""`not_found` for what is there, but not where it was looked for or as it must be, by the fact `why`."""

FIXES: dict[str, tuple[str, ...]] = {
    "use_trainer": (mark("{name} is free and qualified."),),
    "use_venue": (mark("{name} is free."),),
    "use_equipment": (mark("{name} is free."),),
    "join_waitlist": (mark("Put {person} on the waitlist."), mark("Join the waitlist.")),
    "free_from": (mark("Free from {clock}."),),
    "set_field": (mark("Set the {field}."),),
    "record_intake": (mark("Record the intake of {name}."), mark("Record the intake.")),
    "record_training": (
        mark("Record the training of {name} in {course}."),
        mark("Record the training."),
    ),
    "enroll_first": (mark("Enroll them in {course} first."), mark("Enroll them in that course first.")),
    "put_on_run": (mark("Put {name} on {run}."), mark("Put the person on the run.")),
    "record_qualification": (mark("Record the qualification of {name}."), mark("Record the qualification.")),
    "newest_to_waitlist": (
        mark("Move the newest ({people}) to the head of the waitlist."),
        mark("Move the newest to the head of the waitlist."),
    ),
    "rehome_newest": (
        mark("Find another date for the newest ({people})."),
        mark("Find another date for the newest."),
    ),
    "set_capacity": (mark("Set the {field} to {capacity}."), mark("Set the capacity to {capacity}.")),
}
"""The sentence of every way out."""
