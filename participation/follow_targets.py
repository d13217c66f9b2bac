"""What people can follow of the participation plugin: neighbourhoods and committees."""

from collections.abc import Collection

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from participation.enums import AccessLevel
from participation.foundation.follow_targets import Source, Thing, row_numbers
from participation.models import Committee, CommitteeAccess, Neighbourhood
from participation.queries.committee import public_committees


def _neighbourhoods(keys: Collection[str] | None) -> dict[str, Thing]:
    rows = Neighbourhood.objects.all()
    if keys is not None:
        rows = rows.filter(pk__in=row_numbers(keys))
    return {str(pk): Thing(name) for pk, name in rows.values_list("pk", "name")}


def _committees(keys: Collection[str] | None) -> dict[str, Thing]:
    rows = Committee.objects.live().select_related("locale").order_by("title", "pk")
    if keys is not None:
        rows = rows.filter(pk__in=row_numbers(keys))
    return {str(row.pk): Thing(row.title, row.url or "") for row in rows}


def _open_committees() -> QuerySet:
    return public_committees().annotate(key=Cast("pk", CharField())).values_list("key", flat=True)


def _readers_of_committees() -> QuerySet:
    own = CommitteeAccess.objects.filter(level__gte=AccessLevel.READ, committee__live=True)
    return own.annotate(key=Cast("committee_id", CharField()))


SOURCES = {
    "neighbourhood": Source(_("Neighbourhood"), _neighbourhoods, position=10),
    "committee": Source(
        _("Committee"),
        _committees,
        open_keys=_open_committees,
        readers=_readers_of_committees,
        position=15,
    ),
}
