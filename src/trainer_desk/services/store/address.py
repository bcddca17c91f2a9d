"""Where a database is: reads `--database URL|FILE` into an SQLAlchemy URL without ever gluing strings."""

import os
import re
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from trainer_desk.services.errors import BadValue

POSTGRES = re.compile(r"^postgres(ql)?(\+psycopg)?://")
SQLITE = "sqlite:///"


def read_address(text: str | os.PathLike[str]) -> URL:
    """Return the URL of a database named by `postgresql://…`, `sqlite:///PATH` or the path of a file.

    Raises BadValue for a URL that cannot be read or names another kind of server.
    """
    address = os.fspath(text)
    if not address.strip():
        raise BadValue(field="database", value=address, why="no_database_named")
    if "\0" in address:
        raise BadValue(field="database", value=address.replace("\0", "\ufffd"), why="nul")
    if POSTGRES.match(address):
        return _server(address)
    address = address.removeprefix(SQLITE)
    if re.match(r"^[a-z+0-9]{2,}://", address):
        raise BadValue(field="database", value=address.split("://")[0], why="unknown_database_kind")
    return URL.create("sqlite", database=str(Path(os.path.expanduser(address)).absolute()))


def _server(address: str) -> URL:
    try:
        url = make_url(POSTGRES.sub("postgresql+psycopg://", address))
    except (ArgumentError, ValueError) as trouble:
        raise BadValue(field="database", value="…", why="unreadable_url") from trouble
    return url.set(drivername="postgresql+psycopg")


def is_file(url: URL) -> bool:
    """Whether the database is an SQLite file."""
    return url.get_backend_name() == "sqlite"


def path_of(url: URL) -> Path:
    """Return the file of an SQLite URL."""
    return Path(url.database or "")


def shown(url: URL) -> str:
    """Return the address as people write it: a file's path, or a URL without its password."""
    if is_file(url):
        return str(path_of(url))
    return url.set(drivername="postgresql").render_as_string(hide_password=True)
