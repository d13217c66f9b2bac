"""Two written times make a span: which half of the day is meant, or that nobody can tell.

The rules, in their order (hours as written, from start to end):

1. am, pm, noon, midnight, hours above 12, a leading zero, four digits (1030) and "Uhr" leave no choice.
2. If one side is on the 24-hour clock, or the text is German or uses the 24-hour clock elsewhere and no am or pm, a
   bare hour is on it too.
3. "1-8pm": the sign counts for both sides if that makes sense, else the start is in the other half: "9-5pm".
   Where both make sense ("9-11pm", an evening or a long day), it is ambiguous.
4. "9am-5": the end is the first such hour after the start, if it comes before the next sign; "9am-11" is ambiguous.
5. No sign at all: "9-5" is 09:00-17:00, as the end is not after the start and the start between 7 and 12;
   "9-12" ends at noon. Everything else ("7-9", "2-4") is ambiguous.
6. A span that ends on the next day starts at 17:00 or later, or at 13:00 or later and ends by 03:00;
   else it is a slip ("9.00-01.30") and ambiguous.
"""

from dataclasses import dataclass

from mapping.opening_hours.refusal import NotUnderstood
from mapping.opening_hours.words import Clock

HOUR = 60
NOON = 12 * HOUR
DAY = 24 * HOUR


@dataclass(frozen=True)
class Context:
    """What the rest of the text tells about its clock."""

    is_24_hours: bool
    is_german: bool


def span(start: Clock, end: Clock, context: Context, written: str) -> tuple[int, int]:
    """Minutes from midnight of start and end; an end past midnight is above 1,440. Raises ``ambiguous``."""
    first, last = _sides(start, end, context, written)
    if first >= DAY:
        first -= DAY
    if first < last <= DAY:
        return first, last
    last %= DAY
    if not (first >= 17 * HOUR or (first >= 13 * HOUR and last <= 3 * HOUR)) or last > 12 * HOUR:
        raise NotUnderstood(written, "ambiguous")
    return first, last + DAY if last else DAY


def _sides(start: Clock, end: Clock, context: Context, written: str) -> tuple[int, int]:
    first, last = start.minutes, end.minutes
    if start.style and end.style:
        if start.style == "am" and first < HOUR and last > 5 * HOUR:
            raise NotUnderstood(written, "ambiguous")  # 12am-5pm is nearly always meant as noon
        return first, last
    if not start.style and not end.style:
        return _bare(first, last, context, written)
    if "24" in (start.style, end.style):
        return _beside_24(start, end, context, written)
    return _end_signed(first, end, written) if end.style else _start_signed(start, last, written)


def _bare(first: int, last: int, context: Context, written: str) -> tuple[int, int]:
    if context.is_german or context.is_24_hours:
        if first >= last or (context.is_german and first < 6 * HOUR):
            raise NotUnderstood(written, "ambiguous")
        return first, last
    if first < last and NOON <= last < NOON + HOUR and first >= 7 * HOUR:
        return first, last
    if last <= first and last < NOON and 7 * HOUR <= first < NOON + HOUR:
        return first, last + NOON
    if NOON <= first < last < NOON + HOUR:
        return first, last
    raise NotUnderstood(written, "ambiguous")


def _beside_24(start: Clock, end: Clock, context: Context, written: str) -> tuple[int, int]:
    """One side is certain: noon, midnight, 17:00, 09:00. The other is a bare hour of 1 to 12."""
    first, last = start.minutes, end.minutes
    if end.style:
        is_plain = context.is_german or context.is_24_hours
        if first < 5 * HOUR or (last == DAY and first < NOON and not is_plain):
            raise NotUnderstood(written, "ambiguous")  # 11-midnight
        return first, last
    if first >= 13 * HOUR or context.is_german or context.is_24_hours:
        return first, last
    if first == NOON and last < NOON:
        return first, last + NOON
    if last <= first and last + NOON > first:
        raise NotUnderstood(written, "ambiguous")  # 09:00-5: two clocks in one span
    if last >= NOON and first >= 6 * HOUR:
        return first, last
    raise NotUnderstood(written, "ambiguous")


def _end_signed(first: int, end: Clock, written: str) -> tuple[int, int]:
    last = end.minutes
    hour = first % NOON
    same = hour + (NOON if end.style == "pm" else 0)
    if end.style == "am":
        if first >= NOON:  # 12-8am
            raise NotUnderstood(written, "ambiguous")
        return (first, last) if first < last else (first + NOON, last)
    if same < last:
        if 7 * HOUR <= first < NOON:
            raise NotUnderstood(written, "ambiguous")  # 9-11pm
        return same, last
    return first, last


def _start_signed(start: Clock, last: int, written: str) -> tuple[int, int]:
    first, hour = start.minutes, last % NOON
    if start.style == "am":
        if last >= NOON:  # 9am-12
            return first, last
        if hour <= first:
            return first, hour + NOON
        raise NotUnderstood(written, "ambiguous")  # 9am-11
    if hour + NOON > first and last < NOON:
        return first, hour + NOON
    if last >= NOON:
        raise NotUnderstood(written, "ambiguous")  # 6pm-12
    return first, last
