"""Looks at the certificate of a server that was not believed, since the driver does not say what is wrong with it."""

import re
import socket
from collections.abc import Mapping

SECONDS = 3
WANTS_TLS = (8).to_bytes(4) + (80877103).to_bytes(4)
"""What a client of PostgreSQL sends before it speaks TLS; the server answers with S if it does, too."""

WHERE = re.compile(r'server at "(?P<host>[^"]+)"(?: \((?P<address>[^)]+)\))?, port (?P<port>\d+)')
REASONS = {9: "certificate_early", 10: "certificate_expired"}
"""By the numbers of OpenSSL; all others are `certificate_unknown`."""


def why_not_believed(said: str, options: Mapping[str, str]) -> str:
    """Return the reason code (texts.unreached) for the server that the driver names in what it said.

    `options` tell the file of the authorities. Asks the server once more, for 3 s at most; nothing secret is sent.
    """
    where = WHERE.search(said)
    if where is None:
        return "certificate_unknown"
    # Only in trouble: it takes a while to load.
    import ssl  # noqa: PLC0415

    authorities = options.get("sslrootcert", "system")
    try:
        context = ssl.create_default_context(cafile=None if authorities == "system" else authorities)
        context.check_hostname = False
        address = (where["address"] or where["host"], int(where["port"]))
        with socket.create_connection(address, timeout=SECONDS) as line:
            line.sendall(WANTS_TLS)
            line.recv(1)
            context.wrap_socket(line, server_hostname=where["host"]).close()
    except ssl.SSLCertVerificationError as trouble:
        return REASONS.get(trouble.verify_code, "certificate_unknown")
    except OSError:
        pass
    return "certificate_unknown"
