"""The words of the command line: every command with its options, without importing anything slow."""

import argparse
from collections.abc import Sequence
from functools import cache, partial
from typing import NoReturn

from trainer_desk import __version__
from trainer_desk.cli.attendance_arguments import attendance
from trainer_desk.cli.database_arguments import database
from trainer_desk.cli.exchange_arguments import day_range, exporting, importing
from trainer_desk.cli.notices_arguments import notices
from trainer_desk.cli.repeating_arguments import cloning, repeating
from trainer_desk.cli.requests_arguments import requests
from trainer_desk.cli.signing_up_arguments import signing_up
from trainer_desk.cli.slots_arguments import slots

DATABASE_VARIABLE = "TRAINER_DESK_DATABASE"
"""The variable of the environment that names the database where --database does not."""

HISTORIES = (
    "session", "person", "course", "trainer", "venue", "equipment", "run", "requirement", "record", "account",
    "request", "certificate", "absence", "setting",
)  # fmt: skip
"""What has a history."""

ROLES = ("supervisor", "trainer", "administrator", "requester")
"""What an account can be."""

FIELDS = (
    "title", "description", "trainer", "co-trainers", "venue", "equipment", "start", "end", "capacity", "minimum",
    "decision-on", "waitlist", "waitlist-order", "run", "notes", "metadata",
)  # fmt: skip
"""The fields of a session that `draft` and `edit` take, each alone."""

_FIELD_HELP = {
    "co-trainers": "codes with | between them",
    "equipment": "codes with | between them",
    "start": "2026-12-01T09:00, in the organisation's time zone",
    "end": "2026-12-01T17:00, in the organisation's time zone",
    "capacity": "number of seats; empty is unlimited",
    "decision-on": "2026-11-20",
    "waitlist": "off, enrol or offer",
    "waitlist-order": "joined or urgent",
    "run": "code of the run that it is a day of",
    "metadata": "a JSON object",
}


class WrongUsage(Exception):
    """The command line makes no sense; the message says why, `usage` how it should look."""

    def __init__(self, message: str, usage: str) -> None:
        super().__init__(message)
        self.usage = usage


class Parser(argparse.ArgumentParser):
    """A parser that raises WrongUsage instead of ending the process, so that --json can answer."""

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(message, self.format_usage())


Commands = argparse._SubParsersAction


def read_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line; `module` and `verb` of the answer say what carries it out. Raises WrongUsage."""
    return make_parser().parse_args(argv)


@cache
def make_parser() -> Parser:
    """Return the parser of the whole command line; it is made once."""
    parser = Parser(
        prog="trainer-desk",
        description="Plans workplace training: from a rough draft to proof of who is trained.",
        epilog="Without a command the window opens. Exit codes: 0 done, 1 refused, 2 wrong usage or no display.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"trainer-desk {__version__}")
    _global_options(parser, None)
    parser.set_defaults(module=None, verb=None, json=False)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands", parser_class=Parser)
    _window(commands)
    database(partial(_command, _group(commands, "db", "make, look after and check a database")))
    _users(commands)
    _command(commands, "doctor", "say how program, computer and database are", "doctor", "examine")
    _exchange(commands)
    _sessions(commands)
    _lifecycle(commands)
    _seats(commands)
    _groups(commands)
    _door(commands)
    attendance(partial(_command, commands))
    slots(partial(_command, commands))
    repeating(partial(_command, commands))
    notices(partial(_command, commands))
    _looking(commands)
    signing_up(partial(_command, commands))
    requests(partial(_command, _group(commands, "requests", "ask for sessions, and decide what was asked")), _fields)
    return parser


def _global_options(parser: argparse.ArgumentParser, otherwise: object = argparse.SUPPRESS) -> None:
    parser.add_argument(
        "--database", metavar="URL|FILE", default=otherwise, help=f"the database; else {DATABASE_VARIABLE}"
    )
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="answer with one JSON document")


def _command(commands: "Commands[Parser]", name: str, does: str, module: str, verb: str) -> Parser:
    parser = commands.add_parser(name, help=does, description=does, allow_abbrev=False)
    _global_options(parser)
    parser.set_defaults(module=module, verb=verb)
    return parser


def _group(commands: "Commands[Parser]", name: str, does: str) -> "Commands[Parser]":
    parser = commands.add_parser(name, help=does, description=does, allow_abbrev=False)
    _global_options(parser)
    return parser.add_subparsers(metavar="COMMAND", required=True, title="commands", parser_class=Parser)


def _window(commands: "Commands[Parser]") -> None:
    _command(commands, "open", "open the window", "window", "open_window")
    demo = _command(commands, "demo", "open the window on an invented organisation", "window", "open_demo")
    demo.add_argument("--screenshots", metavar="DIR", help="save every page as a picture instead, then end")
    demo.add_argument("--size", choices=("small", "large"), default="small", help="of the invented organisation")


def _users(commands: "Commands[Parser]") -> None:
    group = _group(commands, "users", "say who may use the program, and in which role")
    add = _command(group, "add", "give a login a role; a known one is enabled again", "users", "add")
    add.epilog = (
        "On a file the login is that of the computer's user, and the file's own permissions are the boundary. On a "
        "server one that is not there yet is made, with a password that is asked for in the terminal or taken from "
        "TRAINER_DESK_NEW_PASSWORD; one that is there keeps its password and gets the role here."
    )
    add.add_argument("login", metavar="LOGIN")
    add.add_argument("--role", choices=ROLES, required=True, help=", ".join(ROLES), metavar="ROLE")
    add.add_argument("--person", metavar="NO", help="the employee number of whoever that is; empty takes it away")
    add.add_argument("--trainer", metavar="CODE", help="the trainer that it is; empty takes it away")
    _command(group, "list", "list accounts, the disabled ones last", "users", "list_users")
    disable = _command(group, "disable", "take a login away; everything it did stays", "users", "disable")
    disable.add_argument("login", metavar="LOGIN")


def _exchange(commands: "Commands[Parser]") -> None:
    importing(partial(_command, commands))
    exporting(partial(_command, _group(commands, "export", "export as a file")))


def _sessions(commands: "Commands[Parser]") -> None:
    group = _group(commands, "sessions", "look at sessions")
    listing = _command(group, "list", "list sessions by start", "sessions", "list_sessions")
    day_range(listing)
    statuses = ("DRAFT", "SCHEDULED", "IN_PROGRESS", "COMPLETED", "CANCELLED")
    listing.add_argument("--status", choices=statuses, type=str.upper)
    for name in ("course", "trainer", "venue"):
        listing.add_argument(f"--{name}", metavar="CODE")
    listing.add_argument("--available", action="store_true", help="only those not over and with a free place")
    listing.add_argument("--mine", action="store_true", help="only those that you teach, or have or want a place in")
    listing.add_argument("--deleted", action="store_true", help="the trash")
    listing.add_argument(
        "--below-minimum", action="store_true", help="only those to come with too few people, by the day of decision"
    )
    show = _command(group, "show", "show one session with its people", "sessions", "show_session")
    show.add_argument("ref", metavar="REF")
    draft = _command(commands, "draft", "make a draft", "sessions", "draft")
    draft.add_argument("--course", metavar="CODE", required=True)
    draft.add_argument("--ref", metavar="REF", help="made up if it is not given")
    _fields(draft)
    edit = _command(commands, "edit", "change a session; an empty value empties the field", "sessions", "edit")
    edit.add_argument("ref", metavar="REF")
    edit.add_argument("--course", metavar="CODE")
    _fields(edit)
    edit.add_argument("--version", type=int, metavar="N", help="refuse if somebody saved a newer version")
    moving = "with --capacity alone: move the newest people who no longer fit to the head of the waitlist"
    edit.add_argument("--newest-to-waitlist", action="store_true", help=moving)


def _fields(parser: argparse.ArgumentParser) -> None:
    for name in FIELDS:
        parser.add_argument(f"--{name}", metavar="TEXT", help=_FIELD_HELP.get(name), default=None)


def _lifecycle(commands: "Commands[Parser]") -> None:
    moves = {
        "duplicate": "copy sessions as drafts",
        "publish": "schedule drafts, after all checks",
        "unpublish": "make scheduled sessions drafts again",
        "start": "begin scheduled sessions",
        "complete": "end sessions in which everybody is marked; certificates follow",
        "reopen": "let completed sessions run again and take back what their completion made",
        "cancel": "cancel sessions",
        "reinstate": "make cancelled sessions drafts again",
        "delete": "put drafts and cancelled sessions into the trash",
        "restore": "take sessions out of the trash, as drafts",
    }
    for name, does in moves.items():
        parser = _command(commands, name, does, "lifecycle", name)
        parser.add_argument("refs", metavar="REF", nargs="+")
        if name == "cancel":
            parser.add_argument("--reason", metavar="TEXT", required=True)
        if name == "complete":
            parser.add_argument("--rest-no-show", action="store_true", help="mark whoever is not marked as no-show")


def _seats(commands: "Commands[Parser]") -> None:
    enroll = _command(commands, "enroll", "give people a place in a session", "seats", "enroll_people")
    enroll.usage = "%(prog)s REF NO ... | --run RUN NO ... | --course C --next NO ..."
    enroll.add_argument("words", metavar="REF NO", nargs="+", help="the session, then employee numbers")
    enroll.add_argument("--run", metavar="RUN", help="on every coming day of this run, or on none; without REF")
    enroll.add_argument("--course", metavar="C", help="with --next: in this course, without REF")
    enroll.add_argument("--next", action="store_true", help="each on the next date that has a place and fits")
    withdraw = _command(commands, "withdraw", "take a person's place back", "seats", "withdraw_person")
    withdraw.add_argument("ref", metavar="REF")
    withdraw.add_argument("number", metavar="NO", help="employee number")
    replace = _command(commands, "replace", "give one person's seat to another", "moving", "replace")
    replace.add_argument("ref", metavar="REF")
    replace.add_argument("number", metavar="NO", help="employee number of who leaves")
    replace.add_argument("by", metavar="NO", help="employee number of who comes")
    move = _command(commands, "move", "move a person to another session", "moving", "move")
    move.add_argument("number", metavar="NO", help="employee number")
    move.add_argument("source", metavar="REF", help="the session to leave")
    move.add_argument("target", metavar="REF", help="the session to join")
    intake = _command(commands, "intake", "put an intake of a person on file", "intakes", "record")
    intake.add_argument("number", metavar="NO", help="employee number")
    intake.add_argument("--on", metavar="DATE", help="when it was, 2026-12-01; today if it is not given")
    intake.add_argument("--note", metavar="TEXT", help="what was said")
    _queues(commands)
    standing = _command(commands, "standing", "what a person must hold and does hold", "standing", "show_standing")
    standing.add_argument("number", metavar="NO", help="employee number")
    standing.add_argument("--on", metavar="DAY", help="judged on this day instead of today")
    suggest = _command(commands, "suggest", "name the people who need a session most", "seats", "suggest")
    suggest.add_argument("ref", metavar="REF")
    suggest.add_argument("--search", metavar="TEXT", default="", help="in name, number and department")
    suggest.add_argument("--limit", metavar="N", type=int, default=50)


def _queues(commands: "Commands[Parser]") -> None:
    hold = _command(commands, "hold", "keep seats free, or fill held seats with people", "holds", "hold")
    hold.usage = "%(prog)s REF N --label TEXT --until TIME | fill ID NO ..."
    hold.add_argument("ref", metavar="REF|fill", help="the session; or “fill”, to give held seats to people")
    hold.add_argument("number", metavar="N|ID", type=int, help="how many seats; or which hold to fill")
    hold.add_argument("numbers", metavar="NO", nargs="*", help="employee numbers of those who fill it")
    hold.add_argument("--label", metavar="TEXT", help="for whom")
    hold.add_argument("--until", metavar="TIME", help="2026-12-01T17:00, in the organisation's time zone")
    release = _command(commands, "release", "give held seats back", "holds", "release")
    release.add_argument("id", metavar="ID", type=int, help="of the hold, as `hold` and `sessions show` tell it")
    waitlist = _command(commands, "waitlist", "settle the queue of a session and show it", "queue", "show_waitlist")
    waitlist.add_argument("ref", metavar="REF")
    waitlist.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    group = _group(commands, "offer", "answer for a person to whom a seat is offered")
    for verb, does in (("accept", "take the offered seat"), ("decline", "give the offered seat back")):
        offer = _command(group, verb, does, "queue", verb)
        offer.add_argument("ref", metavar="REF")
        offer.add_argument("number", metavar="NO", help="employee number")


def _groups(commands: "Commands[Parser]") -> None:
    groups = _command(commands, "groups", "list the groups of a session, fill and change them", "groups", "list_groups")
    groups.add_argument("ref", metavar="REF")
    deeds = groups.add_subparsers(metavar="COMMAND", title="commands", parser_class=Parser)
    add = _command(deeds, "add", "make a group", "groups", "add_group")
    add.add_argument("group", metavar="GROUP", help="its name")
    edit = _command(deeds, "edit", "give a group another name or capacity", "groups", "change_group")
    edit.add_argument("group", metavar="GROUP", help="its name")
    edit.add_argument("--name", metavar="NAME", help="its new name")
    for parser in (add, edit):
        parser.add_argument("--capacity", metavar="N", help="number of places; empty is unlimited")
    remove = _command(deeds, "remove", "take a group away; its people keep their seats", "groups", "drop_group")
    remove.add_argument("group", metavar="GROUP", help="its name")
    assign = _command(deeds, "assign", "put people into a group", "groups", "assign_people")
    assign.add_argument("group", metavar="GROUP", help="its name")
    unassign = _command(deeds, "unassign", "take people out of their groups", "groups", "unassign_people")
    for parser in (assign, unassign):
        parser.add_argument("numbers", metavar="NO", nargs="+", help="employee numbers")
    _command(deeds, "spread", "put everybody without a group into the groups, evenly", "groups", "spread_people")


def _door(commands: "Commands[Parser]") -> None:
    moves = {"checkin": "let a person into the room of a session", "checkout": "let a person out of it"}
    for name, does in moves.items():
        parser = _command(commands, name, does, "door", name)
        parser.add_argument("ref", metavar="REF")
        parser.add_argument("number", metavar="NO", help="employee number, as the badge says it")


def _looking(commands: "Commands[Parser]") -> None:
    group = _group(commands, "courses", "look at courses")
    courses = _command(group, "list", "list courses", "courses", "list_courses")
    courses.add_argument("--available", action="store_true", help="only those with a session that has a free place")
    group = _group(commands, "runs", "look at runs, and repeat one")
    _command(group, "list", "list runs by their first day", "runs", "list_runs")
    cloning(partial(_command, group))
    run = _command(group, "show", "show one run with its sessions", "runs", "show_run")
    run.add_argument("run", metavar="RUN", help="its code")
    load = _command(commands, "load", "hours of every trainer in a week", "load", "show_load")
    load.add_argument("--week", metavar="WEEK", required=True, help="ISO week, 2026-W48")
    findings = _command(commands, "findings", "what is wrong with scheduled sessions", "findings", "list_findings")
    day_range(findings)
    waive = _command(commands, "waive", "accept a soft finding for a reason", "findings", "waive")
    waive.add_argument("id", metavar="ID", help="as `findings` tells it: REF:code or REF:code:subject")
    waive.add_argument("--reason", metavar="TEXT", required=True)
    history = _command(commands, "history", "who changed a thing, and when", "journal", "show_history")
    history.add_argument("kind", metavar="KIND", choices=HISTORIES)
    history.add_argument("key", metavar="KEY", help="ref, employee number, code, login, certificate, setting, or an id")
    _command(commands, "undo", "undo your last change", "journal", "undo")
    _command(commands, "redo", "redo what you undid last", "journal", "redo")
