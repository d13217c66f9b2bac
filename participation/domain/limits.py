"""Limits on tries that hold under parallel requests, on every server process and without any cache."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from participation.models import AttemptCount

LONGEST_STRETCH = dt.timedelta(days=1)


def spend_attempt(purpose: str, subject: object, *, limit: int, per: dt.timedelta) -> bool:
    """Count one more try of `subject` at `purpose`; say whether it is among the first `limit` in the stretch `per`.

    Call it before the try is judged, and outside of any transaction: a refusal that rolled the count back would allow
    endless tries (a surrounding transaction raises RuntimeError). The deciding step is one conditional UPDATE, so of
    fifty parallel tries exactly `limit` get True.
    """
    key = salted_hmac(f"participation.attempts.{purpose}", str(subject), algorithm="sha256").hexdigest()
    now = timezone.now()
    with transaction.atomic(durable=True):
        count, is_new = AttemptCount.objects.get_or_create(key=key, defaults={"started_at": now})
        this = AttemptCount.objects.filter(pk=count.pk)
        this.filter(started_at__lte=now - per).update(started_at=now, used=0)
        is_allowed = this.filter(used__lt=limit).update(used=F("used") + 1) == 1
    if is_new:
        forget_old_attempts()
    return is_allowed


def forget_old_attempts(*, most: int = 100) -> int:
    """Delete up to `most` counts whose stretch is over; return how many."""
    with transaction.atomic():
        old = AttemptCount.objects.select_for_update(skip_locked=True).filter(
            started_at__lt=timezone.now() - LONGEST_STRETCH
        )
        keys = list(old.order_by("started_at").values_list("pk", flat=True)[:most])
        return AttemptCount.objects.filter(pk__in=keys).delete()[0]
