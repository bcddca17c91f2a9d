"""Sheets about sessions: nobody is missing, nothing is cut, codes read as the numbers, every page says what it is."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from trainer_desk.models.enums import Attendance, EnrollmentState, SessionStatus
from trainer_desk.services.rows.on_paper import OnPaper, PaperPerson, PaperSession
from trainer_desk.views.paper.badges import Badges
from trainer_desk.views.paper.door import DoorSheets
from trainer_desk.views.paper.label_sizes import SIZES
from trainer_desk.views.paper.roster import RosterSheets
from trainer_desk.views.paper.sheets import SessionSheets
from trainer_desk.views.paper.sign_in import ROW, SignInSheets
from trainer_desk.views.printing.document import picture_of
from trainer_desk.views.printing.press import pdf_bytes
from trainer_desk.views.printing.rows import MM, RowBlock
from trainer_desk.views.theme import look

LONG = ("Maximiliane Alexandra von Hohenstein-Württemberg-Fürstenberg zu Sachsen und Gotha " * 3)[:200].strip()
NAMES = ("Ann Lee", LONG, "محمد بن عبد الله", "王小明", "O" * 200)
SHEETS: tuple[Callable[..., SessionSheets], ...] = (SignInSheets, RosterSheets, DoorSheets)
EXPECTED = "\n2 expected · 28 spots left when this was printed"
CONFIRMED, OFFERED, WAITLISTED = EnrollmentState.CONFIRMED, EnrollmentState.OFFERED, EnrollmentState.WAITLISTED


def person(number: int, name: str, state: EnrollmentState = CONFIRMED, remarks: str = "") -> PaperPerson:
    return PaperPerson(number, f"N{number:04}", name, "Paint shop", "North", "Welder", state,
                       Attendance.REGISTERED, remarks)  # fmt: skip


def session(*people: PaperPerson, **changes: object) -> PaperSession:
    made = PaperSession(
        1, "S-00012", 5, "FIRE", "Fire safety", "Bring boots.", SessionStatus.SCHEDULED,
        dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC), dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC), ("John", "Una"),
        "Hall", 30, people,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def found(*sessions: PaperSession, zone: str = "Europe/London") -> OnPaper:
    read_at = dt.datetime(2026, 11, 30, 9, 12, 40, tzinfo=dt.UTC)
    return OnPaper("Northgate Works", ZoneInfo(zone), read_at, sessions)


@pytest.fixture(autouse=True)
def _fonts() -> None:
    look()


def blocks(sheets: SessionSheets) -> list[RowBlock]:
    return [block for page, _foot in sheets._pages for block in page if isinstance(block, RowBlock)]


@pytest.mark.parametrize("make", SHEETS)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_everybody_is_on_a_page_and_no_page_runs_over(make: Callable[..., SessionSheets], paper: str) -> None:
    many = [person(number, NAMES[number % len(NAMES)] + f" {number}") for number in range(45)]
    sheets = make(found(session(*many)), {"paper": paper})
    words = sheets.texts()
    for one in many:
        assert one.employee_no in words
        assert one.name in words, "whole, and in one piece"
    assert sheets.pages > 2
    assert max(sheets.heights()) <= sheets.room
    titles = words.count("Number")
    assert titles == sheets.pages, "column titles on every page"
    for number in range(1, sheets.pages + 1):
        assert f"Northgate Works · page {number} of {sheets.pages}" in words
    pages = ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf_bytes(sheets))).pages]
    assert len(pages) == sheets.pages
    assert all("PrintedMon30Nov2026" in page and "Europe/London)·version5" in page for page in pages)


def test_times_are_of_the_organisations_zone() -> None:
    words = SignInSheets(found(session(), zone="Asia/Kolkata"), {}).texts()
    assert "Printed Mon 30 Nov 2026 14:42 (Asia/Kolkata) · version 5" in words
    assert "Monday 30 November 2026, 14:30–17:30" in words


@pytest.mark.parametrize(
    ("make", "chosen", "there", "missing"),
    [
        (SignInSheets, {}, {"Sure"}, {"Offered", "Waits", "Offered (seat offered)"}),
        (RosterSheets, {}, {"Sure", "Offered", "Waits"}, set()),
        (RosterSheets, {"waiting": "no"}, {"Sure", "Offered"}, {"Waits"}),
        (RosterSheets, {"remarks": "no"}, {"Sure"}, {"Needs a chair"}),
        (DoorSheets, {}, {"Sure", "Offered (seat offered)", EXPECTED}, {"Waits"}),
    ],
)  # fmt: skip
def test_who_is_on_which_sheet(make: Callable[..., SessionSheets], chosen: dict[str, str], there: set[str],
                               missing: set[str]) -> None:  # fmt: skip
    people = (person(1, "Sure", remarks="Needs a chair"), person(2, "Offered", OFFERED), person(3, "Waits", WAITLISTED))
    words = set(make(found(session(*people)), chosen).texts())
    assert there <= words
    assert not missing & words


def test_rows_are_nine_millimetres_and_walk_ins_have_rows_of_their_own() -> None:
    sheets = SignInSheets(found(session(person(1, "Ann"), person(2, "Bo"))), {"walk_ins": "5"})
    rows = blocks(sheets)[1:]
    assert {round(row.height, 3) for row in rows} == {round(ROW, 3)} == {round(9 * MM, 3)}
    assert sheets.texts().count("7") == 1, "two people and five empty rows are numbered on"
    assert not any(
        "Walk-ins" in word for word in SignInSheets(found(session(person(1, "Ann"))), {"walk_ins": "0"}).texts()
    )


@pytest.mark.parametrize(
    ("order", "names"), [("name", ["Bo", "Cy"]), ("number", ["Cy", "Bo"]), ("department", ["Cy", "Bo"])]
)
def test_the_order_can_be_chosen(order: str, names: list[str]) -> None:
    people = (replace(person(2, "Bo"), department="welding"), replace(person(1, "Cy"), department="Assembly"))
    words = SignInSheets(found(session(*people)), {"order": order}).texts()
    assert [word for word in words if word in names] == names


def test_a_description_and_remarks_longer_than_a_page_go_on() -> None:
    told = "\n".join(f"Point {number}: wear boots" for number in range(150))
    remark = " ".join(f"word{number}" for number in range(700))
    sheets = RosterSheets(found(session(person(1, "Ann", remarks=remark), description=told)), {"paper": "a4"})
    words = " ".join(" ".join(sheets.texts()).split())
    assert all(f"Point {number}: wear boots" in words for number in range(150))
    assert all(f"word{number} " in f"{words} " for number in range(700))
    assert max(sheets.heights()) <= sheets.room


def test_a_draft_says_so_and_what_is_not_known_yet() -> None:
    draft = session(status=SessionStatus.DRAFT, starts_at=None, ends_at=None, trainers=(), venue="", description="")
    sheets = SignInSheets(found(session(person(1, "Ann")), draft), {})
    words = sheets.texts()
    assert {"Draft", "no date yet", "not said yet", "Nobody is enrolled. Walk-ins:"} <= set(map(str.strip, words))
    assert sheets.pages == 2, "each session on a page of its own"
    assert sheets.title == "Sign-in sheets 2026-11-30"
    assert SignInSheets(found(session()), {}).title == "Sign-in sheet FIRE 2026-11-30"
    assert SignInSheets(found(draft), {}).title == "Sign-in sheet FIRE S-00012"


@pytest.mark.parametrize("size", sorted(SIZES))
def test_badges_stay_inside_their_labels_and_these_on_the_sheet(size: str) -> None:
    shown = SIZES[size]
    people = [person(number, NAMES[number % len(NAMES)]) for number in range(shown.count + 1)]
    badges = Badges(found(session(*people, title=LONG)), {"size": size})
    assert badges.pages == 2
    paper = badges.layout.fullRectPoints()
    assert badges.layout.paintRectPoints() == paper
    points = 72 / 25.4
    for place in range(shown.count):
        x, y = shown.corner(place)
        assert (x + shown.width) * points <= paper.width() + 0.5
        assert (y + shown.height) * points <= paper.height() + 0.5
    assert shown.step_x >= shown.width
    assert shown.step_y >= shown.height
    bare = Badges(found(session(*people, title=LONG)), {"size": size, "frames": "no"})
    picture = picture_of(bare, 0, 50.8)  # two dots a millimetre
    gaps = [(x, y) for x in (0, 1) for y in range(picture.height())]
    assert all(picture.pixelColor(*spot).lightness() == 255 for spot in gaps)
    for place in range(shown.count):
        x, y = shown.corner(place)
        for step in range(int(shown.width * 2)):
            assert picture.pixelColor(int(x * 2) + step, int(y * 2) + 2).lightness() == 255, "the edge stays white"
            assert picture.pixelColor(int(x * 2) + step, int((y + shown.height) * 2) - 3).lightness() == 255
    lowest = int(max(shown.corner(place)[1] for place in range(shown.count)) * 2 + shown.height * 2)
    inked = [
        y
        for y in range(lowest, picture.height())
        if any(picture.pixelColor(x, y).lightness() < 200 for x in range(picture.width()))
    ]
    assert lowest + 1 <= inked[0] <= inked[-1] <= picture.height() - 3, "the stamp stands below the labels, uncut"


def test_badges_begin_where_a_used_sheet_goes_on() -> None:
    people = [person(number, f"Person {number}") for number in range(3)]
    assert Badges(found(session(*people)), {"size": "64x38", "first": "19"}).pages == 1
    assert Badges(found(session(*people)), {"size": "64x38", "first": "20"}).pages == 2
    assert Badges(found(session()), {}).pages == 1
    waits = Badges(found(session(person(1, "Waits", WAITLISTED), person(2, "Offered", OFFERED))), {})
    assert [badge.texts()[1] for badge in waits.badges] == ["Offered"]


def test_each_sheet_of_badges_says_when_it_was_printed_and_of_what() -> None:
    people = [person(number, f"Person {number}") for number in range(9)]
    others = [session(people[0], session_id=number, ref=f"S-{number}", version=number) for number in range(2, 8)]
    badges = Badges(found(session(*people), *others, zone="Europe/Berlin"), {"size": "99x68"})
    printed = "Printed Mon 30 Nov 2026 10:12 (Europe/Berlin)"
    assert badges.stamp(0) == f"{printed} · version 5 · S-00012"
    assert badges.stamp(1) == (
        f"{printed} · S-00012: version 5 · S-2: version 2 · S-3: version 3 · S-4: version 4 · 3 more sessions"
    )
    begun = Badges(found(session(people[0]), *others), {"size": "99x68", "first": "8"})
    assert begun.stamp(0).endswith(" · version 5 · S-00012")
    assert Badges(found(session()), {}).stamp(0) == printed.replace("10:12 (Europe/Berlin)", "09:12 (Europe/London)")
    assert badges.stamp(1) in badges.texts()
