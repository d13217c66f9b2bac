"""What people can follow of participatory budgeting: a budget, whose phases they then hear of."""

from collections.abc import Collection

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction

from budgeting.models import ParticipatoryBudget
from participation.foundation.follow_targets import Source, Thing, row_numbers


def _budgets(keys: Collection[str] | None) -> dict[str, Thing]:
    rows = ParticipatoryBudget.objects.live().select_related("locale").order_by("title", "pk")
    if keys is not None:
        rows = rows.filter(pk__in=row_numbers(keys))
    return {str(row.pk): Thing(row.title, row.url or "") for row in rows}


def _open_budgets() -> QuerySet:
    """Return the keys of the published budgets that ask for no sign-in, as part of whatever query asks for them."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    closed = PageViewRestriction.objects.annotate(of=path).filter(of__startswith=F("page__path"))
    rows = ParticipatoryBudget.objects.live().filter(~Exists(closed))
    return rows.annotate(key=Cast("pk", CharField())).values_list("key", flat=True)


SOURCES = {"budget": Source(_("Budget"), _budgets, open_keys=_open_budgets, position=17)}
