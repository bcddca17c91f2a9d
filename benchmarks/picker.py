"""Goals: a page of the picker and its search, against the same walk of the groups and the same hybrid by the driver.

Every contender also asks what the people of its page hold elsewhere, as the picker shows it.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from benchmarks.measure import Goal
from benchmarks.place import Place
from benchmarks.rows import MANDATORY
from benchmarks.scale import SIZES
from trainer_desk.services.rows.seats import Candidate, PickerFilter
from trainer_desk.services.seats.picker import pick

Rows = list[tuple[object, ...]]
PAGE = 50
FEW = 2_000
FREE = """
 AND p.active AND NOT EXISTS
 (SELECT 1 FROM enrollments e WHERE e.session_id = :session AND e.person_id = p.id AND e.state <> 'withdrawn')
"""
COLUMNS = (
    "p.id, p.employee_no, p.name, p.department, p.site, p.job_role, i.status, i.expires_on, i.due_on, i.counts_from,"
    " p.sort_name"
)
ITEMS = f"SELECT {COLUMNS} FROM compliance_items i JOIN people p ON p.id = i.person_id WHERE i.course_id = :course"
EVERYBODY = f"""
SELECT {COLUMNS} FROM people p LEFT JOIN compliance_items i ON i.course_id = :course AND i.person_id = p.id WHERE true
"""
BY_NAME, BY_DATE = "i.sort_name, i.person_id", "i.expires_on, i.sort_name, i.person_id"
COUNTS = "(i.counts_from IS NULL OR i.counts_from <= :day)"
IN_GRACE = "(i.due_on IS NULL OR i.due_on >= :day)"
STRETCHES = (
    (ITEMS, f"i.status = 'NON_COMPLIANT' AND i.expires_on IS NULL AND {COUNTS}", BY_NAME),
    (ITEMS, f"i.status = 'PENDING' AND i.expires_on IS NULL AND i.due_on < :day AND {COUNTS}", BY_NAME),
    (ITEMS, f"i.status = 'NON_COMPLIANT' AND i.expires_on IS NOT NULL AND {COUNTS}", BY_DATE),
    (ITEMS, f"i.status = 'COMPLIANT' AND i.expires_on < :day AND {COUNTS}", BY_DATE),
    (ITEMS, f"i.status = 'PENDING' AND i.expires_on IS NOT NULL AND i.due_on < :day AND {COUNTS}", BY_DATE),
    (ITEMS, f"i.status = 'PENDING' AND i.expires_on IS NULL AND {IN_GRACE} AND {COUNTS}", BY_NAME),
    (ITEMS, f"i.status = 'PENDING' AND i.expires_on IS NOT NULL AND {IN_GRACE} AND {COUNTS}", BY_DATE),
    (ITEMS, f"i.status = 'COMPLIANT' AND i.expires_on BETWEEN :day AND :soon AND {COUNTS}", BY_DATE),
    (EVERYBODY, "(i.status IS NULL OR i.counts_from > :day OR i.status = 'COMPLIANT'"
     " AND coalesce(i.expires_on > :soon, true))", "p.sort_name, p.id"),
)  # fmt: skip
ORDER = """
ORDER BY CASE WHEN i.counts_from > :day THEN 4
 WHEN i.status = 'NON_COMPLIANT' OR i.status = 'COMPLIANT' AND i.expires_on < :day OR i.due_on < :day THEN 1
 WHEN i.status = 'PENDING' THEN 2 WHEN i.status = 'COMPLIANT' AND i.expires_on <= :soon THEN 3 ELSE 4 END,
 i.expires_on IS NOT NULL, i.expires_on, p.sort_name, p.id LIMIT 50
"""
ELSEWHERE = """
SELECT e.person_id, s.ref, s.starts_at, e.state, s.course_id FROM enrollments e JOIN sessions s ON s.id = e.session_id
WHERE {among} AND s.deleted_at IS NULL
AND (s.id = :session AND e.state = 'withdrawn' OR s.id <> :session AND e.state IN ('confirmed', 'offered')
     AND (s.course_id = :course AND s.status IN ('DRAFT', 'SCHEDULED', 'IN_PROGRESS') AND s.ends_at > :now
          OR s.status IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED') AND s.starts_at < :ends AND s.ends_at > :starts))
"""
TERMS = {
    "common, 3 letters": "sen",
    "common, 2 letters": "no",
    "rare, 10 letters": "quetzalpin",
    "part of a number": "04567",
    "no match, 5 letters": "zzzzz",
    "no match, 2 letters": "xq",
}


def goals(place: Place) -> Iterator[Goal]:
    """Yield pages for a course of everybody and one of a few, then searches among everybody."""
    for kind, course in (("everybody", f"<= {MANDATORY}"), ("a few", f"> {SIZES[place.size].courses - 50}")):
        asked = _session(place, course)
        ours = partial(_pick, place, asked, "")
        floor = partial(_with_places, _staged if place.is_file else _union, place, asked, "")
        _check(ours, floor)
        grows = 1.5 if place.is_file else 2.5
        yield Goal(f"picker page, course of {kind}", ours, floor, 2, grows, "driver, groups walked")
    asked = _session(place, f"<= {MANDATORY}")
    for kind, term in TERMS.items():
        yield from _search_goals(place, asked, kind, term)


def _search_goals(place: Place, asked: dict[str, object], kind: str, term: str) -> Iterator[Goal]:
    ours = partial(_pick, place, asked, term)
    naive = partial(_with_places, _naive, place, asked, term)
    _check(ours, naive)
    if kind == "no match, 2 letters":
        yield Goal(f"picker search, {kind}", ours, partial(_scan, place, term), 2.5, None, "driver, one LIKE scan")
        return
    hybrid = partial(_with_places, _hybrid, place, asked, term)
    yield Goal(f"picker search, {kind}", ours, hybrid, 2, None, "driver, hybrid")
    yield Goal(f"picker search, {kind} (naive)", ours, naive, 1, None, "driver, LIKE and sort")


def _check(ours: Callable[[], Sequence[Candidate]], floor: Callable[[], Rows]) -> None:
    """Make sure that both speak of the same people, but for ties of equal dates."""
    groups = [(person.person_id, person.name) for person in ours()]
    assert len(groups) == len(floor())
    assert len({row[0] for row in floor()} - {person for person, _name in groups}) <= len(groups) // 5


def _session(place: Place, course: str) -> dict[str, object]:
    chosen = f"SELECT id, course_id FROM sessions WHERE status = 'SCHEDULED' AND course_id {course} AND starts_at > ?"
    day = place.instant(30)
    session, course_id, starts_at = place.rows(
        f"{chosen.replace('course_id FROM', 'course_id, starts_at FROM')} ORDER BY starts_at, id LIMIT 1",
        [place.stored(day)],
    )[0]
    on = str(starts_at)[:10]
    soon = place.rows("SELECT date(?, '+60 days')" if place.is_file else "SELECT ?::date + 60", [on])[0][0]
    ends_at = place.rows("SELECT ends_at FROM sessions WHERE id = ?", [session])[0][0]
    span = {"starts": starts_at, "ends": ends_at, "now": place.stored(place.instant(0))}
    return {"session": session, "course": course_id, "day": on, "soon": str(soon)} | span


def _pick(place: Place, asked: dict[str, Any], term: str) -> Sequence[Candidate]:
    page = place.store.read(pick, asked["session"], PickerFilter(search=term), now=place.instant(0), counted=False)
    return page.people


def _ask(place: Place, statement: str, values: dict[str, object]) -> Rows:
    marked = statement
    if not place.is_file:
        for name in values:
            marked = re.sub(rf":{name}\b", f"%({name})s", marked)
    found: Rows = place.driver.execute(marked, values).fetchall()
    return found


def _with_places(find: Callable[..., Rows], place: Place, asked: dict[str, object], term: str) -> Rows:
    """Find people, and ask what they hold elsewhere."""
    found = find(place, asked, term)
    ids = [row[0] for row in found]
    among, listed = _among(place, "e.person_id", ids)
    if ids:
        _ask(place, ELSEWHERE.format(among=among), asked | {"ids": listed})
    return found


def _among(place: Place, column: str, ids: list[object]) -> tuple[str, object]:
    if place.is_file:
        return f"{column} IN (SELECT value FROM json_each(:ids))", json.dumps(ids)
    return f"{column} = ANY(:ids)", ids


def _stretch(number: int, term: str) -> str:
    source, condition, order = STRETCHES[number]
    searched = "AND p.search LIKE :term" if term else ""
    return f"{source} AND {condition} {searched} {FREE} ORDER BY {order} LIMIT {PAGE}"


def _staged(place: Place, asked: dict[str, object], term: str) -> Rows:
    """Walk group after group until the page is full."""
    found: Rows = []
    values = asked | {"term": f"%{term}%"} if term else asked
    for number in range(len(STRETCHES)):
        found += _ask(place, _stretch(number, term), values)
        if len(found) >= PAGE:
            break
    return found[:PAGE]


def _union(place: Place, asked: dict[str, object], term: str) -> Rows:
    """Walk the groups in one round trip."""
    values = asked | {"term": f"%{term}%"} if term else asked
    parts = " UNION ALL ".join(f"({_stretch(number, term)})" for number in range(len(STRETCHES)))
    return _ask(place, f"{parts} LIMIT {PAGE}", values)


def _hybrid(place: Place, asked: dict[str, object], term: str) -> Rows:
    """Fetch at most a few ids; join and sort those, or walk the groups."""
    values: dict[str, object] = asked | {"term": f"%{term}%"}
    indexed = ""
    if place.is_file and len(term) > 2:
        grams = sorted({term[start : start + 3] for start in range(len(term) - 2)})
        values["grams"] = " AND ".join(f'"{gram}"' for gram in grams)
        indexed = "AND p.id IN (SELECT rowid FROM people_search WHERE people_search MATCH :grams)"
    probe = f"SELECT p.id FROM people p WHERE p.active AND p.search LIKE :term {indexed} LIMIT {FEW + 1}"
    ids = [row[0] for row in _ask(place, probe, values)]
    if len(ids) > FEW:
        walk: Callable[[Place, dict[str, object], str], Rows] = _staged if place.is_file else _union
        return walk(place, asked, term)
    if not ids:
        return []
    among, listed = _among(place, "p.id", ids)
    return _ask(place, f"{EVERYBODY} AND {among} {FREE} {ORDER}", asked | {"ids": listed})


def _naive(place: Place, asked: dict[str, object], term: str) -> Rows:
    """Join everybody, look at every search key, sort what is found."""
    return _ask(place, f"{EVERYBODY} AND p.search LIKE :term {FREE} {ORDER}", asked | {"term": f"%{term}%"})


def _scan(place: Place, term: str) -> Rows:
    return _ask(place, "SELECT p.id FROM people p WHERE p.search LIKE :term LIMIT 50", {"term": f"%{term}%"})
