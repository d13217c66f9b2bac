"""Reads of follows: how many there are is public, who they are is not (P17)."""

from participation.models import Discussion, Follow


def follower_count(discussion: Discussion) -> int:
    return Follow.objects.filter(discussion=discussion).count()


def is_following(user, discussion: Discussion) -> bool:
    if not user.is_authenticated:
        return False
    return Follow.objects.filter(discussion=discussion, participant__user=user).exists()
