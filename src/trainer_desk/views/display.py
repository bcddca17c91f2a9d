"""Whether there is a screen to open a window on, decided without Qt: without one Qt would end the process."""

import os
import re
import socket
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path

OFFSCREEN = frozenset({"offscreen", "minimal", "vnc"})
PATIENCE = 2.0
"""Seconds to wait for an answer of a display."""

X_DISPLAY = re.compile(r"^(?P<host>[^:]*):(?P<number>\d+)(\.\d+)?$")


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a window can be shown; on Windows and macOS always."""
    if environment.get("QT_QPA_PLATFORM", "").split(":")[0] in OFFSCREEN:
        return True
    if sys.platform in ("win32", "darwin"):
        return True
    return _answers_wayland(environment) or _answers_x(environment.get("DISPLAY", ""))


def prefer_reachable(environment: MutableMapping[str, str] = os.environ) -> None:
    """Have Qt use Wayland where it is the only display that answers."""
    if "QT_QPA_PLATFORM" in environment or sys.platform in ("win32", "darwin"):
        return
    if _answers_wayland(environment) and not _answers_x(environment.get("DISPLAY", "")):
        environment["QT_QPA_PLATFORM"] = "wayland"


def draw_offscreen(environment: MutableMapping[str, str] = os.environ) -> None:
    """Have Qt paint into memory only; call before PySide6 is imported."""
    environment["QT_QPA_PLATFORM"] = "offscreen"


def _answers_wayland(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY")
    if not name:
        return False
    folder = environment.get("XDG_RUNTIME_DIR", "")
    return _connects(socket.AF_UNIX, str(Path(folder) / name))


def _answers_x(display: str) -> bool:
    match = X_DISPLAY.match(display)
    if match is None:
        return False
    number, host = int(match["number"]), match["host"].removeprefix("unix/")
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        return _connects(socket.AF_UNIX, "\0" + path) or _connects(socket.AF_UNIX, path)
    return _connects(socket.AF_INET, (host, 6000 + number))


def _connects(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    try:
        if isinstance(address, tuple):
            socket.create_connection(address, timeout=PATIENCE).close()
            return True
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(PATIENCE)
            probe.connect(address)
    except OSError:
        return False
    return True
