"""What stands on the sheets: the programme as data for the press, read with a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.text import capfirst
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from learning_events.enums import PrintForm, PrintOrder
from learning_events.models import EventKind, EventPage, Festival, Session
from learning_events.printing import words
from learning_events.printing.codes import qr_svg
from learning_events.queries.printing import PrintChange
from learning_events.queries.where import address_of, place_of, where_of


def booklet(
    festival: Festival,
    sessions: Sequence[Session],
    *,
    order: PrintOrder,
    form: PrintForm,
    edition: str,
) -> dict[str, Any]:
    """Return booklet, large print or easy-to-read list; `sessions` in the order of time, with places, kind and organiser."""
    by_day = order == PrintOrder.DAY
    if form == PrintForm.EASY:
        groups = _groups_by_day(sessions, partial(_easy_entry, phone=festival.contact_phone))
    elif by_day:
        groups = _groups_by_day(sessions, _Once())
    else:
        groups = _groups_by_neighbourhood(sessions)
    for group in groups:
        for entry in group["entries"]:
            if entry.get("wants_code"):
                _add_code(entry, festival)
    titles = {session.event_id: session.event.title for session in sessions}
    return {
        **_cover(festival, edition=edition, form=str(PrintForm(form).label)),
        "is_large": form == PrintForm.LARGE,
        "by_day": by_day,
        "how": _how_to(festival, by_day=by_day, has_codes=form != PrintForm.EASY),
        "legend": words.legend(),
        "kinds": [
            {"kind": kind.name, "series": kind.series}
            for kind in EventKind.objects.filter(pk__in={session.event.kind_id for session in sessions})
        ],
        "groups": groups,
        "index": [
            {"event": pk, "title": title}
            for pk, title in sorted(titles.items(), key=lambda each: each[1].casefold())
        ],
        "partners": list(festival.partners.values_list("name", flat=True)),
    }


def poster(festival: Festival, event: EventPage, sessions: Sequence[Session]) -> dict[str, Any]:
    """Return the poster of an event with its next sessions, at most four."""
    shown = list(sessions[:4])
    entry = _entry(event, shown, day_in_time=True)
    entry["address"] = address_of(shown[0]) if shown else ""
    _add_code(entry, festival)
    entry["shown"] = _shown(entry["url"])
    more = len(sessions) - len(shown)
    return {
        **_cover(festival, edition="", form=_("Poster")),
        "title": event.title,
        "entry": entry,
        "more_times": _("and %(number)d more times") % {"number": more} if more else "",
    }


def changes(festival: Festival, changed: Iterable[PrintChange], *, as_of: str) -> dict[str, Any]:
    """Return the sheet of changes since print."""
    groups: dict[dt.date, list[dict[str, Any]]] = defaultdict(list)
    for change in changed:
        groups[change.starts_at.date()].append(_change(change))
    return {
        **_cover(festival, edition="", form=_("Changes")),
        "title": f"{_('Changes to the printed programme')}: {festival.title}",
        "as_of": as_of,
        "groups": [
            {"title": words.day_words(day), "entries": entries} for day, entries in sorted(groups.items())
        ],
    }


def _cover(festival: Festival, *, edition: str, form: str) -> dict[str, Any]:
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    address = base + (festival.url or "/")
    return {
        "lang": festival.locale.language_code.split("-")[0],
        "is_rtl": get_language_bidi(),
        "title": f"{festival.title} – {form}",
        "festival": festival.title,
        "theme": festival.theme,
        "dates": _dates(festival),
        "form": capfirst(form),
        "site": str(settings.WAGTAIL_SITE_NAME),
        "edition": edition,
        "mosaic": _mosaic(),
        "words": words.labels(),
        "online": {
            "qr": qr_svg(address),
            "qr_alt": _("Code that leads to the programme on the web"),
            "url": address,
            "shown": _shown(address),
        },
    }


def _dates(festival: Festival) -> str:
    first, last = festival.starts_on, festival.ends_on
    if first == last:
        return words.day_words(first, year=True)
    return f"{words.day_words(first)} – {words.day_words(last, year=True)}"


def _how_to(festival: Festival, *, by_day: bool, has_codes: bool) -> list[str]:
    told = [
        _("The events stand day by day, in the order of their beginning.")
        if by_day
        else _("The events stand neighbourhood by neighbourhood, in the order of their titles."),
    ]
    if has_codes:
        told.append(
            _(
                "The code beside an event leads to its page: there you see whether seats are free, and get one."
            )
        )
    if festival.contact_phone:
        told.append(
            _("You can register by telephone as well, without e-mail: %(phone)s.")
            % {"phone": festival.contact_phone}
        )
    if festival.contact_email:
        told.append(_("Questions? Write to %(email)s.") % {"email": festival.contact_email})
    return told


class _Once:
    """Makes the full entry of an event where it first stands, and after that one that leads there."""

    def __init__(self) -> None:
        self._told: set[int] = set()

    def __call__(self, event: EventPage, sessions: Sequence[Session]) -> dict[str, Any]:
        entry = _entry(event, sessions)
        entry["is_again"] = event.pk in self._told
        entry["wants_code"] = not entry["is_again"]
        self._told.add(event.pk)
        return entry


def _groups_by_day(sessions: Sequence[Session], make) -> list[dict[str, Any]]:
    days: dict[dt.date, dict[tuple[int, str], list[Session]]] = {}
    for session in sessions:
        # An event that is at two places on one day stands there twice.
        days.setdefault(words.day_of(session), {}).setdefault(
            (session.event_id, where_of(session)), []
        ).append(session)
    return [
        {
            "title": words.day_words(day),
            "note": "",
            "entries": [make(same[0].event, same) for same in events.values()],
        }
        for day, events in sorted(days.items())
    ]


def _groups_by_neighbourhood(sessions: Sequence[Session]) -> list[dict[str, Any]]:
    by_event: dict[int, list[Session]] = defaultdict(list)
    for session in sessions:
        by_event[session.event_id].append(session)
    areas: dict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for same in sorted(by_event.values(), key=lambda each: each[0].event.title.casefold()):
        entry = _entry(same[0].event, same, day_in_time=True)
        entry["wants_code"] = True
        areas[_area_of(same[0])].append(entry)
    return [{"title": name, "note": "", "entries": areas[rank, name]} for rank, name in sorted(areas)]


def _area_of(session: Session) -> tuple[int, str]:
    """Return where in the booklet the session stands: neighbourhoods by name, then what lies in none, then online."""
    if not session.event.is_in_person:
        return 2, capfirst(_("online"))
    place = place_of(session)
    area = place.neighbourhood if place is not None else None
    return (0, area.name) if area is not None else (1, _("Elsewhere"))


def _entry(event: EventPage, sessions: Sequence[Session], *, day_in_time: bool = False) -> dict[str, Any]:
    first = sessions[0] if sessions else None
    return {
        "event": event.pk,
        "title": event.title,
        "is_again": False,
        "times": [
            {
                "day": words.short_day(words.day_of(session)) if day_in_time else "",
                "time": words.time_words(session),
                "is_cancelled": session.is_cancelled,
            }
            for session in sessions
        ],
        "kind": event.kind.name if event.kind is not None else "",
        "series": event.kind.series if event.kind is not None else 1,
        "summary": event.summary,
        "where": where_of(first) if first is not None else event.venue_name,
        "address": address_of(first) if first is not None else event.venue_address,
        "organiser": event.organisation.name if event.organisation is not None else event.leaders,
        "facts": words.facts_of(event),
        "booking": words.booking_words(event),
        "badges": words.access_of(event),
        "qr": "",
        "qr_alt": "",
        "url": "",
    }


def _easy_entry(event: EventPage, sessions: Sequence[Session], *, phone: str) -> dict[str, Any]:
    times = [
        f"{words.time_sentence(session)} – {_('cancelled')}"
        if session.is_cancelled
        else words.time_sentence(session)
        for session in sessions
    ]
    first = sessions[0]
    lines = [
        (_("When?"), "\n".join([words.day_words(words.day_of(first)), *times])),
        (_("Where?"), "\n".join(filter(None, (where_of(first), address_of(first))))),
        (_("What?"), event.summary),
        (_("Who makes it?"), event.organisation.name if event.organisation is not None else ""),
        (_("Cost?"), words.cost_words(event)),
        (_("Language?"), words.language_words(event)),
        (_("Register?"), words.booking_sentence(event, phone=phone)),
        (_("Is there …?"), "\n".join(words.access_of(event))),
    ]
    return {"title": event.title, "lines": [[name, said] for name, said in lines if said]}


def _add_code(entry: dict[str, Any], festival: Festival) -> None:
    address = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + festival.url_of("short", entry["event"])
    entry["url"] = address
    entry["qr"] = qr_svg(address)
    entry["qr_alt"] = _("Code that leads to “%(title)s” on the web") % {"title": entry["title"]}


def _change(change: PrintChange) -> dict[str, Any]:
    was, now = change.was, change.now
    word, said = {
        "cancelled": (_("Cancelled"), ""),
        "gone": (_("Cancelled"), _("It is not in the programme any more.")),
        "time": (_("New time"), ""),
        "place": (_("New place"), ""),
        "restored": (_("Takes place"), _("It takes place after all.")),
        "title": (_("New title"), ""),
        "new": (_("New"), ""),
    }[change.kind]
    if now is not None and change.kind in ("time", "new"):
        said = f"{_span(now)}, {now.where}" if now.where else _span(now)
    elif now is not None and change.kind == "place":
        said = now.where
    elif was is not None and change.kind == "title":
        said = _("It was printed as “%(title)s”.") % {"title": was.title}
    shown = was or now
    assert shown is not None  # noqa: S101 - a change is of something
    return {
        "kind": change.kind,
        "is_bad": change.kind in ("cancelled", "gone"),
        "title": change.title,
        "was": _clock(shown.starts_at) + "–" + _clock(shown.ends_at),
        "word": word,
        "said": said,
        "reason": change.session.status_reason if change.session is not None else "",
    }


def _span(said) -> str:
    return f"{words.day_words(said.starts_at.date())}, {_clock(said.starts_at)}–{_clock(said.ends_at)}"


def _clock(moment: dt.datetime) -> str:
    from django.utils.formats import date_format

    return date_format(moment.replace(tzinfo=None), "TIME_FORMAT")


def _shown(address: str) -> str:
    """Return an address as one types it from paper."""
    parts = urlsplit(address)
    return (parts.netloc + parts.path).rstrip("/")


@cache
def _mosaic() -> str:
    path = finders.find("participation/img/mosaic.svg")
    with open(path, encoding="utf-8") as file:
        return file.read()
