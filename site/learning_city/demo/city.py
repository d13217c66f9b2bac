"""Builds the demo city out of its content, by the same domain functions that people use."""

import datetime as dt
from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.html import escape
from django.utils.text import slugify
from wagtail.models import Page, Site

from learning_city.accounts.roles import ensure_roles
from learning_city.demo import content
from learning_city.demo.badges import add_badges
from learning_city.demo.budgets import BudgetBuilder
from learning_city.demo.committees import CommitteeBuilder
from learning_city.demo.discussions import DiscussionBuilder
from learning_city.demo.festival import FestivalBuilder
from learning_city.demo.meetings import MeetingBuilder
from learning_city.demo.people import GROUPS, PASSWORD
from learning_city.demo.pictures import library_image
from learning_city.demo.places import MapBuilder
from learning_city.demo.rooms import RoomBuilder
from learning_city.demo.voices import VoiceBuilder
from learning_city.home.models import HomePage, InformationPage
from participation.domain.participant import introduce, verify_at_desk
from participation.domain.register import import_register
from participation.enums import OrganisationRole
from participation.models import Neighbourhood, Organisation, OrganisationPerson

Say = Callable[[str], None]
NOBODYS_BIRTHDAY = "1970-01-01"


def is_there() -> bool:
    """Say whether the demo city has been built to its end."""
    return HomePage.objects.filter(live=True, slug="home", title=content.HOME_TITLE).exists()


def build(*, say: Say) -> None:
    """Build the whole city into an empty, migrated database."""
    ensure_roles()
    say("  neighbourhoods, people and the residents' register")
    with transaction.atomic():
        neighbourhoods = add_neighbourhoods()
        users = add_people(neighbourhoods)
        add_register(neighbourhoods, users)
        users = {slug: get_user_model().objects.get(pk=user.pk) for slug, user in users.items()}
        organisations = add_organisations(neighbourhoods, users)
    with transaction.atomic():
        home = add_home()
    builder = BudgetBuilder(home=home, users=users, organisations=organisations, say=say)
    for key in ("2024-youth", "2025", "2026", "2027"):
        builder.build(key)
    places = MapBuilder(
        home=home, neighbourhoods=neighbourhoods, users=users, organisations=organisations, say=say
    )
    places.build()
    festival = FestivalBuilder(
        home=home, users=users, organisations=organisations, places=places.places, say=say
    )
    festival.build()
    committees = CommitteeBuilder(home=home, neighbourhoods=neighbourhoods, users=users, say=say)
    committees.build()
    MeetingBuilder(committees.committees, by=users["admin"], say=say).build()
    VoiceBuilder(committees.committees, builder.pages, users=users, by=users["admin"], say=say).build()
    RoomBuilder(committees.committees["tramsheds"], by=users["admin"], users=users, say=say).build()
    add_badges(festival.events, places.places, users)
    with transaction.atomic():
        add_information(home, places)
        open_home(home, builder, places, festival, committees)
    with transaction.atomic():
        DiscussionBuilder(builder.proposals, committees.committees, users=users, say=say).build()


def add_neighbourhoods() -> dict[str, Neighbourhood]:
    """Return the neighbourhoods by slug."""
    return {
        each.slug: Neighbourhood.objects.create(
            slug=each.slug,
            name=each.name,
            description=each.description,
            outline=each.boundary,
            population=each.population,
            sort_order=number,
        )
        for number, each in enumerate(content.neighbourhoods())
    }


def add_people(neighbourhoods: dict[str, Neighbourhood]) -> dict[str, object]:
    """Return a user for everybody, by slug; those who stand for a role have its group and the demo's password."""
    users = {}
    personas = content.personas().values()
    for slug, person in content.everyone().items():
        is_persona = person in personas
        user = get_user_model().objects.create_user(
            person.email,
            PASSWORD if is_persona else None,
            is_staff=person.role in GROUPS or person.role == "administrator",
            is_superuser=person.role == "administrator",
        )
        if person.role in GROUPS:
            user.groups.add(Group.objects.get(name=GROUPS[person.role]))
        user.emailaddress_set.create(email=person.email, verified=True, primary=True)
        introduce(
            user,
            display_name=person.name,
            neighbourhood=neighbourhoods[person.neighbourhood],
            wants_mail=is_persona,
        )
        users[slug] = user
    return users


def add_register(neighbourhoods: dict[str, Neighbourhood], users: dict[str, object]) -> None:
    """Bring in the residents' register (everybody of voting age) and verify our people at the desk."""
    officer = users[content.personas()["officer"].slug]
    lines = ["register_number,date_of_birth,neighbourhood"]
    verified = [(slug, person) for slug, person in content.everyone().items() if person.verified]
    for slug, person in verified:
        lines.append(f"{register_number(slug)},{person.birth_year}-06-15,{person.neighbourhood}")
    for neighbourhood in neighbourhoods.values():
        people = neighbourhood.population
        grown_up = people["18-29"] + people["30-64"] + people["65+"] + people["6-17"] // 6
        lines += (
            f"AM-{neighbourhood.pk:02}{number:06},{NOBODYS_BIRTHDAY},{neighbourhood.slug}"
            for number in range(grown_up)
        )
    import_register("\n".join(lines).encode(), by=officer)
    for slug, person in verified:
        verify_at_desk(
            users[slug].participant,
            register_number=register_number(slug),
            born_on=dt.date(person.birth_year, 6, 15),
            by=officer,
        )


def register_number(slug: str) -> str:
    """The invented register number of one of our people."""
    return "AM-" + slugify(slug).upper()


def add_organisations(
    neighbourhoods: dict[str, Neighbourhood], users: dict[str, object]
) -> dict[str, Organisation]:
    """Return the organisations by slug, with the people who act for them; the first one manages."""
    organisations = {}
    for each in content.organisations():
        organisation = Organisation.objects.create(
            slug=each.slug,
            name=each.name,
            kind=each.kind,
            description=each.description,
            neighbourhood=neighbourhoods[each.neighbourhood],
        )
        OrganisationPerson.objects.bulk_create(
            OrganisationPerson(
                organisation=organisation,
                participant=users[slug].participant,
                role=OrganisationRole.MEMBER if number else OrganisationRole.MANAGER,
            )
            for number, slug in enumerate(people_of(each))
        )
        organisations[each.slug] = organisation
    return organisations


def people_of(organisation) -> list[str]:
    """Return who acts for it, its manager first: those it names, and those who propose on its behalf."""
    authors = [each.author for each in content.proposals() if each.organisation == organisation.slug]
    return list(dict.fromkeys([*organisation.people, *authors]))


def add_home() -> HomePage:
    """Return a home page, not yet published, in place of the one a new Wagtail site comes with."""
    site = Site.objects.get(is_default_site=True)
    welcome = site.root_page
    root = Page.get_first_root_node()
    home = root.add_child(
        instance=HomePage(title=content.HOME_TITLE, slug="aldermouth", lead=content.HOME_LEAD)
    )
    site.root_page = home
    site.site_name = content.CITY_NAME
    site.hostname = "127.0.0.1"
    site.save()
    if welcome.pk != root.pk:
        welcome.delete()
    return home


def add_information(home: HomePage, places: MapBuilder) -> None:
    """Add the pages of text, linked at the foot of every page and partly in the menu."""
    for page in content.pages().values():
        body = [("text", f"<h2>{escape(heading)}</h2>{paragraphs(text)}") for heading, text in page.sections]
        if page.slug == "how-the-map-works":
            body += [("coverage", places.coverage_block()), ("place_list", places.list_block())]
        home.add_child(
            instance=InformationPage(
                title=page.title,
                slug=page.slug,
                lead=page.lead,
                body=body,
                in_footer=True,
                show_in_menus=page.slug == "how-it-works",
            )
        )


def open_home(
    home: HomePage,
    builder: BudgetBuilder,
    places: MapBuilder,
    festival: FestivalBuilder,
    committees: CommitteeBuilder,
) -> None:
    """Fill the home page with live content and publish it: from now on the city is there."""
    home.refresh_from_db()
    voting, submission, finished = (builder.pages[key] for key in ("2026", "2027", "2025"))
    home.slug = "home"
    home.picture = library_image("Aldermouth from the water", "harbour", 7)
    home.main_link = voting
    home.main_link_text = "Vote in the Learning Budget"
    home.body = [
        ("text", paragraphs(content.HOME_INTRO)),
        ("budget", {"budget": voting}),
        ("proposals", {"heading": "On the ballot", "budget": voting, "order": "random", "number": 3}),
        (
            "steps",
            {
                "heading": "How a learning budget works",
                "steps": [
                    {"title": "Propose", "text": "Anybody may propose what people should be able to learn."},
                    {
                        "title": "Check",
                        "text": "The city checks law, place and cost, and says why in public.",
                    },
                    {"title": "Vote", "text": "Residents from sixteen on vote, and may change their vote."},
                    {"title": "Count", "text": "Everybody can count again from the published file."},
                    {"title": "Learn", "text": "Funded projects tell what people have learned."},
                ],
            },
        ),
        ("budget", {"budget": submission}),
        ("text", festival.invitation()),
        ("programme", festival.coming_block()),
        ("meetings", committees.coming_block()),
        ("places_map", places.map_block()),
        ("place", places.place_block()),
        ("coverage", places.coverage_block("library")),
        ("budget", {"budget": finished}),
    ]
    home.save_revision().publish()


def paragraphs(text: str) -> str:
    """Return plain paragraphs as rich text."""
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
