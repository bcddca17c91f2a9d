"""How a session recurs, in words, as in `Every week on Tue and Thu, 10 sessions`."""

from datetime import date

from trainer_desk.texts.formats import date_text, weekday_name
from trainer_desk.texts.translate import _, mark, plural

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EVERY = {
    "DAILY": (mark("Every day"), mark("Every {n} days")),
    "WEEKLY": (mark("Every week"), mark("Every {n} weeks")),
    "MONTHLY": (mark("Every month"), mark("Every {n} months")),
    "YEARLY": (mark("Every year"), mark("Every {n} years")),
}
ORDER = {1: mark("first"), 2: mark("second"), 3: mark("third"), 4: mark("fourth"), 5: mark("fifth"), -1: mark("last")}


def rule_text(rule: str) -> str:
    """Return what an RRULE says, as far as it is made of days and months; one with more in it is told as it is."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    if parts.keys() - {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL"}:
        return rule
    one, many = EVERY[parts["FREQ"]]
    number = int(parts.get("INTERVAL", "1"))
    said = _(one) if number == 1 else _(many).format(n=number)
    days = [_day(word) for word in parts.get("BYDAY", "").split(",") if word]
    if days:
        said = _("{every} on {days}").format(every=said, days=_(" and ").join(days))
    if "BYMONTHDAY" in parts:
        said = _("{every} on day {days}").format(every=said, days=parts["BYMONTHDAY"])
    if "COUNT" in parts:
        return f"{said}, {plural('{n} session', '{n} sessions', int(parts['COUNT']))}."
    last = parts.get("UNTIL", "")[:8]
    until = _("{every} until {day}.")
    return (
        until.format(every=said, day=date_text(date(int(last[:4]), int(last[4:6]), int(last[6:8])))) if last else said
    )


def _day(word: str) -> str:
    name = weekday_name(DAYS.index(word[-2:]))
    place = word[:-2]
    if not place:
        return name
    order = ORDER.get(int(place))
    return f"{place} {name}" if order is None else _("the {order} {day}").format(order=_(order), day=name)
