"""What a server keeps of a password, made on this computer: the password itself never leaves it (U1)."""

from typing import Any

from sqlalchemy import Connection


def verifier_of(connection: Connection, login: str, password: str) -> str:
    """Return the SCRAM verifier of a login's password; it holds neither quotes nor backslashes."""
    driver: Any = connection.connection.driver_connection
    made: bytes = driver.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256")
    return made.decode()
