"""People who follow things, for tests; and a kind of thing that only its own people may read."""

from django.db.models import CharField, F
from django.db.models.functions import Cast

from participation.domain.announcement import announce, follow_targets
from participation.foundation.follow_targets import Source, Thing
from participation.models import Organisation, OrganisationPerson, Subscription

KIND = "mapping.new_place"


def circles(keys):
    rows = Organisation.objects.all() if keys is None else Organisation.objects.filter(pk__in=keys)
    return {str(row.pk): Thing(row.name) for row in rows}


# Trusted organisations are open; what happens inside the others only their people read.
CIRCLE = Source(
    "Circle",
    circles,
    open_keys=lambda: (
        Organisation.objects.filter(is_trusted=True)
        .annotate(key=Cast("pk", CharField()))
        .values_list("key", flat=True)
    ),
    readers=lambda: OrganisationPerson.objects.annotate(key=Cast(F("organisation_id"), CharField())),
)


def follow(people, kind, key):
    (target,) = follow_targets([(kind, key)])
    return Subscription.objects.bulk_create(
        [Subscription(participant=person, target=target) for person in people]
    )


def tell_news(number=1, *, where=None, **changes):
    """Announce something in a neighbourhood."""
    words = {
        "kind": KIND,
        "title": f"News {number}",
        "text": "Read it.",
        "path": f"/places/{number}/",
        "dedupe_key": f"news-{number}",
        "targets": [("neighbourhood", where.pk)] if where else [],
        **changes,
    }
    return announce(**words)
