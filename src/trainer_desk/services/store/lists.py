"""A list as one value of a statement, so that the statement is the same for any number of ids, refs or codes."""

import json
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class ListOf(TypeDecorator[list[Any]]):
    """Values of one type: an array on PostgreSQL, a JSON text on SQLite."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, item: TypeEngine[Any]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.ARRAY(self.item))

    def process_bind_param(self, value: Collection[Any] | None, dialect: sa.Dialect) -> Any:
        if value is None:
            return None
        return json.dumps(list(value)) if dialect.name == "sqlite" else list(value)


class Among(FunctionElement[Any]):
    """Whether a column's value is in the list that is given under a name: `Among(Session.id, "ids")`.

    SQLAlchemy's own IN is written anew for every call, with one mark for every id.
    """

    name = "among"
    type = sa.types.NullType()  # SQLAlchemy would compare a Boolean with 1 on SQLite, which no index helps with
    inherit_cache = True

    def __init__(self, column: sa.ColumnElement[Any] | Any, name: str) -> None:
        super().__init__(column, sa.bindparam(name, type_=ListOf(column.type)))


@compiles(Among)
def _any(element: Among, compiler: Any, **kw: Any) -> str:
    column, ids = element.clauses
    return f"{compiler.process(column, **kw)} = ANY({compiler.process(ids, **kw)})"


@compiles(Among, "sqlite")
def _each(element: Among, compiler: Any, **kw: Any) -> str:
    column, ids = element.clauses
    return f"{compiler.process(column, **kw)} IN (SELECT value FROM json_each({compiler.process(ids, **kw)}))"
