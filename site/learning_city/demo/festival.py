"""Builds the festival of learning of the demo city, and last year's: written, handed in, published, booked and changed late."""

import datetime as dt
import random
import secrets
from collections.abc import Callable, Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from learning_city.demo import content
from learning_city.demo.content import festival as facts
from learning_city.demo.content.festival.shapes import Event, Time
from learning_city.demo.pictures import library_image
from learning_events.calendar.recurrence import from_rrule
from learning_events.domain.event import draft_event, send_event
from learning_events.domain.many_events import NewEvent, add_events
from learning_events.domain.registration import book_at_desk
from learning_events.domain.session import add_session, cancel_session, change_session, repeat_sessions
from learning_events.domain.vocabulary import ensure_key_features
from learning_events.domain.workflow import ensure_workflow
from learning_events.enums import Attendance, Booking, Channel, RegistrationState
from learning_events.models import (
    EventKind,
    EventPage,
    Festival,
    FestivalPartner,
    KeyFeature,
    Registration,
    Session,
)
from mapping.models import Audience, LearningPlace, PlacePicture, Topic
from participation.enums import OrganisationRole
from participation.models import Neighbourhood, Organisation, OrganisationPerson

LENGTH_DAYS = 9
LAST_YEARS_EVENTS = 48
WAITING = 4
# Of the seats that people register for, so much is taken before the festival and was last year.
TAKEN_NOW, TAKEN_LAST_YEAR = (0.2, 0.85), (0.5, 1.0)


class FestivalBuilder:
    """Builds this year's and last year's festival; `festival` is this year's page, `events` its pages by title."""

    def __init__(
        self, *, home, users, organisations, places: dict[str, LearningPlace], say: Callable[[str], None]
    ):
        self.home = home
        self.users = users
        self.organisations: dict[str, Organisation] = dict(organisations)
        self.places = places
        self.say = say
        # Asked anew: what somebody may do is remembered from before the roles were complete.
        self.editor = get_user_model().objects.get(pk=users[content.personas()["editor"].slug].pk)
        self.events: dict[str, EventPage] = {}
        self.chance = random.Random("festival")

    def build(self) -> Festival:
        self.say(f"  {facts.TITLE}")
        today = timezone.localdate()
        first = today + dt.timedelta(days=7 + (5 - today.weekday()) % 7)
        with transaction.atomic():
            self._name_things()
            self._last_year(first - dt.timedelta(weeks=52))
            self.festival = self._page(facts.TITLE, "festival", first, facts.THEME)
            published = [each for each in facts.events() if each.story not in ("draft", "sent")]
            self._publish(self.festival, published)
            self._repeat(published)
            self._write_the_rest()
            self._live_through(published)
            self._book(published)
        return self.festival

    def invitation(self) -> str:
        """Return rich text for the home page that leads to the festival."""
        page = self.festival
        days = f"{page.starts_on:%-d %B} to {page.ends_on:%-d %B}"
        return (
            f"<h2>{facts.TITLE}: {facts.THEME}</h2><p>{days}. {facts.SUMMARY}</p>"
            f'<p><a linktype="page" id="{page.pk}">See the programme of the festival</a></p>'
        )

    def coming_block(self) -> dict[str, Any]:
        return {"heading": "Next at the festival", "festival": self.festival, "kinds": [], "number": 4}

    def _name_things(self) -> None:
        ensure_key_features()
        self.kinds = {
            slug: EventKind.objects.create(slug=slug, name=name, series=series, sort_order=number)
            for number, (slug, (name, series)) in enumerate(facts.KINDS.items())
        }
        self.topics = {row.slug: row for row in Topic.objects.all()}
        self.audiences = {row.slug: row for row in Audience.objects.all()}
        self.features = {row.number: row for row in KeyFeature.objects.all()}
        self.pictures: dict[int, PlacePicture] = {}
        for picture in PlacePicture.objects.select_related("image").order_by("-sort_order"):
            self.pictures[picture.place_id] = picture
        hoods = {row.slug: row for row in Neighbourhood.objects.all()}
        new = {}
        for event in facts.events():
            slug, name, hood = self._host_of(event)
            if slug not in self.organisations and slug not in new:
                new[slug] = Organisation(
                    slug=slug, name=name, kind="community", neighbourhood=hoods.get(hood)
                )
        Organisation.objects.bulk_create(new.values())
        self.organisations |= new
        # One of them has somebody to sign in as, so that the organisers' side can be tried.
        OrganisationPerson.objects.get_or_create(
            organisation=self.organisations["rowan-court"],
            participant=self.users[content.personas()["resident"].slug].participant,
            defaults={"role": OrganisationRole.MEMBER},
        )

    @staticmethod
    def _host_of(event: Event) -> tuple[str, str, str]:
        """Return short name, name and neighbourhood of who organises an event."""
        place = content.places()[event.place]
        known = event.organiser or place.organisation
        if known:
            return known, known, ""
        if place.kind in facts.UMBRELLAS:
            return (*facts.UMBRELLAS[place.kind], "")
        return place.slug, place.name, place.neighbourhood

    def _page(self, title: str, slug: str, first: dt.date, theme: str, **more: Any) -> Festival:
        today = timezone.localdate()
        page = Festival(
            title=title,
            slug=slug,
            summary=facts.SUMMARY,
            theme=theme,
            intro="".join(f"<p>{part}</p>" for part in facts.INTRO.split("\n\n")),
            picture=library_image(facts.TITLE, "garden", 11),
            starts_on=first,
            ends_on=first + dt.timedelta(days=LENGTH_DAYS - 1),
            submissions_close_on=first - dt.timedelta(days=2),
            prints_on=min(today + dt.timedelta(days=2), first - dt.timedelta(days=5)),
            contact_email="festival@example.org",
            contact_phone=facts.PHONE,
            show_in_menus=slug == "festival",
            **more,
        )
        self.home.refresh_from_db()
        self.home.add_child(instance=page)
        FestivalPartner.objects.bulk_create(
            FestivalPartner(festival=page, name=name, website=website, sort_order=number)
            for number, (name, website) in enumerate(facts.PARTNERS)
        )
        page = Festival.objects.get(pk=page.pk)
        page.save_revision(user=self.editor).publish(user=self.editor)
        page = Festival.objects.get(pk=page.pk)
        ensure_workflow(page)
        return page

    def _publish(self, festival: Festival, events: list[Event]) -> None:
        """Publish the events; those that repeat get their first session with the others of its series."""
        added = add_events(
            festival,
            [
                self._new(festival, event, event.times[1:] if any(event.weeks) else event.times)
                for event in events
            ],
            by=self.editor,
            is_published=True,
        )
        if festival.slug == "festival":
            self.events = {each.event.title: each.event for each in added}

    def _new(self, festival: Festival, event: Event, times: Iterable[Time]) -> NewEvent:
        now = timezone.now()
        organisation = self.organisations[self._host_of(event)[0]]
        keeper = organisation.roles.select_related("participant").order_by("pk").first()
        return NewEvent(
            self._facts(event),
            [self._session(festival, event, time) for time in times],
            organisation,
            keeper.participant if keeper else None,
            {"sent_at": now - dt.timedelta(days=30)},
        )

    def _facts(self, event: Event) -> dict[str, Any]:
        place = self.places[event.place]
        picture = None if event.online else self.pictures.get(place.pk)
        booking = Booking.OPEN
        if event.seats:
            booking = Booking.DRAW if event.draw else Booking.SEATS
        return {
            "title": event.title,
            "summary": event.summary,
            "description": event.text,
            "what_to_learn": event.learn,
            "kind": self.kinds[event.kind],
            "picture": picture.image if picture else None,
            "picture_alt": picture.alt_text if picture else "",
            "leaders": event.leaders,
            "contact_email": "festival@example.org",
            "attendance": Attendance.ONLINE if event.online else Attendance.IN_PERSON,
            "place": None if event.online else place,
            "online_url": f"https://meet.example.org/{event.place}" if event.online else "",
            "languages": event.languages,
            "age_from": event.ages[0],
            "age_to": event.ages[1],
            "cost": event.cost,
            "cost_note": event.cost_note,
            "step_free": "" if event.online else place.step_free,
            "accessible_toilet": "" if event.online else place.accessible_toilet,
            "hearing_loop": "" if event.online else place.hearing_loop,
            "quiet_space": "" if event.online else place.quiet_space,
            "sign_language": "yes" if event.signed else "",
            "access_note": event.note,
            "booking": booking,
            "topics": [self.topics[name] for name in event.topics],
            "audiences": [self.audiences[name] for name in event.audiences],
            "key_features": [self.features[number] for number in event.features if number in self.features],
        }

    def _session(self, festival: Festival, event: Event, time: Time) -> dict[str, Any]:
        zone = ZoneInfo(festival.zone)
        day = festival.starts_on + dt.timedelta(days=time.day)
        return {
            "starts_at": dt.datetime.combine(day, time.begin, zone).astimezone(dt.UTC),
            "ends_at": dt.datetime.combine(day, time.end, zone).astimezone(dt.UTC),
            "zone": festival.zone,
            "room": event.room,
            "seats": event.seats,
            "seats_kept": event.kept,
        }

    def _repeat(self, events: list[Event]) -> None:
        for event in events:
            if not any(event.weeks):
                continue
            before, after = (number // event.every for number in event.weeks)
            time = event.times[0]
            day = self.festival.starts_on + dt.timedelta(days=time.day, weeks=-before * event.every)
            begin = dt.datetime.combine(day, time.begin)
            minutes = (dt.datetime.combine(day, time.end) - begin).seconds // 60
            repeat_sessions(
                self.events[event.title],
                rule=from_rrule(f"FREQ=WEEKLY;INTERVAL={event.every};COUNT={before + after + 1}"),
                starts_at=begin,
                minutes=minutes,
                facts={
                    "zone": self.festival.zone,
                    "room": event.room,
                    "seats": event.seats,
                    "seats_kept": event.kept,
                },
                by=self.editor,
            )

    def _write_the_rest(self) -> None:
        """Drafts, and what waits for the editors."""
        keeper = self.users[content.personas()["resident"].slug]
        for event in facts.events():
            if event.story not in ("draft", "sent"):
                continue
            new = draft_event(self.festival, facts={**self._facts(event), "organisation": None}, by=keeper)
            for time in event.times:
                add_session(new, facts=self._session(self.festival, event, time), by=keeper)
            if event.story == "sent":
                send_event(new, by=keeper, message="We would love to be part of it.")
            self.events[event.title] = new

    def _live_through(self, events: list[Event]) -> None:
        """What changed after everybody thought the programme was settled."""
        hour = dt.timedelta(hours=1)
        for event in events:
            if event.story not in ("cancelled", "moved", "late"):
                continue
            session = self.events[event.title].sessions.order_by("starts_at").first()
            assert session is not None  # noqa: S101 - every event has one
            if event.story == "cancelled":
                cancel_session(session, reason="The lamp is being repaired this evening.", by=self.editor)
            elif event.story == "moved":
                times = {"starts_at": session.starts_at + 2 * hour, "ends_at": session.ends_at + 2 * hour}
                change_session(session, facts={**times, "note": "Later than printed."}, by=self.editor)
            else:
                change_session(
                    session, facts={"room": "Ask at the door", "note": "Another room."}, by=self.editor
                )

    def _book(self, events: list[Event]) -> None:
        """People register: some sessions are full and have a waiting list."""
        names = [person.name for person in content.people()]
        full = {event.title for event in events if event.story == "full"}
        begins = timezone.now() + dt.timedelta(days=1)
        for title in sorted(full):
            session = self.events[title].sessions.filter(starts_at__gt=begins).order_by("starts_at").first()
            assert session is not None and session.seats is not None  # noqa: S101, PT018 - see the content
            for number in range(session.seats + WAITING):
                book_at_desk(
                    session,
                    people=1,
                    facts={"name": names[number % len(names)], "phone": f"01632 9605{number:02}"},
                    by=self.editor,
                    waits=number >= session.seats,
                )
        rows = Session.objects.filter(event__in=[page.pk for page in self.events.values()], seats__gt=0)
        self._fill(rows.filter(taken=0, starts_at__gt=begins, event__booking=Booking.SEATS), TAKEN_NOW, names)

    def _fill(
        self, sessions: Iterable[Session], share: tuple[float, float], names: list[str], **more: Any
    ) -> None:
        """Write registrations and their number beside them, as booking one by one would have done."""
        rows, filled = [], []
        now = timezone.now()
        for session in sessions:
            assert session.seats is not None  # noqa: S101 - asked for sessions with seats
            wanted = int((session.seats - session.seats_kept) * self.chance.uniform(*share))
            while session.taken < wanted:
                people = min(self.chance.choice((1, 1, 1, 2, 2, 3)), wanted - session.taken)
                session.taken += people
                rows.append(
                    Registration(
                        session=session,
                        key=secrets.token_hex(16),
                        name=self.chance.choice(names) if names else "",
                        people=people,
                        state=RegistrationState.CONFIRMED,
                        channel=Channel.DESK,
                        confirmed_at=min(now, session.starts_at)
                        - dt.timedelta(days=self.chance.randint(1, 9)),
                        **{name: value(session) for name, value in more.items()},
                    )
                )
            filled.append(session)
        Registration.objects.bulk_create(rows, batch_size=500)
        Session.objects.bulk_update(filled, ["taken"], batch_size=500)

    def _last_year(self, first: dt.date) -> None:
        """The festival a year ago, to copy from and to compare with; who came is known in numbers alone."""
        festival = self._page(
            facts.LAST_YEAR_TITLE,
            f"festival-{first.year}",
            first,
            facts.LAST_YEAR_THEME,
            takes_submissions=False,
        )
        events = [each for each in facts.events() if not each.story and not any(each.weeks)]
        self._publish(festival, events[::2][:LAST_YEARS_EVENTS])
        sessions = Session.objects.filter(event__in=EventPage.objects.child_of(festival), seats__gt=0)
        self._fill(
            sessions,
            TAKEN_LAST_YEAR,
            [],
            checked_in_at=lambda session: session.starts_at if self.chance.random() < 0.86 else None,
            anonymised_at=lambda session: session.ends_at + dt.timedelta(days=30),
        )
        Registration.objects.filter(session__in=sessions, checked_in_at=None).update(absent_at=timezone.now())
