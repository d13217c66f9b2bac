"""Whom one can mention in a discussion: people who are named in public anyway, and who may read it."""

import re

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from participation.enums import AccessLevel, CommentState, Privacy
from participation.models import Comment, CommitteeAccess, Discussion, Membership, Participant
from participation.queries.committee import public_committees

MOST_MENTIONS = 5
MOST_SUGGESTED = 8
_MENTION = re.compile(r"(?:^|(?<=[\s(]))@(?=\S)")
_FIRST_WORD = re.compile(r"[^\s,;:!?)]+")


def mentionable_people(discussion: Discussion) -> QuerySet[Participant]:
    """Return who can be mentioned: who wrote something here that can be read, and who sits in a committee that is public.

    In a discussion of a committee its own members, too; in a private one only people who may read it.
    """
    wrote = Comment.objects.filter(discussion=discussion, state=CommentState.VISIBLE, author=OuterRef("pk"))
    committees = Q(committee__in=public_committees())
    if discussion.committee_id is not None:
        committees |= Q(committee=discussion.committee_id)
    seats = Membership.objects.on(timezone.localdate()).filter(committees, participant=OuterRef("pk"))
    people = Participant.objects.filter(Exists(wrote) | Exists(seats), user__is_active=True)
    if discussion.committee is not None and discussion.committee.privacy == Privacy.PRIVATE:
        inside = CommitteeAccess.objects.filter(
            committee=discussion.committee_id, participant=OuterRef("pk"), level__gte=AccessLevel.READ
        )
        people = people.filter(Exists(inside))
    return people


def people_to_mention(discussion: Discussion, beginning: str) -> list[str]:
    """Return at most eight names that begin so, for the list that opens while one types."""
    people = mentionable_people(discussion).filter(display_name__istartswith=beginning)
    names = people.order_by("display_name").values_list("display_name", flat=True)
    return list(dict.fromkeys(names[: 4 * MOST_SUGGESTED]))[:MOST_SUGGESTED]


def mentioned_in(text: str, discussion: Discussion) -> list[Participant]:
    """Return whom `text` mentions as "@name", at most five; of names that begin alike the longest is meant."""
    places = [found.end() for found in _MENTION.finditer(text)][: 4 * MOST_MENTIONS]
    words = {first[0] for at in places if (first := _FIRST_WORD.match(text, at))}
    if not words:
        return []
    begins = Q()
    for word in words:
        begins |= Q(display_name__istartswith=word.rstrip("."))
    people = list(mentionable_people(discussion).filter(begins).select_related("user").order_by("pk")[:500])
    found: dict[int, Participant] = {}
    for at in places:
        rest = text[at : at + 81].casefold()
        meant = [person for person in people if _is_named(person.display_name.casefold(), rest)]
        longest = max((len(person.display_name) for person in meant), default=0)
        found |= {person.pk: person for person in meant if len(person.display_name) == longest}
    return list(found.values())[:MOST_MENTIONS]


def _is_named(name: str, rest: str) -> bool:
    return rest.startswith(name) and not rest[len(name) : len(name) + 1].isalnum()
