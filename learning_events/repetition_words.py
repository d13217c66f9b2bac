"""A repetition in words of the reader's language: “every second Monday until 3 May 2027”."""

import datetime as dt
from collections.abc import Callable

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learning_events.calendar.recurrence import NotRepeatable, Rule, from_rrule, words_of
from learning_events.models import Recurrence

NTH = {
    1: gettext_lazy("first"),
    2: gettext_lazy("second"),
    3: gettext_lazy("third"),
    4: gettext_lazy("fourth"),
    5: gettext_lazy("fifth"),
    -1: gettext_lazy("last"),
    -2: gettext_lazy("second last"),
}


def series_words(series: Recurrence) -> str:
    """Say the rule of stored sessions; a rule that cannot be said in a sentence is "repeated"."""
    try:
        rule = from_rrule(series.rule)
    except NotRepeatable:
        return _("repeated")
    return repetition_words(rule, series.starts_on)


def repetition_words(rule: Rule, start: dt.date) -> str:
    """Say a rule that begins on `start`, with its end where it has one."""
    code, params = words_of(rule, start)
    words = _SAID.get(code, lambda _params: _("repeated"))(params)
    until, count = params["until"], params["count"]
    if isinstance(until, dt.date):
        return _("%(repetition)s until %(date)s") % {
            "repetition": words,
            "date": date_format(until, "DATE_FORMAT"),
        }
    if isinstance(count, int):
        times = ngettext("%(count)d time", "%(count)d times", count) % {"count": count}
        return _("%(repetition)s, %(times)s") % {"repetition": words, "times": times}
    return words


def _days(numbers) -> str:
    return get_text_list([str(WEEKDAYS[day]) for day in numbers], _("and"))


def _weekly(params: dict) -> str:
    days, weeks = _days(params["weekdays"]), int(params["interval"])
    if weeks == 1:
        return _("every %(days)s") % {"days": days}
    if weeks == 2 and len(params["weekdays"]) == 1:
        return _("every second %(day)s") % {"day": days}
    return ngettext("every %(weeks)d week on %(days)s", "every %(weeks)d weeks on %(days)s", weeks) % {
        "weeks": weeks,
        "days": days,
    }


def _monthly_by_weekday(params: dict) -> str:
    which = get_text_list([str(NTH.get(nth, nth)) for nth in params["nth"]], _("and"))
    words = {"which": which, "days": _days(params["weekdays"]), "months": params["interval"]}
    if params["interval"] == 1:
        return _("every %(which)s %(days)s of the month") % words
    return _("every %(months)d months on the %(which)s %(days)s") % words


def _monthly_by_day(params: dict) -> str:
    days = get_text_list([str(day) if day > 0 else _("last") for day in params["days"]], _("and"))
    if params["interval"] == 1:
        return _("every month on day %(days)s") % {"days": days}
    return _("every %(months)d months on day %(days)s") % {"months": params["interval"], "days": days}


def _daily(params: dict) -> str:
    days = params["interval"]
    return _("every day") if days == 1 else _("every %(days)d days") % {"days": days}


def _yearly(params: dict) -> str:
    month = str(MONTHS[params["months"][0]]) if params["months"] else ""
    day = params["days"][0] if params["days"] else ""
    return _("every year on %(day)s %(month)s") % {"day": day, "month": month}


_SAID: dict[str, Callable[[dict], str]] = {
    "daily": _daily,
    "weekly": _weekly,
    "monthly-weekday": _monthly_by_weekday,
    "monthly-day": _monthly_by_day,
    "yearly": _yearly,
    "dates": lambda _params: _("on single days"),
}
