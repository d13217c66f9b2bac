"""Entries that may be the same place, in the Wagtail admin: found, compared side by side, made one, and taken apart."""

import re

from django import forms
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from mapping.domain.doubles import compare_again, keep_apart
from mapping.domain.place import merge_places, publish_place
from mapping.enums import PlaceStatus
from mapping.models import LearningPlace
from mapping.queries.doubles import are_noted_apart, noted_apart, possible_doubles
from mapping.queries.submission import page_for_registrations
from mapping.rules import may_moderate_places
from mapping.views.summary import sections_of
from participation.foundation.admin import AdminPage
from participation.foundation.distance import distance_m
from participation.foundation.errors import Refused
from participation.foundation.reading import LARGEST_ID

LIST = "mapping_doubles"
MERGE = "mapping_merge_places"
APART_SHOWN = 20
_NUMBER = re.compile(r"([0-9]{1,19})/?(?:[?#].*)?$", re.ASCII)


class EntryField(forms.CharField):
    """An entry, by its number or by the address of its page, which ends in that number."""

    def clean(self, value):
        value = super().clean(value)
        found = _NUMBER.search(value)
        number = int(found[1]) if found else 0
        place = LearningPlace.objects.filter(pk=number).first() if 0 < number <= LARGEST_ID else None
        if place is None:
            raise forms.ValidationError(
                _(
                    "There is no entry with this number. Please copy the address of its page, such as /places/123/."
                )
            )
        return place


class PairForm(forms.Form):
    first = EntryField(
        label=_("One entry"), max_length=300, help_text=_("Its number, or the address of its page.")
    )
    second = EntryField(label=_("The other entry"), max_length=300)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("first") and cleaned.get("first") == cleaned.get("second"):
            self.add_error("second", _("These are one and the same entry. Please choose another place."))
        return cleaned


class Doubles(AdminPage):
    """Pairs of entries that lie near each other and are called alike, and a form for any other pair."""

    rule = may_moderate_places
    template_name = "mapping/admin/doubles.html"
    page_title = _("Possible doubles")
    header_icon = "copy"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, *, form=None, **kwargs):
        doubles = possible_doubles()
        return super().get_context_data(
            doubles=doubles,
            rows=[(pair, reverse(MERGE, args=[pair.first.pk, pair.second.pk])) for pair in doubles.pairs],
            apart=[
                (pair, reverse(MERGE, args=[pair.first_id, pair.second_id]))
                for pair in noted_apart()[:APART_SHOWN]
            ],
            form=form or PairForm(),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        form = PairForm(request.POST)
        if form.is_valid():
            chosen = form.cleaned_data
            return redirect(MERGE, chosen["first"].pk, chosen["second"].pk)
        return self.not_done(form)


class MergePage(AdminPage):
    """Two entries side by side; the moderator says which one stays."""

    rule = may_moderate_places
    template_name = "mapping/admin/merge.html"
    page_title = _("Two entries, one place?")
    header_icon = "copy"

    def find(self, first, second):
        rows = LearningPlace.objects.select_related(
            "category", "neighbourhood", "organisation", "source", "successor"
        ).in_bulk([first, second])
        if len(rows) != 2:
            raise Http404
        self.pair = [rows[first], rows[second]]

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(LIST), "label": Doubles.page_title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        page = page_for_registrations()
        return super().get_context_data(
            pair=[
                {
                    "place": place,
                    "other": other,
                    "url": page.url_of("place", place.pk) if page and place.is_public else "",
                    "edit_url": reverse("wagtailsnippets_mapping_learningplace:edit", args=[place.pk]),
                    "can_stay": place.status in (PlaceStatus.PUBLISHED, PlaceStatus.PENDING)
                    and other.status != PlaceStatus.MERGED,
                    "is_apart": place.status == PlaceStatus.MERGED,
                }
                for place, other in (self.pair, self.pair[::-1])
            ],
            rows=compared(*self.pair),
            noted_apart=are_noted_apart(*self.pair),
            is_open=PlaceStatus.MERGED not in (place.status for place in self.pair),
            metres=self._metres(),
            **kwargs,
        )

    def _metres(self):
        first, second = self.pair
        if not (first.has_point and second.has_point):
            return None
        return round(float(distance_m(*(float(each) for place in self.pair for each in _point(place)))))

    def post(self, request, *args, **kwargs):
        if "distinct" in request.POST:
            return self._keep_apart(request)
        if "again" in request.POST:
            compare_again(*self.pair, by=request.user)
            messages.success(request, _("They are compared again."))
            return redirect(request.path)
        places = {str(place.pk): place for place in self.pair}
        if (apart := places.get(request.POST.get("apart", ""))) is not None:
            return self._take_apart(request, apart)
        into = places.get(request.POST.get("keep", ""))
        if into is None:
            messages.error(request, _("Please choose which of the two entries stays."))
            return redirect(request.path)
        double = next(place for place in self.pair if place.pk != into.pk)
        try:
            merge_places(double, into=into, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal.message))
            return redirect(request.path)
        messages.success(
            request,
            _("They are one entry now. The address of the other one leads to it."),
            buttons=[messages.button(request.path, _("Look at both, or undo"))],
        )
        return redirect(LIST)

    def _keep_apart(self, request):
        keep_apart(*self.pair, by=request.user)
        messages.success(
            request,
            _("Noted: these are two places. They are not shown as possible doubles any more."),
            buttons=[messages.button(request.path, _("Look at both, or undo"))],
        )
        return redirect(LIST)

    def _take_apart(self, request, place):
        try:
            if place.status == PlaceStatus.MERGED:
                publish_place(place, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("It is an entry of its own again, as it was before."))
        return redirect(request.path)


def _point(place: LearningPlace) -> tuple:
    return place.latitude, place.longitude


def compared(first: LearningPlace, second: LearningPlace) -> list[tuple[str, str, str, bool]]:
    """Return (name, value of the first, value of the second, whether they differ) of everything that is written."""
    one, two = (_facts(place) for place in (first, second))
    names = list(dict.fromkeys([*one, *two]))
    return [
        (name, one.get(name, ""), two.get(name, ""), one.get(name, "") != two.get(name, "")) for name in names
    ]


def _facts(place: LearningPlace) -> dict[str, str]:
    facts = {name: value for section in sections_of(place) for name, value in section.facts}
    return facts | {
        str(_("State")): place.get_status_display(),
        str(_("Source")): str(place.source or ""),
        str(_("Last checked")): date_format(place.verified_on) if place.verified_on else "",
        str(_("Pictures")): str(place.pictures.count()),
    }


admin_urls = [
    path("places/doubles/", Doubles.as_view(), name=LIST),
    path("places/merge/<int:first>/<int:second>/", MergePage.as_view(), name=MERGE),
]
