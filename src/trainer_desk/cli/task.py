"""One command at work: its arguments, the open database, and the directory in which codes become names."""

import datetime as dt
import logging
import os
import shlex
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from types import TracebackType
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk import places
from trainer_desk.cli.answer import REFUSED, Answer
from trainer_desk.cli.arguments import DATABASE_VARIABLE, WrongUsage
from trainer_desk.cli.asking import ask_password
from trainer_desk.cli.crash import tell_crash
from trainer_desk.cli.json_out import error_document
from trainer_desk.cli.output import OutputLost
from trainer_desk.cli.plain import error_lines
from trainer_desk.logbook import Logbook
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import DatabaseTrouble, DeskError
from trainer_desk.services.exchange.session_fields import Codes, load_codes
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.store.address import with_password
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.services.store.rescue import backup_for

LOG = logging.getLogger(__name__)


class Task:
    """A command under way; the database is opened when it is first asked for."""

    def __init__(self, arguments: Namespace) -> None:
        self.arguments = arguments
        self._password = ""

    @property
    def is_named(self) -> bool:
        """Whether a database is named at all."""
        return bool(self.arguments.database or os.environ.get(DATABASE_VARIABLE))

    @property
    def address(self) -> str:
        """The database named by --database or TRAINER_DESK_DATABASE. Raises WrongUsage without one."""
        named = self.arguments.database or os.environ.get(DATABASE_VARIABLE)
        if not named:
            raise WrongUsage(f"name a database with --database or in {DATABASE_VARIABLE}", "")
        return with_password(str(named), self._password) if self._password else str(named)

    @cached_property
    def store(self) -> Store:
        """The open database. Raises DatabaseTrouble."""
        return open_store(self.address)

    @cached_property
    def directory(self) -> Directory:
        """Courses, trainers, venues and settings as they are now."""
        return self.store.read(load_directory)

    @cached_property
    def codes(self) -> Codes:
        """The ids of all codes."""
        return self.store.read(load_codes)

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's time zone."""
        return self.directory.settings.zone

    @property
    def now(self) -> dt.datetime:
        """The present instant, UTC."""
        return self.store.clock.now()

    def known_zone(self) -> ZoneInfo:
        """The organisation's zone if the database was opened and can be asked, else UTC."""
        if "store" in self.__dict__:
            with suppress(DeskError):
                return self.zone
        return ZoneInfo("UTC")

    def take_password(self, trouble: DatabaseTrouble) -> bool:
        """Ask at the terminal for the password that a server wants; return whether there is one now."""
        if trouble.facts.get("why") != "password_wanted" or self._password:
            return False
        self._password = ask_password(str(trouble.facts.get("login", "")), str(trouble.facts.get("host", "")))
        return bool(self._password)

    def close(self) -> None:
        """Let go of the database."""
        if "store" in self.__dict__:
            self.store.close()


def carry_out(verb: Callable[[Task], Answer], arguments: Namespace) -> Answer:
    """Run a command; a refusal becomes its answer, a bug goes to the log and ends the process with a sentence."""
    hook = sys.excepthook
    logbook = Logbook(places.log_folder())
    task = Task(arguments)

    def crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> Any:
        tell_crash(kind, error, trace, wants_json=arguments.json, log=logbook.file)

    sys.excepthook = crashed
    try:
        answer = _done(verb, task)
    except (WrongUsage, OutputLost):
        sys.excepthook = hook
        raise
    except DeskError as error:
        LOG.info("refused: %s %s", error.code, error.facts)
        zone = task.known_zone()
        document, said = error_document(error, zone), error_lines(error, zone)
        backup = backup_for(error, task.address) if task.is_named else None
        if backup is not None:
            document["backup"] = backup.path
            said += f"\nThe newest sound backup: trainer-desk db restore {shlex.quote(backup.path)}"
        answer = Answer(document, said, REFUSED, is_error=True)
    finally:
        task.close()
        logbook.close()
    # Only after a crash the hook stays: it is asked once this function is left.
    sys.excepthook = hook
    return answer


def _done(verb: Callable[[Task], Answer], task: Task) -> Answer:
    """Run a command; once more where a server asks for a password and somebody sits there to type it."""
    try:
        return verb(task)
    except DatabaseTrouble as trouble:
        if not task.take_password(trouble):
            raise
        return verb(task)
