"""Statements made ready once and answered by the driver itself, several of them in one round trip (design 7).

For the questions that every seat asks: SQLAlchemy's share of a call is several times that of a small statement. It
still writes the text, knows the types of values and columns, and lends connection, transaction and exceptions.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from trainer_desk.services.store.db import Db, plain

Values: TypeAlias = Mapping[str, Any]
Turn: TypeAlias = Callable[[Any], Any] | None
"""What turns a value into the driver's, or back; None where there is nothing to do."""


@dataclass(frozen=True, slots=True)
class Text:
    """A statement in the words of one dialect: its values by name, in their order, and how its rows are made."""

    words: str
    named: bool
    values: tuple[tuple[str, Any, Turn], ...]
    columns: tuple[tuple[int, Callable[[Any], Any]], ...]
    row: Callable[[Sequence[Any]], Any]

    def filled(self, given: Values) -> Any:
        """Return the values as the driver takes them; what is not given stands in the statement."""
        values = [
            given.get(name, default) if turn is None else turn(given.get(name, default))
            for name, default, turn in self.values
        ]
        return {each[0]: value for each, value in zip(self.values, values, strict=True)} if self.named else values

    def rows(self, found: Sequence[Any]) -> list[Any]:
        """Return what the driver found, as rows whose values have the names of the columns."""
        if not self.columns:
            return [self.row(values) for values in found]
        return [self._row(list(values)) for values in found]

    def _row(self, values: list[Any]) -> Any:
        for place, turn in self.columns:
            values[place] = turn(values[place])
        return self.row(values)


class Prepared:
    """A statement of tables or functions with a value for every name; no list but `Among`, no text of one's own."""

    def __init__(self, statement: sa.Select[Any] | sa.CompoundSelect[Any] | sa.Insert | sa.Update | sa.Delete) -> None:
        self.statement = statement
        self._texts: dict[str, Text] = {}

    def rows(self, db: Db, **values: Any) -> list[Any]:
        """Return all rows that answer it."""
        [found] = together(db, (self, values))
        return found

    def each(self, db: Db, many: Sequence[Values]) -> None:
        """Run it once for each of these values."""
        connection = plain(db)
        dialect = connection.dialect
        text = self.text(dialect)
        cursor = connection.connection.cursor()
        try:
            if len(many) == 1:
                dialect.do_execute(cursor, text.words, text.filled(many[0]))
            else:
                dialect.do_executemany(cursor, text.words, [text.filled(values) for values in many])
        except dialect.loaded_dbapi.Error as error:
            raise _refusal(connection, text, error) from error

    def text(self, dialect: sa.Dialect) -> Text:
        """Return it in the words of a dialect."""
        text = self._texts.get(dialect.name)
        if text is None:
            text = self._texts[dialect.name] = _written(self.statement, dialect)
        return text


Asked: TypeAlias = tuple[Prepared, Values]
"""A statement with the values for its names."""


class Answers:
    """Answers that came along in one round trip; each holds for its values, and until something is written."""

    def __init__(self, known: Iterable[tuple[Asked, list[Any]]] = ()) -> None:
        self._known = {prepared: (values, rows) for (prepared, values), rows in known}

    def rows(self, db: Db, prepared: Prepared, **values: Any) -> list[Any]:
        """Return the answer that is known, or ask."""
        asked, rows = self._known.get(prepared, (None, []))
        return rows if asked == values else prepared.rows(db, **values)

    def forget(self) -> None:
        """Ask anew from now on: something was written."""
        self._known.clear()


def together(db: Db, *asked: Asked) -> list[list[Any]]:
    """Return the rows of several statements, done one after the other; a server hears them all at once.

    Each sees what those before it locked and wrote. Raises what SQLAlchemy raises.
    """
    connection = plain(db)
    dialect = connection.dialect
    texts = [(prepared.text(dialect), values) for prepared, values in asked]
    if dialect.name == "sqlite" or len(texts) == 1:
        return [text.rows(_asked(connection, text, values)) for text, values in texts]
    driver: Any = connection.connection.driver_connection
    try:
        with driver.pipeline():
            cursors = [driver.cursor() for _ in texts]
            for cursor, (text, values) in zip(cursors, texts, strict=True):
                dialect.do_execute(cursor, text.words, text.filled(values))
            return [text.rows(cursor.fetchall()) for cursor, (text, _) in zip(cursors, texts, strict=True)]
    except dialect.loaded_dbapi.Error as error:
        raise _refusal(connection, texts[0][0], error) from error


def _asked(connection: sa.Connection, text: Text, values: Values) -> Sequence[Any]:
    dialect = connection.dialect
    cursor: Any = connection.connection.cursor()
    try:
        dialect.do_execute(cursor, text.words, text.filled(values))
        found: Sequence[Any] = cursor.fetchall()
    except dialect.loaded_dbapi.Error as error:
        raise _refusal(connection, text, error) from error
    return found


def _refusal(connection: sa.Connection, text: Text, error: Any) -> Exception:
    """Return what SQLAlchemy raises for an exception of the driver, and let go of lost connections as it does."""
    dialect = connection.dialect
    is_lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if is_lost:
        connection.invalidate(error)
        connection.engine.dispose()
    refusal: Exception = DBAPIError.instance(
        text.words, None, error, dialect.loaded_dbapi.Error, connection_invalidated=is_lost, dialect=dialect
    )
    return refusal


def _written(statement: Any, dialect: sa.Dialect) -> Text:
    """Have SQLAlchemy write a statement for a dialect."""
    written: Any = statement.compile(dialect=dialect)
    names = list(written.params) if written.positiontup is None else list(written.positiontup)
    binds = [written.binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    values = tuple((name, written.params[name], turn) for name, turn in zip(names, binds, strict=True))
    columns = list(statement.exported_columns)
    results = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    named = [str(column.key) for column in columns]
    row: Any = namedtuple("Row", named, rename=True)  # type: ignore[misc]  # a row is known by its statement only
    return Text(
        str(written),
        written.positiontup is None,
        values,
        tuple((place, turn) for place, turn in enumerate(results) if turn is not None),
        row._make,
    )
