"""Builds the map of learning places of the demo city: registered, published, looked after, doubted and confirmed."""

import datetime as dt
import hashlib
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import ModelLogEntry

from learning_city.demo import content
from learning_city.demo.content.facts import Place, PlaceChange
from learning_city.demo.content.places import stories, vocabulary
from learning_city.demo.content.places.register import COLUMNS, FILE_NAME, register_file
from learning_city.demo.pictures import library_image
from mapping.domain.bringing_in import Reading, bring_in, read_file
from mapping.domain.place import (
    change_place,
    close_place,
    draft_place,
    merge_places,
    publish_place,
    verify_place,
)
from mapping.domain.report import report_error
from mapping.domain.scout import become_scout
from mapping.domain.submission import CONFIRM, confirm_submission, send_submission, start_submission
from mapping.domain.verification import ask_if_correct
from mapping.domain.version import changing_the_map
from mapping.enums import SubmissionState
from mapping.models import (
    Audience,
    LearningPlace,
    PlaceCategory,
    PlaceImport,
    PlacePicture,
    PlaceReport,
    PlaceSource,
    PlacesPage,
    PlaceSubmission,
    Stewardship,
    Topic,
)
from participation.foundation.link_tokens import link_token
from participation.models import Neighbourhood, Organisation

# The same as on the content's own records.
PLAIN_FACTS = (
    "name", "summary", "description", "what_to_learn", "is_online", "street", "postal_code", "opening_hours",
    "hours_remark", "phone", "email", "website", "cost", "languages", "step_free", "accessible_toilet", "hearing_loop",
    "quiet_space", "access_note",
)  # fmt: skip
LONGEST_ON_THE_MAP = 900
REGISTER_CAME_DAYS_AGO = 62


class MapBuilder:
    """Builds the map page and its places; `places` holds them by slug."""

    def __init__(self, *, home, neighbourhoods, users, organisations, say: Callable[[str], None]):
        self.home = home
        self.neighbourhoods: dict[str, Neighbourhood] = neighbourhoods
        self.users = users
        self.organisations: dict[str, Organisation] = organisations
        self.say = say
        self.moderator = users[content.personas()["moderator"].slug]
        self.editor = users[content.personas()["editor"].slug]
        self.categories: dict[str, PlaceCategory] = {}
        self.topics: dict[str, Topic] = {}
        self.audiences: dict[str, Audience] = {}
        self.places: dict[str, LearningPlace] = {}
        self.changes: dict[str, list[PlaceChange]] = {}
        for change in sorted(stories.CHANGES, key=lambda each: -each.days_ago):
            self.changes.setdefault(change.place, []).append(change)

    def build(self) -> PlacesPage:
        self.say(f"  {content.PLACES_TITLE}")
        with transaction.atomic():
            self._name_things()
            self.page = self._page()
        with changing_the_map():
            self._bring_in_register()
            for facts in content.places().values():
                if not facts.source_key:
                    self._put_on_the_map(facts)
            self._close_and_merge()
        self._register()
        self._doubt()
        ask_if_correct()
        return self.page

    def map_block(self) -> dict[str, Any]:
        return {
            "heading": "Where to learn something",
            "page": self.page,
            "categories": [],
            "neighbourhoods": [],
        }

    def list_block(self) -> dict[str, Any]:
        scarce = [self.neighbourhoods[slug] for slug in ("northfields", "barrow-heath")]
        return {
            "heading": "What there is in Northfields and Barrow Heath",
            "page": self.page,
            "categories": [],
            "neighbourhoods": scarce,
            "only_open": False,
            "number": 6,
        }

    def place_block(self) -> dict[str, Any]:
        slug, why = content.RECOMMENDED
        return {"page": self.page, "place": self.places[slug], "text": why}

    def coverage_block(self, *kinds: str) -> dict[str, Any]:
        return {
            "page": self.page,
            "categories": [self.categories[kind] for kind in kinds],
            "distance": "800",
        }

    def _name_things(self) -> None:
        for number, kind in enumerate(vocabulary.PLACE_KINDS):
            self.categories[kind.slug] = PlaceCategory.objects.create(
                slug=kind.slug,
                name=kind.name,
                parent=self.categories.get(kind.parent),
                symbol=kind.symbol,
                description=kind.description,
                sort_order=number,
            )
        for model, words, found in (
            (Topic, vocabulary.TOPICS, self.topics),
            (Audience, vocabulary.AUDIENCES, self.audiences),
        ):
            for number, (slug, name) in enumerate(words.items()):
                found[slug] = model.objects.create(slug=slug, name=name, sort_order=number)
        Organisation.objects.filter(slug__in=stories.TRUSTED).update(is_trusted=True)

    def _page(self) -> PlacesPage:
        page = PlacesPage(
            title=content.PLACES_TITLE,
            slug="places",
            summary=content.PLACES_SUMMARY,
            intro="".join(f"<p>{part}</p>" for part in content.PLACES_INTRO.split("\n\n")),
            contact_email="places@example.org",
            show_in_menus=True,
        )
        self.home.refresh_from_db()
        self.home.add_child(instance=page)
        return page

    def _bring_in_register(self) -> None:
        name, attribution = vocabulary.SOURCE
        source = PlaceSource.objects.create(
            name=name,
            slug=slugify(name),
            attribution=attribution,
            licence_url=vocabulary.SOURCE_LICENCE,
        )
        listed = {each.source_key: each for each in content.places().values() if each.source_key}
        file = register_file(listed.values())
        done = PlaceImport.objects.create(
            file_name=FILE_NAME,
            file_sha256=hashlib.sha256(file).hexdigest(),
            source=source,
            created_by=self.editor,
        )
        uses = {kind.name: self.categories[kind.slug].pk for kind in vocabulary.PLACE_KINDS}
        reading = Reading(columns=COLUMNS, categories=uses)
        bring_in(read_file(file, FILE_NAME), reading=reading, to=done, by=self.editor)
        came_at = _at(-REGISTER_CAME_DAYS_AGO)
        PlaceImport.objects.filter(pk=done.pk).update(created_at=came_at, finished_at=came_at)
        LearningPlace.objects.filter(source=source).update(
            created_at=came_at, changed_at=came_at, verified_on=came_at.date()
        )
        for place in LearningPlace.objects.filter(source=source):
            self.places[listed[place.source_key].slug] = place

    def _put_on_the_map(self, facts: Place) -> None:
        changes = self.changes.get(facts.slug, [])
        as_it_was = {name: value for change in changes for name, value in change.was.items()}
        place = draft_place(facts={**self._facts(facts), **as_it_was})
        place = publish_place(place)
        Stewardship.objects.bulk_create(
            Stewardship(place=place, participant=self.users[slug].participant) for slug in facts.stewards
        )
        revisions = [place.latest_revision_id]
        for change in changes:
            now_it_is = {name: getattr(facts, name) for name in change.was}
            place = change_place(place, by=self.users[change.person], facts=now_it_is)
            revisions.append(place.latest_revision_id)
        if facts.verified_days_ago is not None:
            place = verify_place(place, how=facts.verified_by, on=_day(-facts.verified_days_ago))
        self.places[facts.slug] = place
        self._date(place, facts, changes, revisions)

    def _facts(self, facts: Place) -> dict[str, Any]:
        """Return what `draft_place` takes."""
        pictures = []
        if facts.motif:
            image = library_image(facts.name, facts.motif, seed=random.Random(facts.slug).randrange(1000))
            pictures = [PlacePicture(image=image, alt_text=content.picture_alt(facts.motif))]
        return {
            **{name: getattr(facts, name) for name in PLAIN_FACTS},
            "point": facts.point and tuple(Decimal(f"{degrees:.6f}") for degrees in facts.point),
            "locality": content.CITY_NAME if facts.neighbourhood else "",
            "category": self.categories[facts.kind],
            "topics": [self.topics[slug] for slug in facts.topics],
            "audiences": [self.audiences[slug] for slug in facts.audiences],
            "neighbourhood": self.neighbourhoods.get(facts.neighbourhood),
            "organisation": self.organisations.get(facts.organisation),
            "pictures": pictures,
        }

    def _date(self, place: LearningPlace, facts: Place, changes: list[PlaceChange], revisions) -> None:
        """Give what has happened to the place the days on which it would have happened."""
        dice = random.Random(facts.slug)
        oldest = max([facts.verified_days_ago or 0, *(change.days_ago for change in changes)])
        on_the_map_for = dice.randint(oldest + 5, max(LONGEST_ON_THE_MAP, oldest + 60))
        happened_at = [
            _at(-days, dice.randint(8, 19), dice.randrange(60))
            for days in (on_the_map_for, *(change.days_ago for change in changes))
        ]
        place.revisions.update(created_at=happened_at[0])
        for revision, moment in zip(revisions, happened_at, strict=True):
            place.revisions.filter(pk=revision).update(created_at=moment)
        ModelLogEntry.objects.for_instance(place).update(timestamp=happened_at[-1])
        LearningPlace.objects.filter(pk=place.pk).update(
            created_at=happened_at[0], changed_at=happened_at[-1]
        )

    def _close_and_merge(self) -> None:
        closed = close_place(
            self.places[stories.CLOSED.slug],
            by=self.moderator,
            successor=self.places[stories.CLOSED_FOR],
            reason=stories.CLOSED_BECAUSE,
        )
        double = self.places[stories.MERGED.slug]
        into = merge_places(double, into=self.places[stories.MERGED_INTO], by=self.moderator)
        for place, days in ((closed, 150), (double, 12), (into, 12)):
            latest = LearningPlace.objects.get(pk=place.pk).latest_revision_id
            place.revisions.filter(pk=latest).update(created_at=_at(-days, 16, 5))

    def _register(self) -> None:
        """Let people send in places; outside of a transaction, because the domain counts tries and letters."""
        for each in stories.WAITING:
            by = self.users[each.person] if each.person else AnonymousUser()
            submission = start_submission(facts=self._facts(each.place), by=by)
            if each.person:
                send_submission(submission, by=by, message=each.message)
            else:
                # As `send_submission` leaves it, but without mailing the link, which was days ago.
                submission.email, submission.message = each.email, each.message
                submission.state = SubmissionState.UNCONFIRMED
                submission.save()
                confirm_submission(submission, link_token([submission.pk, each.email], purpose=CONFIRM))
            PlaceSubmission.objects.filter(pk=submission.pk).update(
                created_at=_at(-each.days_ago - 1), submitted_at=_at(-each.days_ago)
            )

    def _doubt(self) -> None:
        """Let people report errors, and offer to look; outside of a transaction like `_register`."""
        for neighbourhood, people in stories.SCOUTS.items():
            for slug in people:
                become_scout(self.neighbourhoods[neighbourhood], by=self.users[slug])
        for each in stories.ERRORS:
            by = self.users[each.person] if each.person else AnonymousUser()
            report = report_error(self.places[each.place], by=by, kind=each.kind, text=each.text)
            PlaceReport.objects.filter(pk=report.pk).update(created_at=_at(-each.days_ago))


def _day(days_from_today: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days_from_today)


def _at(days_from_today: int, hour: int = 11, minute: int = 20) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(_day(days_from_today), dt.time(hour, minute)))
