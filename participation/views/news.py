"""What is new in the city: the page and its feed for everybody, and following what it is about."""

from hashlib import sha256

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.cache import get_conditional_response
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from participation.domain import following
from participation.forms.following import NewsFilterForm, SurroundingsForm
from participation.foundation.errors import Missing, Refused
from participation.foundation.pages import page_view
from participation.models import Announcement
from participation.queries.announcement import public_announcements, readable_things
from participation.views.notification import remember_choices
from participation.views.person import as_participant

PER_PAGE = 20
IN_FEED = 50
KEPT_FOR_S = 3600


@page_view("GET")
def news(request):
    """What is new, for everybody, by what it is about."""
    form = NewsFilterForm(request.GET)
    wanted = form.wanted
    rows = public_announcements(wanted).prefetch_related("targets")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for row in page:
        # A thing that is not for everybody stays unnamed, even where the news of it is.
        row.about = [
            form.things[target.kind][target.key]
            for target in row.targets.all()
            if target.key in form.things.get(target.kind, {})
        ]
    context = {
        "news": page,
        "form": form,
        "wanted": [(kind, key, form.things[kind][key]) for kind, key in wanted],
        "feed": _with_query(reverse("participation:news_feed"), wanted),
    }
    return TemplateResponse(request, "participation/pages/news.html", context)


def _with_query(address: str, wanted) -> str:
    return f"{address}?{urlencode(wanted)}" if wanted else address


@page_view("GET")
def news_feed(request):
    """The same as an Atom feed; a thing that not everybody may read has none."""
    form = NewsFilterForm(request.GET)
    wanted = form.wanted
    if form.errors:
        raise Missing
    rows = list(public_announcements(wanted)[:IN_FEED])
    version = [(row.pk, row.changed_at.isoformat()) for row in rows]
    names = [form.things[kind][key].title for kind, key in wanted]
    made_from = (version, wanted, names, request.get_host(), request.scheme, get_language())
    digest = sha256(repr(made_from).encode()).hexdigest()[:32]
    response = get_conditional_response(request, etag=f'"{digest}"')
    if response is None:
        content = cache.get_or_set(
            f"participation.news.{digest}", lambda: _atom(request, rows, wanted, names), KEPT_FOR_S
        )
        response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    response.headers["ETag"] = f'"{digest}"'
    response.headers["Cache-Control"] = "max-age=60"
    return response


def _atom(request, rows: list[Announcement], wanted, names: list[str]) -> bytes:
    from django.utils.feedgenerator import Atom1Feed

    absolute = request.build_absolute_uri
    home = absolute(_with_query(reverse("participation:news"), wanted))
    title = _("What is new")
    feed = Atom1Feed(
        title=f"{title}: {', '.join(names)}" if names else title,
        link=home,
        description="",
        feed_url=absolute(_with_query(reverse("participation:news_feed"), wanted)),
    )
    for row in rows:
        feed.add_item(
            title=row.title,
            link=absolute(row.path),
            description=row.text,
            unique_id=f"{absolute(reverse('participation:news'))}#{row.pk}",
            pubdate=row.published_at,
            updateddate=row.changed_at,
        )
    return feed.writeString("utf-8").encode()


@page_view("GET", "POST", sign_in=True)
@as_participant
def thing_follow(request, person, kind, key):
    if request.method == "POST":
        following.follow_thing(kind, key, participant=person)
        messages.success(request, _("You follow this now. We tell you when something happens."))
    return redirect(_place_of(kind, key, person))


@page_view("GET", "POST", sign_in=True)
@as_participant
def thing_unfollow(request, person, kind, key):
    place = _place_of(kind, key, person)
    if request.method == "POST":
        following.unfollow_thing(kind, key, participant=person)
        messages.success(request, _("You do not follow this any more."))
    return redirect(place)


def _place_of(kind: str, key: str, person) -> str:
    """Return the page of a thing, else what is new about it; raises Missing for what this person may not read."""
    thing = readable_things(kind, person, [key]).get(key)
    if thing is None:
        raise Missing
    return thing.path or _with_query(reverse("participation:news"), [(kind, key)])


@page_view("GET", "POST", sign_in=True)
@as_participant
def surroundings(request, person):
    """Follow what happens around a point."""
    form = SurroundingsForm(request.POST or None, participant=person)
    status = 200
    if request.method == "POST" and form.is_valid():
        before = following.choices_of(person)
        try:
            following.follow_surroundings(participant=person, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal.message))
            status = refusal.status
        else:
            remember_choices(request, before)
            messages.success(request, _("You follow this now. We tell you when something happens."))
            return redirect("participation:mail_choices")
    context = {"form": form}
    return TemplateResponse(request, "participation/pages/surroundings.html", context, status=status)


@page_view("GET", "POST", sign_in=True)
@as_participant
def surroundings_stop(request, person, pk):
    if request.method == "POST":
        before = following.choices_of(person)
        following.stop_surroundings(person, pk)
        remember_choices(request, before)
        messages.success(request, _("You do not follow this any more."))
    return redirect("participation:mail_choices")


urls = [
    path("news/", news, name="news"),
    path("news/feed.atom", news_feed, name="news_feed"),
    path("news/follow/<slug:kind>/<str:key>/", thing_follow, name="follow_thing"),
    path("news/follow/<slug:kind>/<str:key>/stop/", thing_unfollow, name="unfollow_thing"),
    path("notices/surroundings/", surroundings, name="surroundings"),
    path("notices/surroundings/<int:pk>/stop/", surroundings_stop, name="surroundings_stop"),
]
