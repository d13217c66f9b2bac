"""Reads of follows: how many there are is public, who they are is not (P17)."""

from participation.models import Discussion, Follow, Subscription


def follower_count(discussion: Discussion) -> int:
    return Follow.objects.filter(discussion=discussion).count()


def is_following(user, discussion: Discussion) -> bool:
    if not user.is_authenticated:
        return False
    return Follow.objects.filter(discussion=discussion, participant__user=user).exists()


def is_following_thing(user, kind: str, key: str) -> bool:
    if not user.is_authenticated:
        return False
    return Subscription.objects.filter(target__kind=kind, target__key=key, participant__user=user).exists()
