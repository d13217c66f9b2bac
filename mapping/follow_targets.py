"""What people can follow of the map: what one can learn."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from mapping.models import Topic
from participation.foundation.follow_targets import Source, Thing, row_numbers


def _topics(keys: Collection[str] | None) -> dict[str, Thing]:
    rows = Topic.objects.all()
    if keys is not None:
        rows = rows.filter(pk__in=row_numbers(keys))
    return {str(pk): Thing(name) for pk, name in rows.values_list("pk", "name")}


SOURCES = {"topic": Source(_("Topic"), _topics, position=20)}
