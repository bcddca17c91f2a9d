"""The groups of the session panel: which fields are edited, saved and told together."""

GROUP_OF_FIELD = {
    "course": "course",
    "course_id": "course",
    "title": "title",
    "trainer": "trainer",
    "trainer_id": "trainer",
    "co_trainers": "co_trainers",
    "co_trainer_ids": "co_trainers",
    "venue": "venue",
    "venue_id": "venue",
    "start": "when",
    "starts_at": "when",
    "end": "when",
    "ends_at": "when",
    "day": "when",
    "equipment": "equipment",
    "equipment_ids": "equipment",
    "capacity": "capacity",
    "minimum": "minimum",
    "decision_on": "decision",
    "waitlist": "waitlist",
    "waitlist_order": "waitlist_order",
    "run": "run",
    "run_id": "run",
    "description": "description",
    "notes": "notes",
    "metadata": "metadata",
}
"""Which group of the panel a field of a finding or of an error belongs to."""

WORDS = {"when": "time", "decision": "decision_on", "co_trainers": "co_trainer_ids"}
"""Under which word a group is known in sentences, where it is not its own."""
