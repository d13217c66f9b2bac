"""Following things and surroundings, and all that a person chooses to hear: kept, changed, and brought back."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participation.domain.announcement import follow_targets
from participation.domain.unsubscription import choose_mails
from participation.enums import Rhythm
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.geometry import box_around
from participation.foundation.mail_times import is_quiet
from participation.foundation.notices import all_kinds
from participation.foundation.text import clean_line
from participation.foundation.zones import validate_zone
from participation.models import KindChoice, MailPlan, Notification, Participant, Subscription
from participation.queries.announcement import readable_things
from participation.queries.delivery import TIMES, plan_of, times_in
from participation.rules import may_follow_things

MOST = 200
RADII_M = (300, 500, 1000, 2000, 5000, 10_000)


def follow_thing(kind: str, key: str, *, participant: Participant) -> None:
    """Follow one thing; asking twice is one subscription (the database holds it, V1).

    Raises Missing for what this person may not read, NotAllowed for a closed account, Conflict for too many.
    """
    _refuse_closed(participant)
    if key not in readable_things(kind, participant, [key]):
        raise Missing
    _refuse_too_many(participant, 1)
    (target,) = follow_targets([(kind, key)])
    Subscription.objects.bulk_create(
        [Subscription(participant=participant, target=target)], ignore_conflicts=True
    )


def unfollow_thing(kind: str, key: str, *, participant: Participant) -> None:
    """Follow it no more; possible whatever has become of it."""
    participant.subscriptions.filter(target__kind=kind, target__key=key).delete()


def follow_surroundings(
    *, participant: Participant, name: str, point: tuple[Decimal, Decimal], radius_m: int
) -> Subscription:
    """Follow what happens within `radius_m` metres (one of RADII_M) around `point`, (latitude, longitude) in degrees.

    Raises Invalid naming the field, NotAllowed for a closed account, Conflict for too many.
    """
    _refuse_closed(participant)
    name = clean_line(name)
    if not name or len(name) > 80:
        raise Invalid(_("Please give these surroundings a name of at most 80 characters."), field="name")
    if radius_m not in RADII_M:
        raise Invalid(_("Please choose how far around."), field="radius_m")
    _refuse_too_many(participant, 1)
    _circles(participant, [(name, *point, radius_m)])
    return participant.subscriptions.get(
        target=None, latitude=point[0], longitude=point[1], radius_m=radius_m
    )


def stop_surroundings(participant: Participant, pk: int) -> None:
    """Follow one of the person's own circles no more; raises Missing for anybody else's."""
    if not participant.subscriptions.filter(pk=pk, target=None).delete()[0]:
        raise Missing


def choices_of(participant: Participant) -> dict[str, Any]:
    """Return all that the person has chosen, in plain values that a session can hold, for `keep_choices` to bring back."""
    plan = plan_of(participant)
    circles = participant.subscriptions.filter(target=None).order_by("pk")
    return {
        "wants_mail": participant.wants_mail,
        "refused": sorted(participant.unsubscriptions.filter(discussion=None).values_list("kind", flat=True)),
        "plan": {name: getattr(plan, name) for name in ("rhythm", *TIMES)},
        "rhythms": dict(participant.kind_choices.order_by("kind").values_list("kind", "rhythm")),
        "things": [
            list(each)
            for each in participant.subscriptions.filter(target__isnull=False)
            .order_by("pk")
            .values_list("target__kind", "target__key")
        ],
        "circles": [[row.name, str(row.latitude), str(row.longitude), row.radius_m] for row in circles],
    }


@transaction.atomic
def keep_choices(participant: Participant, choices: dict[str, Any]) -> None:
    """Make the person's choices those of `choices` (as `choices_of` returns them); what stays the same stays as it is.

    Things that the person may not read are left out. Raises Invalid naming a field of the plan, Conflict for too many.
    """
    _refuse_closed(participant)
    _keep_plan(participant, choices["plan"])
    rhythms = {kind: rhythm for kind, rhythm in choices["rhythms"].items() if rhythm in Rhythm.values}
    KindChoice.objects.filter(participant=participant).exclude(kind__in=rhythms).delete()
    KindChoice.objects.bulk_create(
        [KindChoice(participant=participant, kind=kind, rhythm=rhythm) for kind, rhythm in rhythms.items()],
        update_conflicts=True,
        unique_fields=["participant", "kind"],
        update_fields=["rhythm"],
    )
    wanted = [name for name in all_kinds() if name not in choices["refused"]]
    choose_mails(participant, wants_mail=choices["wants_mail"], kinds=wanted)
    _keep_things(participant, [(kind, key) for kind, key in choices["things"]])
    kept = [(name, Decimal(north), Decimal(east), metres) for name, north, east, metres in choices["circles"]]
    for row in participant.subscriptions.filter(target=None):
        if not any((row.latitude, row.longitude, row.radius_m) == each[1:] for each in kept):
            row.delete()
    _circles(participant, kept)
    _refuse_too_many(participant, 0)
    _plan_waiting_again(participant)


def _keep_plan(participant: Participant, plan: dict[str, Any]) -> None:
    quiet_from, quiet_until = plan["quiet_from"], plan["quiet_until"]
    if (quiet_from is None) != (quiet_until is None):
        field = "quiet_from" if quiet_from is None else "quiet_until"
        raise Invalid(_("Please choose both ends of the quiet hours, or neither."), field=field)
    if plan["rhythm"] != Rhythm.AT_ONCE and is_quiet(plan["hour"], quiet_from, quiet_until):
        raise Invalid(_("This hour lies in your quiet hours. Please choose another one."), field="hour")
    if plan["zone"]:
        try:
            validate_zone(plan["zone"])
        except ValidationError as error:
            raise Invalid(error.messages[0], field="zone") from None
    MailPlan.objects.update_or_create(participant=participant, defaults=plan)


def _keep_things(participant: Participant, things: Collection[tuple[str, str]]) -> None:
    mine = participant.subscriptions.filter(target__isnull=False).select_related("target")
    had = {(row.target.kind, row.target.key): row.pk for row in mine if row.target is not None}
    Subscription.objects.filter(pk__in=[pk for each, pk in had.items() if each not in things]).delete()
    new = [each for each in things if each not in had]
    for kind in {kind for kind, _key in new}:
        keys = [key for of, key in new if of == kind]
        allowed = readable_things(kind, participant, keys)
        new = [each for each in new if each[0] != kind or each[1] in allowed]
    Subscription.objects.bulk_create(
        [Subscription(participant=participant, target=target) for target in follow_targets(new)],
        ignore_conflicts=True,
    )


def _circles(participant: Participant, circles: Iterable[tuple[str, Decimal, Decimal, int]]) -> None:
    rows = []
    for name, latitude, longitude, radius_m in circles:
        west, south, east, north = box_around(float(latitude), float(longitude), radius_m)
        rows.append(
            Subscription(
                participant=participant,
                name=name,
                latitude=latitude,
                longitude=longitude,
                radius_m=radius_m,
                west=west,
                south=south,
                east=east,
                north=north,
            )
        )
    Subscription.objects.bulk_create(rows, ignore_conflicts=True)


def _plan_waiting_again(participant: Participant) -> None:
    """Let what waits for a digest wait for the next one of the new plan, or go with it soon when it is to go at once."""
    row = {name: getattr(plan_of(participant), name) for name in ("rhythm", *TIMES)}
    times, now = times_in(row, prefix=""), database_now()
    own = dict(participant.kind_choices.values_list("kind", "rhythm"))
    waiting = Notification.objects.filter(participant=participant, digest_due_at__isnull=False)
    for kind in waiting.order_by("kind").values_list("kind", flat=True).distinct():
        rhythm = own.get(kind, row["rhythm"])
        due_at = (
            times.not_before(now)
            if rhythm == Rhythm.AT_ONCE
            else times.next_digest(now, weekly=rhythm == Rhythm.WEEKLY)
        )
        waiting.filter(kind=kind).update(digest_due_at=due_at)


def _refuse_closed(participant: Participant) -> None:
    if not may_follow_things(participant.user):
        raise NotAllowed(_("Please sign in to follow this."))


def _refuse_too_many(participant: Participant, more: int) -> None:
    if participant.subscriptions.count() + more > MOST:
        raise Conflict(_("You follow very many things already. Please stop following one first."))
