"""Emergency contacts on a server: nobody reads the table, every look goes through a function that records it (A4)."""

from collections.abc import Iterator

from trainer_desk.services.store.objects import journaled
from trainer_desk.services.store.objects.plpgsql import function

FIELDS = ("name", "phone")

TOLD = "contacts_told"
"""A view that says of every contact that it is there, as the journal's images do, and not what it is."""

MAY_LOOK = (
    "coalesce(me_role() IN ('administrator', 'supervisor'), false)"
    " OR (me_role() = 'trainer' AND EXISTS (SELECT FROM enrollments e WHERE e.person_id = $1"
    " AND e.session_id IN (SELECT own_sessions()) AND e.state = 'confirmed'))"
)


def statements() -> Iterator[str]:
    """Yield the view and the functions, safe to repeat."""
    told = ", ".join(f"{journaled.hidden('c', field)} AS {field}" for field in FIELDS)
    yield f"CREATE OR REPLACE VIEW {TOLD} WITH (security_barrier) AS SELECT c.person_id, {told} FROM contacts c"
    yield function(
        "contact_of(person int)",
        "TABLE (name text, phone text)",
        f"IF NOT ({MAY_LOOK}) THEN RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',"
        " MESSAGE = 'not a person of an own session'; END IF;"
        " INSERT INTO contact_looks (person_id, looked_at, looked_by)"
        " VALUES (person, date_trunc('second', clock_timestamp()), session_user);"
        " RETURN QUERY SELECT c.name, c.phone FROM contacts c WHERE c.person_id = person;",
    )
    for field in FIELDS:
        yield function(
            f"differing_{field}s(numbers text[], said text[])",
            "SETOF text",
            f"SELECT g.number FROM unnest($1, $2) g(number, said) LEFT JOIN people p ON p.employee_no = g.number"
            f" LEFT JOIN contacts c ON c.person_id = p.id WHERE c.{field} IS DISTINCT FROM g.said",
            language="sql",
        )
