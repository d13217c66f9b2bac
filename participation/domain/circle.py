"""Study circles that residents start: a draft page that an editor publishes, led by who started it."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy, slugify
from django.utils.translation import gettext_lazy as _

from participation.domain.access import raise_access
from participation.domain.meeting import MeetingFacts, plan_series
from participation.domain.notification import notify
from participation.enums import AccessLevel, CommitteeKind, Privacy, SeatRole
from participation.foundation.audit import record
from participation.foundation.errors import Conflict, Invalid, NotAllowed
from participation.foundation.text import clean_line, clean_text
from participation.foundation.zones import city_zone, moment_at
from participation.models import (
    Committee,
    CommitteesPage,
    Meeting,
    Membership,
    Neighbourhood,
    Participant,
    Seat,
)
from participation.rules import has_public_name, is_signed_in

OPEN_DRAFTS = 3
MOST_SESSIONS = 40


@transaction.atomic
def start_circle(
    page: CommitteesPage,
    *,
    participant: Participant,
    title: str,
    topic: str,
    summary: str = "",
    neighbourhood: Neighbourhood | None = None,
    meets: str = "",
) -> Committee:
    """Make an open study circle below the page of committees, as a draft; who starts it is its chair and leads it.

    Raises NotAllowed for who is not signed in with a public name, Invalid for an empty title, and Conflict for more than three
    circles of one person that wait for an editor.
    """
    if not (is_signed_in(participant.user) and has_public_name(participant.user)):
        raise NotAllowed(_("Please sign in and choose a public name first."))
    title = clean_line(title)[:120]
    if not title:
        raise Invalid(_("Please give the circle a name."), field="title")
    CommitteesPage.objects.select_for_update().get(pk=page.pk)
    waiting = Committee.objects.filter(
        kind=CommitteeKind.CIRCLE, live=False, owner=participant.user, first_published_at=None
    )
    if waiting.count() >= OPEN_DRAFTS:
        raise Conflict(_("Three of your circles wait for an editor already. Please wait for an answer."))
    circle = Committee(
        title=title,
        slug=_free_slug(page, title),
        live=False,
        owner=participant.user,
        kind=CommitteeKind.CIRCLE,
        privacy=Privacy.OPEN,
        topic=clean_line(topic)[:120],
        summary=clean_text(summary)[:300],
        neighbourhood=neighbourhood,
        meets=clean_line(meets)[:200],
        quorum_percent=0,
    )
    page.add_child(instance=circle)
    circle.save_revision(user=participant.user)
    seat = Seat.objects.create(committee=circle, role=SeatRole.CHAIR, position=0)
    Membership.objects.create(
        committee=circle,
        seat=seat,
        participant=participant,
        name=participant.display_name,
        from_on=timezone.localdate(),
    )
    raise_access(circle, participant, AccessLevel.LEAD)
    record("participation.circle.start", circle, by=participant.user)
    return circle


def plan_sessions(
    committee: Committee,
    *,
    by,
    topics: Sequence[str],
    first_on: dt.date,
    begins: dt.time,
    length: dt.timedelta,
    every_weeks: int = 1,
    venue_name: str = "",
    venue_address: str = "",
) -> list[Meeting]:
    """Plan one meeting for each topic, so many weeks apart; they are one series, and only keepers see them until announced.

    Raises NotAllowed or Missing, or Invalid (fields "topics", "every_weeks", "first_on").
    """
    titles = [clean_line(topic)[:120] for topic in topics]
    if not titles or not all(titles):
        raise Invalid(_("Please say what each session is about."), field="topics")
    if len(titles) > MOST_SESSIONS:
        raise Invalid(
            _("Please plan at most %(most)d sessions at once.") % {"most": MOST_SESSIONS}, field="topics"
        )
    if not 1 <= every_weeks <= 8:
        raise Invalid(_("Please choose one to eight weeks."), field="every_weeks")
    start = moment_at(first_on, begins, city_zone())
    facts = MeetingFacts(
        title=titles[0],
        starts_at=start,
        ends_at=start + length,
        venue_name=clean_line(venue_name)[:160],
        venue_address=clean_line(venue_address)[:200],
    )
    with transaction.atomic():
        meetings = plan_series(
            committee,
            by=by,
            facts=facts,
            rule=f"FREQ=WEEKLY;INTERVAL={every_weeks}",
            first_on=first_on,
            begins=begins,
            until_on=first_on + dt.timedelta(weeks=every_weeks * (len(titles) - 1)),
        )
        for meeting, title in zip(meetings, titles, strict=True):
            meeting.title = title
        Meeting.objects.bulk_update(meetings, ["title"])
    return meetings


def tell_of_publication(circle: Committee) -> None:
    """Tell who started a circle that an editor has published it; once."""
    starter = Participant.objects.filter(user=circle.owner).first() if circle.owner else None
    if starter is None or circle.kind != CommitteeKind.CIRCLE:
        return
    notify(
        starter,
        kind="participation.committee",
        title=format_lazy(_("Your study circle is public: {title}"), title=circle.title),
        text=_("People can find it and ask to join. You lead it: plan the first meeting."),
        path=circle.url or "/",
        dedupe_key=f"circle-{circle.pk}",
    )


def _free_slug(page: CommitteesPage, title: str) -> str:
    base = slugify(title)[:80] or f"circle-{timezone.now():%Y%m%d}"
    reserved = page.reserved_slugs()
    taken = set(page.get_children().values_list("slug", flat=True)) | reserved
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
