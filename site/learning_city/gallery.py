"""The component gallery: every shape of the design system on one page, for editors and developers."""

import datetime as dt

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from participation.templatetags.icon_paths import ICON_PATHS

COLOURS = ["ink", "brand", "sun", "coral", "sand", "info", "good", "warn", "bad", "quiet"]


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label=_("Title of your idea"),
        max_length=120,
        help_text=_("A few words, such as “Repair café at the harbour”."),
    )
    summary = forms.CharField(label=_("Summary"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    neighbourhood = forms.ChoiceField(
        label=_("Neighbourhood"),
        choices=[("", _("Choose one")), ("all", _("The whole city")), ("harbour", _("Old Harbour"))],
    )
    cost = forms.IntegerField(label=_("What will it cost, in euros?"), min_value=0, required=False)
    starts_on = forms.DateField(
        label=_("When could it start?"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    audience = forms.MultipleChoiceField(
        label=_("Who is it for?"),
        choices=[("children", _("Children")), ("adults", _("Adults")), ("older", _("Older people"))],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose all that fit."),
    )
    place = forms.ChoiceField(
        label=_("Where will people learn?"),
        choices=[("in", _("In a room")), ("out", _("Outdoors")), ("online", _("Online"))],
        widget=forms.RadioSelect,
    )
    picture = forms.FileField(label=_("Picture"), required=False, help_text=_("JPEG or PNG, up to 10 MB."))
    agree = forms.BooleanField(label=_("I have read how proposals are checked"))


class SampleSearch(forms.Form):
    """The fields of a filter."""

    q = forms.CharField(label=_("Search"), required=False, widget=forms.SearchInput)
    area = forms.ChoiceField(
        label=_("Area"), required=False, choices=[("", _("All areas")), ("harbour", _("Old Harbour"))]
    )
    order = forms.ChoiceField(
        label=_("Order"), required=False, choices=[("", _("Mixed")), ("new", _("Newest first"))]
    )


def gallery(request: HttpRequest) -> HttpResponse:
    """Show the components with fixed examples; nothing is stored."""
    invalid = SampleForm({"wrong-title": "", "wrong-cost": "-5"}, prefix="wrong")
    return render(
        request,
        "learning_city/gallery.html",
        {
            "breadcrumbs": [("/", _("Home")), ("", _("Design"))],
            "colours": COLOURS,
            "icons": list(ICON_PATHS),
            "form": SampleForm(),
            "invalid": invalid,
            "search": SampleSearch(),
            "page_of_list": Paginator(range(240), 20).get_page(request.GET.get("page", 4)),
            "mosaic": static("participation/img/mosaic.svg"),
            "phases": [
                {"name": _("Propose"), "dates": _("1 – 31 March"), "state": "done"},
                {"name": _("Review"), "dates": _("April"), "state": "done"},
                {"name": pgettext_lazy("phase", "Vote"), "dates": _("5 – 26 May"), "state": "current"},
                {"name": _("Count"), "dates": _("27 May"), "state": ""},
                {"name": _("Make it happen"), "dates": _("from June"), "state": ""},
            ],
            "steps": [
                {
                    "title": _("Say what people will learn"),
                    "text": _("One or two sentences are enough."),
                    "state": "done",
                },
                {
                    "title": _("Say where and for whom"),
                    "text": _("An address, or a point on the map."),
                    "state": "current",
                },
                {"title": _("Estimate the cost"), "text": _("We help you with it."), "state": ""},
            ],
            "events": [
                {
                    "date": dt.date(2026, 6, 2),
                    "title": _("Workshop furnished"),
                    "text": _("Twelve benches and a lending shelf."),
                    "state": "done",
                },
                {
                    "date": dt.date(2026, 9, 14),
                    "title": _("First course"),
                    "text": _("Bicycles, in three languages."),
                    "state": "current",
                },
                {
                    "date": dt.date(2027, 3, 1),
                    "title": _("What people have learned"),
                    "text": "",
                    "state": "",
                },
            ],
            "stats": [
                (_("people voted"), "12,480"),
                (_("projects funded"), "17"),
                (_("to spend"), "€850,000"),
                (_("turnout"), "18.4 %"),
            ],
            "facts": [
                (_("Learning goal"), _("Everyone can mend what they own.")),
                (_("Learners reached"), "240"),
                (_("Place"), _("Rope Works, 12 Quay Street")),
            ],
            "tabs": [
                ("#tabs", _("All projects"), True),
                ("#tabs", _("By area"), False),
                ("#tabs", _("On the map"), False),
            ],
            "meta": [("map", _("Old Harbour")), ("heart", _("212 support it")), ("chat", _("38 comments"))],
            "short_meta": [("map", _("The whole city")), ("coins", "€18,500")],
            "votes": [
                (_("Repair café at the harbour"), 1840),
                (_("Night reading in the tram"), 1312),
                (_("Choir for all voices"), 655),
            ],
            "days": [
                (str(day), count)
                for day, count in zip(
                    range(1, 15),
                    [210, 420, 380, 350, 300, 260, 640, 410, 330, 300, 290, 350, 720, 980],
                    strict=True,
                )
            ],
        },
    )
