"""What a rule says, in words to be translated."""

import datetime as dt

from learning_events.calendar.recurrence.rule import (
    Frequency,
    Rule,
    RuleWords,
    day_of,
)


def words_of(rule: Rule, start: dt.date | dt.datetime | None = None) -> RuleWords:
    """Say a rule as a code and parameters: `interval`, `weekdays` (Monday is 0), `nth` (-1 the last), `days`, `months`.

    "every second Monday" is ("weekly", interval=2, weekdays=(0,)); "the last Friday of the month" is
    ("monthly-weekday", nth=(-1,), weekdays=(4,)). `until`, `count`, `added` and `without` come with every code. A rule
    that needs more than a sentence is "other". `start` says what the rule leaves to the first date.
    """
    ending = {
        "until": day_of(rule.until) if rule.until is not None else None,
        "count": rule.count,
        "added": len(rule.dates) if rule.frequency != Frequency.DATES else 0,
        "without": len(rule.without),
    }
    code, params = _said(rule, day_of(start) if start is not None else None)
    return RuleWords(code, {**params, **ending})


def _said(rule: Rule, start: dt.date | None) -> tuple[str, dict[str, object]]:
    every: dict[str, object] = {"interval": rule.interval}
    odd = rule.positions or rule.hours or rule.minutes or rule.seconds or rule.year_days or rule.weeks
    days = tuple(day for day, _nth in rule.weekdays)
    match rule.frequency:
        case Frequency.DATES:
            return "dates", {"dates": tuple(sorted(rule.dates))}
        case Frequency.DAILY if not (odd or rule.weekdays or rule.month_days or rule.months):
            return "daily", every
        case Frequency.WEEKLY if not (odd or rule.month_days or rule.months):
            weekdays = tuple(sorted(set(days))) or ((start.weekday(),) if start else ())
            return "weekly", {**every, "weekdays": weekdays}
        case Frequency.MONTHLY if rule.weekdays and not (odd or rule.months or rule.month_days):
            nths = tuple(dict.fromkeys(nth for _day, nth in rule.weekdays))
            if 0 not in nths and len(nths) * len(set(days)) == len(rule.weekdays):
                return "monthly-weekday", {**every, "nth": nths, "weekdays": tuple(sorted(set(days)))}
        case Frequency.MONTHLY if len(rule.positions) == 1 and not (
            rule.hours or rule.minutes or rule.seconds or rule.months or rule.month_days
        ):
            # Outlook writes the last Friday as BYDAY=FR;BYSETPOS=-1.
            if len(rule.weekdays) == 1 and rule.weekdays[0].nth == 0:
                return "monthly-weekday", {**every, "nth": rule.positions, "weekdays": days}
        case Frequency.MONTHLY if not (odd or rule.months or rule.weekdays):
            return "monthly-day", {**every, "days": rule.month_days or ((start.day,) if start else ())}
        case Frequency.YEARLY if (
            not (odd or rule.weekdays) and len(rule.months) <= 1 and len(rule.month_days) <= 1
        ):
            month = rule.months or ((start.month,) if start else ())
            return "yearly", {
                **every,
                "months": month,
                "days": rule.month_days or ((start.day,) if start else ()),
            }
    return "other", every
