# ruff: noqa: E501 - tables and sentences in one line can be read
"""A small organisation, made by the command line alone, and a use of every command in it, for the reference."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

FILES = {
    "people": "employee_no,name,department,site\n1,Ann,Press,North\n2,Bo,Press,North\n3,Cy,Stores,South\n4,Di,Stores,South\n",
    "courses": "code,title,duration_minutes,validity_months,sign_up,default_capacity\nFIRE,Fire safety,60,24,yes,12\n",
    "trainers": "code,name,weekly_hours\nTOM,Tom,20\nUNA,Una,20\n",
    "venues": "code,name,capacity\nR1,Room 1,20\nR2,Room 2,1\n",
    "equipment": "code,name\nE1,Extinguisher\n",
    "qualifications": "trainer,course\nTOM,FIRE\nUNA,FIRE\n",
    "requirements": "course,department,grace_days\nFIRE,Press,30\nFIRE,Stores,\n",
    "compliance": "employee_no,course,status,expires_on\n2,FIRE,COMPLIANT,2099-08-01\n",
    "records": "employee_no,course,held_on,provider\n3,FIRE,2020-03-01,Elsewhere\n",
    "runs": "code,course,name,start_date,end_date,max_people\nJULY,FIRE,July batch,2099-07-01,2099-07-31,8\n",
    "closures": "resource,starts,ends,reason\nR2,2099-12-24,2099-12-27,Closed\n",
    "sessions": (
        "ref,course,trainer,venue,start,end,capacity,waitlist,run,status\n"
        "A,FIRE,TOM,R1,2099-07-06T09:00,2099-07-06T10:00,2,enrol,JULY,SCHEDULED\n"
        "B,FIRE,UNA,R2,2099-07-06T11:00,2099-07-06T12:00,,off,,SCHEDULED\n"
        "PAST,FIRE,TOM,R1,2020-03-02T09:00,2020-03-02T10:00,,off,,SCHEDULED\n"
        "OFFER,FIRE,TOM,R1,2099-07-08T09:00,2099-07-08T10:00,1,offer,,SCHEDULED\n"
        "D,FIRE,,,,,,off,,DRAFT\n"
    ),
    "enrollments": "session,employee_no\nA,1\nPAST,1\nPAST,2\nPAST,9\n",
}
"""What is imported first, by kind."""

WHEN = ("--trainer", "TOM", "--venue", "R1", "--start", "2099-09-01T09:00", "--end", "2099-09-01T10:00")

ALL = (
    "--title", "Fire safety, again", "--description", "Bring boots", "--co-trainers", "UNA", "--equipment", "E1",
    "--minimum", "2", "--decision-on", "2099-08-20", "--notes", "Second entrance", "--metadata", '{"cost": 12}',
)  # fmt: skip
"""Every further field of a session."""

DEEDS: Sequence[Sequence[str]] = (
    ("db", "status"), ("db", "upgrade"), ("db", "check"), ("db", "check", "--repair"), ("db", "backup", "{folder}/kept"),
    ("users", "add", "ann", "--role", "requester", "--person", "1"), ("users", "list"), ("users", "disable", "ann"),
    ("doctor",),
    ("sessions", "list"), ("sessions", "list", "--deleted"), ("sessions", "show", "A"),
    ("courses", "list"), ("runs", "list"), ("runs", "show", "JULY"),
    ("draft", "--course", "FIRE", "--ref", "NEW", *WHEN), ("edit", "NEW", "--capacity", "3", *ALL), ("duplicate", "NEW"),
    ("publish", "NEW"), ("publish", "D"), ("unpublish", "NEW"), ("publish", "NEW"), ("start", "B"),
    ("mark", "PAST", "1", "attended", "--remark", "Left early"), ("complete", "PAST", "--rest-no-show"),
    ("reopen", "PAST"), ("complete", "PAST"), ("cancel", "NEW", "--reason", "Ill"), ("reinstate", "NEW"),
    ("delete", "NEW"), ("restore", "NEW"),
    ("enroll", "OFFER", "1", "2", "3"), ("waitlist", "OFFER", "--dry-run"), ("withdraw", "OFFER", "1"),
    ("sessions", "show", "OFFER"), ("offer", "accept", "OFFER", "2"), ("sessions", "show", "OFFER"),
    ("withdraw", "OFFER", "2"), ("offer", "decline", "OFFER", "3"), ("sessions", "show", "PAST"),
    ("enroll", "A", "2", "3", "9"), ("enroll", "--run", "JULY", "4"), ("enroll", "--course", "FIRE", "--next", "4"),
    ("waitlist", "A", "--dry-run"), ("waitlist", "A"), ("withdraw", "A", "1"), ("replace", "A", "2", "4"),
    ("move", "4", "A", "B"), ("hold", "B", "2", "--label", "Acme", "--until", "2099-07-01T12:00"),
    ("hold", "fill", "1", "2"), ("release", "1"),
    ("checkin", "B", "4"), ("checkout", "B", "4"),
    ("groups", "B", "add", "Red"), ("groups", "B", "edit", "Red", "--capacity", "4"), ("groups", "B", "assign", "Red", "4"),
    ("groups", "B", "unassign", "4"), ("groups", "B", "spread"), ("groups", "B"), ("groups", "B", "remove", "Red"),
    ("intake", "1", "--on", "2020-01-02", "--note", "Glasses"), ("standing", "1"), ("schedule", "--person", "4"),
    ("notices",), ("notices", "--person", "1"),
    ("suggest", "A"), ("slots", "D"), ("substitutes", "A"), ("load", "--week", "2099-W28"),
    ("enroll", "B", "1", "3"), ("findings",), ("waive", "{finding}", "--reason", "Paper"),
    ("history", "session", "A"), ("undo",), ("redo",),
    ("runs", "clone", "JULY", "--start", "2099-10-05", "--code", "OCTOBER"),
    ("repeat", "OFFER", "--rule", "FREQ=WEEKLY;COUNT=2", "--dry-run"), ("repeat", "OFFER", "--rule", "FREQ=WEEKLY;COUNT=2"),
    ("requests", "file", "--course", "FIRE", "--people", "3", "--start", "2099-11-02T09:00", "--end", "2099-11-02T10:00"),
    ("requests", "file", "--course", "FIRE", "--people", "1", "--reason", "New"),
    ("requests", "file", "--course", "FIRE", "--people", "2"),
    ("requests", "list"), ("requests", "accept", "1", "--trainer", "UNA", "--venue", "R2"),
    ("requests", "decline", "2", "--reason", "Later"), ("requests", "cancel", "3"),
    ("export", "roster", "--session", "A", "--output", "{folder}/roster.csv"),
    ("export", "sessions", "--session", "A", "--output", "{folder}/sessions.csv"),
    ("export", "certificates", "--session", "PAST", "--output", "{folder}/certificates.pdf"),
    ("export", "ics", "--session", "A", "--output", "{folder}/calendar.ics"),
    ("export", "sign-in", "--session", "A", "--output", "{folder}/sign-in.pdf"),
    ("export", "inspector", "--person", "1", "--from", "2026-01-01", "--to", "2026-12-31", "--output", "{folder}/pack.zip"),
    ("export", "report", "runs", "--output", "{folder}/runs.csv"),
    ("db", "restore", "{folder}/kept"),
    ("sessions", "show", "NOBODY"),
)  # fmt: skip
"""Every command at least once, in an order in which most are done; what is refused shows how that is told."""

NOT_RUN = frozenset({"open", "demo"})
"""They open a window."""


def commands(folder: Path) -> Iterator[Sequence[str]]:
    """Yield the commands that make the organisation and use it; `folder` takes the files."""
    yield ("db", "init", "--zone", "Europe/London")
    for kind, text in FILES.items():
        path = folder / f"{kind}.csv"
        path.write_text(text)
        yield ("import", kind, str(path))
    for words in DEEDS:
        yield [word.replace("{folder}", str(folder)) for word in words]


@contextmanager
def variables(**given: str) -> Iterator[None]:
    """Have variables of the environment set for a while."""
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value
