"""What organisers hear of their events: handed in, published, sent back, not accepted, and deadlines that come near."""

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from learning_events.enums import ChangeState
from learning_events.models import ChangeRequest, EventPage, Festival
from learning_events.queries.deadline import festival_of, today_at
from learning_events.queries.event import unfinished_events_of_festival
from participation.domain.announcement import announce, withdraw_announcement
from participation.domain.notification import notify, notify_many
from participation.models import Participant

KIND = "learning_events.my_event"
TOLD_BEFORE = dt.timedelta(days=3)


def organisers_of(event: EventPage) -> QuerySet[Participant]:
    """Return who hears of an event: who wrote it, else those who act for its organisation."""
    submission = getattr(event, "submission", None)
    if submission is not None and submission.participant_id is not None:
        return Participant.objects.filter(pk=submission.participant_id)
    if event.organisation_id is None:
        return Participant.objects.none()
    return Participant.objects.filter(organisation_roles__organisation=event.organisation_id)


def tell_handed_in(event: EventPage) -> None:
    """Confirm that an event, or a change of a published one, is with the editors."""
    text = _("Thank you! The festival's editors look at it and tell you what they decide.")
    _tell(event, _("“{title}” is handed in"), text, f"sent:{event.latest_revision_id}")


def tell_published(event: EventPage) -> None:
    """Say once that what was handed in is public; what editors change by themselves is not told."""
    submission = getattr(event, "submission", None)
    if submission is None or submission.sent_at is None:
        return
    text = _(
        "Everybody can see it now. If a time or a place changes, please say so at the event: people rely on it."
    )
    _tell(event, _("“{title}” is in the programme"), text, f"published:{submission.sent_at.isoformat()}")


def announce_event(event: EventPage) -> None:
    """Tell who follows where it is or what it is about that an event is in the programme, once in all languages."""
    place = event.place if event.place is not None and event.place.is_public else None
    topics: list[tuple[str, int]] = [("topic", topic.pk) for topic in event.topics.all()]
    festival = festival_of(event)
    if not festival.live or festival.ends_on < today_at(festival) or (place is None and not topics):
        return
    near = [("neighbourhood", place.neighbourhood_id)] if place and place.neighbourhood_id else []
    announce(
        kind="learning_events.new_event",
        title=format_lazy(_("New in the programme: “{title}”"), title=event.title),
        text=event.summary,
        path=event.url or "/",
        dedupe_key=_announcement_key(event),
        targets=[*near, *topics],
        point=(place.latitude, place.longitude) if place else None,
        page=event,
        only_if_known=event.first_published_at != event.last_published_at,
    )


def withdraw_event_news(event: EventPage) -> None:
    """Take the news of an event that is not in the programme any more out of sight."""
    withdraw_announcement(_announcement_key(event))


def _announcement_key(event: EventPage) -> str:
    return f"new-event:{event.translation_key}"


def tell_returned(event: EventPage, question: str, key: object) -> None:
    """Pass on the editors' question; `key` tells it from earlier ones."""
    _tell(event, _("The editors have a question about “{title}”"), question, f"returned:{key}")


def tell_declined(event: EventPage, reason: str, key: object) -> None:
    """Say that an event is not taken into the programme, and why."""
    _tell(event, _("“{title}” is not in the programme this time"), reason, f"declined:{key}")


def tell_decided(request: ChangeRequest) -> None:
    """Say to who asked for a change what became of it."""
    if request.participant is None:
        return
    is_granted = request.state == ChangeState.GRANTED
    words = (
        _("“{title}” is changed as you asked") if is_granted else _("The change of “{title}” was not made")
    )
    notify(
        request.participant,
        kind=KIND,
        title=format_lazy(words, title=request.event.title),
        text=request.answer,
        path=own_path(request.event),
        dedupe_key=f"event-change:{request.pk}",
    )


def remind_of_deadline(festival: Festival) -> int:
    """Tell those whose events are not handed in that the last day comes near, once; return how many were told."""
    closes, today = festival.submissions_close_on, today_at(festival)
    if not festival.live or closes is None or not today <= closes <= today + TOLD_BEFORE:
        return 0
    told = 0
    with translation.override(settings.LANGUAGE_CODE):
        days = (closes - today).days
        text = ngettext(
            "It is still a draft. There is %(days)d day left.",
            "It is still a draft. There are %(days)d days left.",
            days,
        ) % {"days": days}
        if closes == today:
            text = str(_("It is still a draft, and today is the last day."))
        for event in unfinished_events_of_festival(festival):
            title = _("Please hand in “{title}” by {date}")
            told += notify_many(
                organisers_of(event),
                kind="learning_events.deadline",
                title=format_lazy(title, title=event.title, date=date_format(closes, "DATE_FORMAT")),
                text=text,
                path=festival.url_of("own_event", event.pk),
                dedupe_key=f"event:{event.pk}:deadline:{closes}",
            )
    return told


def own_path(event: EventPage) -> str:
    """Return the path of the page on which its organisers see how far an event is."""
    return festival_of(event).url_of("own_event", event.pk)


def _tell(event: EventPage, words, text, key: str) -> None:
    notify_many(
        organisers_of(event),
        kind=KIND,
        title=format_lazy(words, title=event.title),
        text=text,
        path=own_path(event),
        dedupe_key=f"event:{event.pk}:{key}",
    )
