"""Choosing a place for a page."""

from django.db.models import QuerySet
from django.http import Http404
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)

from mapping.enums import PlaceStatus
from mapping.models import LearningPlace


def _shown() -> QuerySet[LearningPlace]:
    return LearningPlace.objects.filter(status=PlaceStatus.PUBLISHED).order_by("name", "pk")


class _ShownPlaces:
    """Everybody in the admin may choose a place for a page, so nobody finds one here that is not on the map (P4)."""

    def get_object_list(self):
        return _shown()


class _ShownPlace:
    def get_object(self, pk):
        try:
            return _shown().get(pk=pk)
        except ValueError:
            raise Http404 from None

    def get_objects(self, pks):
        return _shown().filter(pk__in=[pk for pk in pks if pk.isascii() and pk.isdigit() and len(pk) < 19])


class ChoosePlace(_ShownPlaces, ChooseView):
    pass


class ChoosePlaceResults(_ShownPlaces, ChooseResultsView):
    pass


class ChosenPlace(_ShownPlace, SnippetChosenView):
    pass


class ChosenPlaces(_ShownPlace, SnippetChosenMultipleView):
    pass


class PlaceChooserViewSet(SnippetChooserViewSet):
    choose_view_class = ChoosePlace
    choose_results_view_class = ChoosePlaceResults
    chosen_view_class = ChosenPlace
    chosen_multiple_view_class = ChosenPlaces
