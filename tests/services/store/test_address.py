"""Addresses are read as people write them, and shown so again, without a password."""

import pytest

from trainer_desk.services.store.address import read_address, shown

SHOWN = {
    "/srv/a desk.desk": "/srv/a desk.desk",
    "sqlite:////srv/a.desk": "/srv/a.desk",
    "postgresql://ana@server.example/training": "postgresql://ana@server.example/training",
    "postgres://server.example:5433/training": "postgresql://server.example:5433/training",
    "postgresql://ana@one:5432,two:5433/training": "postgresql://ana@one:5432,two:5433/training",
    "postgresql://one,two/training?sslmode=require": "postgresql://one,two/training?sslmode=require",
    "postgresql:///training?host=one:1&host=two:2": "postgresql://one:1,two:2/training",
    "service=desk": "postgresql:///?service=desk",
    "postgresql:///?service=desk": "postgresql:///?service=desk",
    "postgresql+psycopg://ana:secret@server.example/training": "postgresql://ana:***@server.example/training",
}


@pytest.mark.parametrize(("written", "read"), SHOWN.items(), ids=SHOWN.keys())
def test_an_address_is_shown_as_people_write_it(written: str, read: str) -> None:
    assert shown(read_address(written)) == read


@pytest.mark.parametrize("written", [address for address in SHOWN if ":secret" not in address])
def test_what_is_shown_leads_to_the_same_database(written: str) -> None:
    url = read_address(written)
    assert read_address(shown(url)) == url
