"""The words of `db`: make, look after, keep, bring back and check a database."""

from argparse import ArgumentParser
from collections.abc import Callable


def database(command: Callable[..., ArgumentParser]) -> None:
    """Add the commands of the group; `command` makes one from its name, what it does, module and verb."""
    init = command("init", "make an empty organisation", "database", "init")
    init.add_argument("--zone", default="Europe/London", help="its time zone (default Europe/London)")
    command("status", "say where the database is and what its schema is", "database", "status")
    check = command("check", "prove that the data are sound", "database", "check")
    check.add_argument("--repair", action="store_true", help="put right what follows from other rows, in the journal")
    command("upgrade", "bring an older database to today's schema", "database", "upgrade")
    backup = command("backup", "copy a database file while others work in it, checked", "keeping", "backup")
    backup.epilog = "A server is backed up with its own tools: then the line to run is printed, and the exit code is 1."
    backup.add_argument("file", metavar="FILE", help="the copy, which must not be there yet")
    restore = command("restore", "put a backup in the place of a database file", "keeping", "restore")
    restore.epilog = (
        "The file that stood there is kept beside it. Nobody else may have it open. A backup of an older version stays "
        "as it was, so that version can go on with it; “db upgrade” brings it to today's."
    )
    restore.add_argument("file", metavar="FILE", help="the backup")
