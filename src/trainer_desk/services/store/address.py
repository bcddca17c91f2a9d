"""Where a database is: reads `--database URL|FILE` into an SQLAlchemy URL without ever gluing strings."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from trainer_desk.services.errors import BadValue

POSTGRES = re.compile(r"^postgres(ql)?(\+psycopg)?://")
SQLITE = "sqlite:///"
SERVICE = re.compile(r"^service=(\S+)$")
SEVERAL = "several.invalid"
"""Stands for a list of hosts while an address is written: one host alone could not hold it."""


def read_address(text: str | os.PathLike[str]) -> URL:
    """Return the URL of a database named by `postgresql://…`, `service=NAME`, `sqlite:///PATH` or the path of a file.

    A server's address may name several hosts, as `postgresql://one:5432,two:5432/desk`: a primary and its standbys.
    Raises BadValue for a URL that cannot be read or names another kind of server.
    """
    address = os.fspath(text)
    if not address.strip():
        raise BadValue(field="database", value=address, why="no_database_named")
    if "\0" in address:
        raise BadValue(field="database", value=address.replace("\0", "\ufffd"), why="nul")
    service = SERVICE.match(address.strip())
    if service:
        return URL.create("postgresql+psycopg", database="", query={"service": service[1]})
    if POSTGRES.match(address):
        return _server(address)
    address = address.removeprefix(SQLITE)
    if re.match(r"^[a-z+0-9]{2,}://", address):
        raise BadValue(field="database", value=address.split("://")[0], why="unknown_database_kind")
    return URL.create("sqlite", database=str(Path(os.path.expanduser(address)).absolute()))


def _server(address: str) -> URL:
    address = POSTGRES.sub("postgresql+psycopg://", address)
    try:
        parts = urlsplit(address)
        login, at, hosts = parts.netloc.rpartition("@")
        several = [host for host in hosts.split(",") if host]
        if len(several) > 1:
            address = f"{parts.scheme}://{login}{at}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")
        url = make_url(address)
        if len(several) > 1:
            url = url.update_query_dict({"host": several})
    except (ArgumentError, ValueError) as trouble:
        raise BadValue(field="database", value="…", why="unreadable_url") from trouble
    return url.set(drivername="postgresql+psycopg")


def with_password(address: str, password: str) -> str:
    """Return the address of a server with a password in it, for this process alone: it is never shown so."""
    return read_address(address).set(password=password).render_as_string(hide_password=False)


def is_file(url: URL) -> bool:
    """Whether the database is an SQLite file."""
    return url.get_backend_name() == "sqlite"


def path_of(url: URL) -> Path:
    """Return the file of an SQLite URL."""
    return Path(url.database or "")


def hosts_of(url: URL) -> tuple[str, ...]:
    """Return the hosts that a server's URL names, with their ports where it does; none for a service."""
    named = url.query.get("host", ())
    hosts = (named,) if isinstance(named, str) else named
    if url.host:
        hosts = (f"{url.host}:{url.port}" if url.port else url.host, *hosts)
    return tuple(one for host in hosts for one in host.split(","))


def shown(url: URL) -> str:
    """Return the address as people write it: a file's path, or a URL without its password."""
    if is_file(url):
        return str(path_of(url))
    plain = url.set(drivername="postgresql")
    if url.host or "host" not in url.query:
        return plain.render_as_string(hide_password=True)
    written = plain.difference_update_query(["host"]).set(host=SEVERAL).render_as_string(hide_password=True)
    return written.replace(SEVERAL, ",".join(hosts_of(url)), 1)
