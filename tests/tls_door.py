"""A door that speaks just enough of PostgreSQL to be refused at: with a certificate of any kind, or without TLS."""

import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SECONDS = 10
SSL_REQUEST = 80877103
OPENSSL = shutil.which("openssl")

needs_openssl = pytest.mark.skipif(OPENSSL is None, reason="certificates are made with openssl, which is not here")


@dataclass(frozen=True)
class Certificate:
    """The files of a certificate with its key, and of the authority that signed it."""

    file: Path
    key: Path
    authority: Path


def make_certificate(folder: Path, name: str, *, days: int = 2) -> Certificate:
    """Make an authority, and a certificate for a host name signed by it."""
    authority, authority_key = folder / "authority.pem", folder / "authority.key"
    key, request, file = folder / "server.key", folder / "server.csr", folder / "server.pem"
    kind = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    _openssl("req", "-x509", *kind, "-keyout", authority_key, "-out", authority, "-days", "2", "-subj", "/CN=Ours")
    _openssl("req", *kind, "-keyout", key, "-out", request, "-subj", f"/CN={name}")
    names = folder / "names"
    names.write_text(f"subjectAltName=DNS:{name}")
    signed = ("-CA", authority, "-CAkey", authority_key, "-set_serial", "7", "-days", str(days), "-extfile", names)
    _openssl("x509", "-req", "-in", request, *signed, "-out", file)
    return Certificate(file, key, authority)


def _openssl(*words: object) -> None:
    subprocess.run([str(OPENSSL), *map(str, words)], check=True, capture_output=True, timeout=60)


def answer_of(fields: dict[str, str]) -> bytes:
    """Return the message with which a server refuses: severity S, code C, text M."""
    body = b"".join(key.encode() + value.encode() + b"\0" for key, value in fields.items()) + b"\0"
    return b"E" + (len(body) + 4).to_bytes(4) + body


PASSWORD_WANTED = b"R" + (8).to_bytes(4) + (3).to_bytes(4)
"""The server asks for the password as plain text."""


@contextlib.contextmanager
def tls_door(certificate: Certificate | None, *answers: bytes) -> Iterator[int]:
    """Listen on 127.0.0.1 and give the port; each client is sent these answers, then the line is closed.

    Without a certificate the door says that it cannot encrypt.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                client, _address = listener.accept()
            except OSError:
                return
            with client, contextlib.suppress(OSError):
                client.settimeout(SECONDS)
                _meet(client, certificate, answers)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        over.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(SECONDS)


def _meet(client: socket.socket, certificate: Certificate | None, answers: tuple[bytes, ...]) -> None:
    line = client
    message = _message(line)
    if int.from_bytes(message[:4]) == SSL_REQUEST:
        if certificate is None:
            line.sendall(b"N")
        else:
            line.sendall(b"S")
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate.file, certificate.key)
            line = context.wrap_socket(client, server_side=True)
        _message(line)
    with contextlib.closing(line):
        for answer in answers:
            line.sendall(answer)
            if answer == PASSWORD_WANTED:
                line.recv(1000)


def _message(line: socket.socket) -> bytes:
    length = int.from_bytes(line.recv(4))
    return line.recv(length - 4) if length > 4 else b""
