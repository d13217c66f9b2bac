"""What people can follow of the participation plugin."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from participation.foundation.follow_targets import Source, Thing
from participation.models import Neighbourhood


def _neighbourhoods(keys: Collection[str] | None) -> dict[str, Thing]:
    rows = Neighbourhood.objects.all()
    if keys is not None:
        rows = rows.filter(pk__in=[key for key in keys if key.isascii() and key.isdigit() and len(key) < 19])
    return {str(pk): Thing(name) for pk, name in rows.values_list("pk", "name")}


SOURCES = {"neighbourhood": Source(_("Neighbourhood"), _neighbourhoods, position=10)}
