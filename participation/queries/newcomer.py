"""Who is new here, and what that means: first comments wait for a moderator, and links are few."""

import re

from django.conf import settings

from participation.enums import CommentState
from participation.models import Participant

HELD_BY_DEFAULT = 1
NEWCOMER_COMMENTS = 3
NEWCOMER_LINKS = 1
_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


def comments_held() -> int:
    """Return how many first comments of somebody new wait for a moderator (PARTICIPATION_HOLD_FIRST_COMMENTS)."""
    return getattr(settings, "PARTICIPATION_HOLD_FIRST_COMMENTS", HELD_BY_DEFAULT)


def waits_for_moderators(author: Participant) -> bool:
    """Say whether the next comment of this person waits: too few of theirs could be read, and nobody vouches for them."""
    held = comments_held()
    return held > 0 and not is_known(author) and _readable_comments(author, held) < held


def most_links_of(author: Participant) -> int | None:
    """Return how many links this person may write in a comment; None for no limit."""
    if is_known(author) or _readable_comments(author, NEWCOMER_COMMENTS) >= NEWCOMER_COMMENTS:
        return None
    return NEWCOMER_LINKS


def links_in(text: str) -> int:
    """Count what looks like the address of a web page."""
    return len(_LINK.findall(text))


def is_known(author: Participant) -> bool:
    """Somebody whom the city knows as a resident, who works for it, or whom a committee or an organisation has let in."""
    return (
        author.is_verified
        or author.user.is_staff
        or author.committee_accesses.exists()
        or author.organisation_roles.exists()
    )


def _readable_comments(author: Participant, most: int) -> int:
    return author.comments.filter(state=CommentState.VISIBLE)[:most].count()
