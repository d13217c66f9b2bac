"""One session as an Event of schema.org, as search engines and other calendars read it."""

import datetime as dt

from learning_events.calendar.events import Moment, SourceEvent, SourcePlace, SourceSession

_STATUS = {"scheduled": "EventScheduled", "cancelled": "EventCancelled", "moved": "EventRescheduled"}
_MODES = {"in-person": "Offline", "online": "Online", "mixed": "Mixed"}


def json_ld_of(
    event: SourceEvent, session: SourceSession, *, url: str = "", seats_left: int | None = None
) -> dict[str, object]:
    """Return the JSON-LD of a session; whoever puts it into a page escapes it for that place.

    `url` is our own page of the event, `seats_left` how many may still register (None: nobody needs to).
    """
    place = session.place or event.place
    said: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": f"{url}#{session.uid}" if url else None,
        "identifier": session.uid,
        "name": event.title,
        "description": event.summary or event.description,
        "startDate": _written(session.start),
        "endDate": _written(session.end),
        "previousStartDate": _written(session.previous_start) if session.status == "moved" else None,
        "eventStatus": f"https://schema.org/{_STATUS[session.status]}",
        "eventAttendanceMode": _mode(event),
        "location": _location(place, session.room, event.online_url),
        "organizer": {"@type": "Organization", "name": event.organiser} if event.organiser else None,
        "performer": [{"@type": "Person", "name": name} for name in event.leaders],
        "inLanguage": list(event.languages),
        "audience": [{"@type": "Audience", "audienceType": name} for name in event.audience],
        "keywords": list(event.categories),
        "isAccessibleForFree": {"free": True, "paid": False}.get(event.cost.kind),
        "image": event.image_url,
        "url": url or event.url,
        "maximumAttendeeCapacity": session.capacity,
        "remainingAttendeeCapacity": seats_left,
        "offers": _offer(event, session, url or event.url, seats_left),
    }
    return {key: value for key, value in said.items() if value not in (None, "", [], {})}


def _written(moment: Moment | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _mode(event: SourceEvent) -> str | None:
    mode = _MODES.get(event.attendance)
    return f"https://schema.org/{mode}EventAttendanceMode" if mode else None


def _location(place: SourcePlace, room: str, online_url: str) -> object:
    places: list[dict[str, object]] = []
    if place or room:
        physical: dict[str, object] = {"@type": "Place", "name": ", ".join(filter(None, (room, place.name)))}
        if place.address:
            physical["address"] = place.address
        if place.latitude is not None:
            physical["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": place.latitude,
                "longitude": place.longitude,
            }
        places.append(physical)
    if online_url:
        places.append({"@type": "VirtualLocation", "url": online_url})
    return places[0] if len(places) == 1 else places


def _offer(
    event: SourceEvent, session: SourceSession, url: str, seats_left: int | None
) -> dict[str, object] | None:
    """Say whether there is still a seat; a price is named only where it is certain, which is nothing."""
    if event.cost.kind != "free" and seats_left is None:
        return None
    offer: dict[str, object] = {"@type": "Offer", "url": url}
    if event.cost.kind == "free":
        offer |= {"price": "0"}
    if session.status == "cancelled":
        offer["availability"] = "https://schema.org/Discontinued"
    elif seats_left is not None:
        offer["availability"] = f"https://schema.org/{'InStock' if seats_left > 0 else 'SoldOut'}"
    started = isinstance(session.start, dt.datetime)
    if started:
        offer["validThrough"] = session.start.isoformat()
    return offer
