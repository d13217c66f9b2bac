"""How the printed programme says things: days, times, accessibility, cost and registration, in words."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning_events.enums import Booking
from learning_events.models import EventPage, Session
from mapping.enums import Cost, Stated
from mapping.languages import name_of_language

# Field of the event -> what stands in the badge, and what it means in the key.
ACCESS = (
    ("step_free", gettext_lazy("no steps"), gettext_lazy("You get in and around without steps.")),
    (
        "accessible_toilet",
        gettext_lazy("wheelchair WC"),
        gettext_lazy("There is a toilet for wheelchair users."),
    ),
    ("hearing_loop", gettext_lazy("hearing loop"), gettext_lazy("There is a loop for hearing aids.")),
    ("quiet_space", gettext_lazy("quiet space"), gettext_lazy("There is a quiet room to rest in.")),
    ("sign_language", gettext_lazy("sign language"), gettext_lazy("A sign language interpreter is there.")),
)


def day_words(day: dt.date, *, year: bool = False) -> str:
    """Return for example "Saturday 12 September"."""
    return date_format(day, "l j F Y" if year else "l j F")


def short_day(day: dt.date) -> str:
    """Return for example "Sat 12 Sep"."""
    return date_format(day, "D j M")


def time_words(session: Session) -> str:
    """Return begin and end on the session's own clock; for one that ends another day, with that day."""
    if session.is_all_day:
        return _("all day")
    begin, end = _on_its_clock(session)
    if end - begin > dt.timedelta(hours=18):
        return f"{date_format(begin, 'TIME_FORMAT')} – {short_day(end.date())}, {date_format(end, 'TIME_FORMAT')}"
    return f"{date_format(begin, 'TIME_FORMAT')}–{date_format(end, 'TIME_FORMAT')}"


def time_sentence(session: Session) -> str:
    """Return the time as one says it: "from 18:00 to 20:00"."""
    if session.is_all_day:
        return _("the whole day")
    begin, end = (date_format(each, "TIME_FORMAT") for each in _on_its_clock(session))
    return _("from %(begin)s to %(end)s") % {"begin": begin, "end": end}


def _on_its_clock(session: Session) -> tuple[dt.datetime, dt.datetime]:
    zone = ZoneInfo(session.zone)
    # Without their zone, Django's formats leave them on this clock.
    begin, end = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    return begin.replace(tzinfo=None), end.replace(tzinfo=None)


def day_of(session: Session) -> dt.date:
    return session.starts_at.astimezone(ZoneInfo(session.zone)).date()


def access_of(event: EventPage) -> list[str]:
    """Return the badges of what the event offers; one that is only partly so says it."""
    badges = []
    for field, words, _meaning in ACCESS:
        stated = getattr(event, field)
        if stated == Stated.YES:
            badges.append(str(words))
        elif stated == Stated.PARTLY:
            badges.append(_("%(what)s: partly") % {"what": words})
    return badges


def legend() -> list[dict[str, str]]:
    return [{"badge": str(words), "said": str(meaning)} for _field, words, meaning in ACCESS]


def cost_words(event: EventPage) -> str:
    if event.cost_note:
        return event.cost_note
    return "" if event.cost == Cost.UNKNOWN else capfirst(event.get_cost_display())


def age_words(event: EventPage) -> str:
    values = {"from": event.age_from, "to": event.age_to}
    if event.age_from is not None and event.age_to is not None:
        return _("age %(from)d to %(to)d") % values
    if event.age_from is not None:
        return _("from age %(from)d") % values
    return _("up to age %(to)d") % values if event.age_to is not None else ""


def language_words(event: EventPage) -> str:
    return ", ".join(str(name_of_language(code)) for code in event.language_codes)


def booking_words(event: EventPage) -> str:
    return {
        Booking.SEATS: _("Please register: use the code or the telephone."),
        Booking.DRAW: _("Seats are drawn by lot: please put your name down."),
        Booking.ELSEWHERE: _("Please register with the organiser."),
    }.get(Booking(event.booking), "")


def booking_sentence(event: EventPage, *, phone: str) -> str:
    """Return how one gets a seat, for people who read no codes."""
    if event.booking == Booking.OPEN:
        return _("No. Just come.")
    if event.booking == Booking.ELSEWHERE:
        call = event.contact_phone
        return _("Yes. Call the organiser: %(phone)s.") % {"phone": call} if call else booking_words(event)
    if phone:
        return _("Yes. Call us: %(phone)s. Or use the page on the web.") % {"phone": phone}
    return _("Yes. Use the page on the web.")


def facts_of(event: EventPage) -> list[str]:
    """Return cost, ages and languages, as far as they are known."""
    return [words for words in (cost_words(event), age_words(event), language_words(event)) if words]


def labels() -> dict[str, Any]:
    """Return the fixed words of the sheets."""
    return {
        "contents": _("Contents"),
        "how_to": _("How to use this programme"),
        "key": _("What the signs mean"),
        "kinds": _("Kinds of events"),
        "index": _("All events from A to Z"),
        "notes": _("Notes"),
        "partners": _("Partners"),
        "cancelled": _("Cancelled"),
        "see_page": _("More on page {page}"),
        "online_programme": _("The programme with all late changes is online:"),
        "changes": _("Changes to the printed programme"),
        "nothing": _("Nothing has changed since the programme was printed."),
    }
