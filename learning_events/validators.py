"""What may be written about festivals and events; forms, API and imports ask the same."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from learning_events.enums import Booking
from mapping.validators import clean_languages

LONGEST_SESSION = dt.timedelta(days=31)


def clean_times(
    starts: dt.datetime, ends: dt.datetime | None, zone: ZoneInfo
) -> tuple[dt.datetime, dt.datetime | None]:
    """Return begin and end (aware or on the zone's clock) in UTC; refuse an end that is not after the begin.

    A time that the clock leaves out in spring moves on by the gap; of one that happens twice the first counts
    (RFC 5545, section 3.3.5).
    """
    begin, end = _in_utc(starts, zone), _in_utc(ends, zone) if ends is not None else None
    if end is not None and end <= begin:
        raise ValidationError(_("The end must lie after the begin."), code="end")
    if end is not None and end - begin > LONGEST_SESSION:
        raise ValidationError(
            _("A session lasts at most 31 days. Please write several sessions instead."), code="long"
        )
    return begin, end


def _in_utc(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone, fold=0)
    return moment.astimezone(dt.UTC)


def check_event(event) -> None:
    """Refuse what contradicts itself in an event, naming the field."""
    wrong = {}
    if event.age_from is not None and event.age_to is not None and event.age_to < event.age_from:
        wrong["age_to"] = _("The upper age lies below the lower one.")
    if event.picture_id and not event.picture_alt.strip():
        wrong["picture_alt"] = _(
            "Please say in a few words what the picture shows, for people who cannot see it."
        )
    if event.booking == Booking.ELSEWHERE and not (
        event.booking_url or event.contact_email or event.contact_phone
    ):
        wrong["booking_url"] = _(
            "Please say where people register: an address on the web, an e-mail or a telephone number."
        )
    try:
        event.languages = clean_languages(event.languages)
    except ValidationError as error:
        wrong["languages"] = error.message
    if wrong:
        raise ValidationError(wrong)
