"""Reads the service files of PostgreSQL, in which `service=NAME` has its hosts, database and TLS settings."""

import configparser
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

NAME = "pg_service.conf"


def load_service(name: str) -> Mapping[str, str]:
    """Return what the service files say of a service; nothing for one that they do not know.

    Only to know what was decided already: the driver reads them itself, and refuses an unknown one.
    """
    for path in _files():
        reader = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",))
        try:
            reader.read(path, encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError, OSError):
            continue
        if reader.has_section(name):
            return dict(reader.items(name))
    return {}


def _files() -> Iterator[Path]:
    """Yield where they may lie, in the order in which the driver looks."""
    named = os.environ.get("PGSERVICEFILE")
    if named:
        yield Path(named)
    elif os.name == "nt":
        yield Path(os.environ.get("APPDATA", "")) / "postgresql" / f".{NAME}"
    else:
        yield Path("~").expanduser() / f".{NAME}"
    if os.environ.get("PGSYSCONFDIR"):
        yield Path(os.environ["PGSYSCONFDIR"]) / NAME
