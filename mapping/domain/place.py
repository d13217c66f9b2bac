"""What becomes of a learning place: written down, changed, published, hidden, closed, merged with its double."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from mapping.domain.letter import path_on_site
from mapping.domain.version import changing_the_map
from mapping.enums import PlaceStatus, RequestState, VerifiedBy
from mapping.models import LearningPlace
from mapping.queries.neighbourhood import neighbourhood_at
from mapping.rules import may_change_place, may_moderate_places
from mapping.validators import clean_languages, clean_opening_hours, read_place
from participation.domain.announcement import announce, withdraw_announcement
from participation.foundation.audit import record, record_change
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.text import clean_line, clean_text

# What people may write; everything else about a place is decided by the functions below (P21).
LINES = (
    "name", "summary", "street", "postal_code", "locality", "hours_remark", "phone", "email", "website", "access_note",
)  # fmt: skip
TEXTS = ("description", "what_to_learn")
CHOICES = ("cost", "step_free", "accessible_toilet", "hearing_loop", "quiet_space", "is_online")
LINKS = ("category", "organisation")
MANY = ("topics", "audiences", "pictures")
FACTS = frozenset(
    (*LINES, *TEXTS, *CHOICES, *LINKS, *MANY, "opening_hours", "languages", "point", "neighbourhood")
)


@dataclass(frozen=True)
class LinkHolder:
    """Somebody without an account who came by a link that was mailed to the steward of one place; acts in place of a user."""

    place_pk: int
    email: str

    pk = None
    participant = None
    is_active = True
    is_authenticated = False

    def has_perm(self, _permission: str, _subject=None) -> bool:
        return False


def facts_of(place: LearningPlace) -> dict[str, Any]:
    """Return what is written about a place, as it is or as a revision of it was, the way `change_place` takes it."""
    facts = {name: getattr(place, name) for name in FACTS - {"point", *MANY}}
    facts["point"] = (place.latitude, place.longitude) if place.has_point else None
    return facts | {name: list(getattr(place, name).all()) for name in MANY}


def draft_place(*, facts: Mapping[str, Any]) -> LearningPlace:
    """Write down a new place that nobody sees but who registers it. Needs a name and a category.

    `facts` has any of FACTS: text as typed, `point` as (latitude, longitude) in degrees or None, `languages` as ISO 639
    codes, `topics`, `audiences` and `pictures` as lists of rows. Raises Invalid, naming the first wrong field, all in
    `details`.
    """
    place = LearningPlace(status=PlaceStatus.DRAFT)
    many = _write(place, {"name": "", "category": None, **facts})
    with changing_the_map() as number:
        revision = _store(place, number, many)
        record_change("mapping.write_place", place, revision)
    return place


def change_place(
    place: LearningPlace, *, by, facts: Mapping[str, Any], expected_version: int | None = None
) -> LearningPlace:
    """Change what `facts` names, keep a revision, and return the place as stored.

    `expected_version` is what the writer had in front of them: Conflict ("changed_meanwhile") when somebody else saved
    since (F22). Raises NotAllowed, Missing or Invalid.
    """
    with changing_the_map() as number:
        place = locked(place)
        if not may_change_place(by, place):
            raise (
                NotAllowed(_("Only those who look after this place can change it."))
                if place.is_public
                else Missing
            )
        if expected_version is not None and place.version != expected_version:
            raise Conflict(
                _(
                    "Somebody else has changed this place while you were writing. Your words are still in the form: "
                    "compare them with the place as it now is, then save again."
                ),
                code="changed_meanwhile",
                details={"version": place.version},
            )
        keep_first_revision(place)
        many = _write(place, facts)
        place.version += 1
        revision = _store(place, number, many, by=by)
        if place.is_public:
            announce_place(place, is_new=False)
        record_change("mapping.change_place", place, revision, by=by, version=place.version)
    return place


def publish_place(place: LearningPlace, *, by=None) -> LearningPlace:
    """Show the place to everybody, from now on or again; `by` is a moderator, or None when a rule has decided.

    A merged entry becomes one of its own again, as it was; stewards and reports that moved stay where they are.
    """
    _refuse_who_may_not_moderate(by)
    return _move(
        place,
        PlaceStatus.PUBLISHED,
        by=by,
        out_of=(
            PlaceStatus.DRAFT,
            PlaceStatus.PENDING,
            PlaceStatus.REFUSED,
            PlaceStatus.HIDDEN,
            PlaceStatus.CLOSED,
            PlaceStatus.MERGED,
        ),
    )


def hand_in_place(place: LearningPlace, *, by) -> LearningPlace:
    """Put a draft before the moderators; nobody else sees it yet."""
    return _move(place, PlaceStatus.PENDING, by=by, out_of=(PlaceStatus.DRAFT,))


def return_place(place: LearningPlace, *, by) -> LearningPlace:
    """Give a place back to who registers it, as a draft."""
    _refuse_who_may_not_moderate(by)
    return _move(place, PlaceStatus.DRAFT, by=by, out_of=(PlaceStatus.PENDING,))


def refuse_place(place: LearningPlace, *, by, reason: str) -> LearningPlace:
    """Keep a registered place off the map; the reason is for who registered it."""
    _refuse_who_may_not_moderate(by)
    return _move(place, PlaceStatus.REFUSED, by=by, out_of=(PlaceStatus.PENDING,), reason=_needed(reason))


def hide_place(place: LearningPlace, *, by, reason: str) -> LearningPlace:
    """Take a place, or what is left to read of a closed one, off every page until a moderator publishes it again."""
    _refuse_who_may_not_moderate(by)
    return _move(
        place,
        PlaceStatus.HIDDEN,
        by=by,
        out_of=(PlaceStatus.PUBLISHED, PlaceStatus.CLOSED),
        reason=_needed(reason),
    )


def close_place(
    place: LearningPlace, *, by, successor: LearningPlace | None = None, reason: str = ""
) -> LearningPlace:
    """Say that the place has closed for good; its address leads to `successor`, or to a page that says so.

    A hidden one stays hidden: what was hidden would be read again on that page.
    """
    if not (may_change_place(by, place) or may_moderate_places(by)):
        raise NotAllowed(_("Only those who look after this place can close it."))
    return _move(
        place,
        PlaceStatus.CLOSED,
        by=by,
        out_of=(PlaceStatus.PUBLISHED,),
        reason=clean_text(reason),
        successor=_end_of_chain(place, successor),
    )


def merge_places(place: LearningPlace, *, into: LearningPlace, by) -> LearningPlace:
    """Make one entry of two that mean the same place: `place` stays with its history, and its address leads to `into`.

    Pictures, stewards and open reports move to `into`; its facts stay as they are. Returns `into`.
    """
    _refuse_who_may_not_moderate(by)
    if place.pk == into.pk:
        raise Invalid(_("These are one and the same entry. Please choose another place."), field="into")
    with changing_the_map() as number:
        first, second = sorted((place.pk, into.pk))
        rows = {row.pk: row for row in (locked(LearningPlace(pk=first)), locked(LearningPlace(pk=second)))}
        place, into = rows[place.pk], rows[into.pk]
        if place.status == PlaceStatus.MERGED:
            raise Conflict(_("This entry has been merged already."))
        if into.status not in (PlaceStatus.PUBLISHED, PlaceStatus.PENDING):
            raise Conflict(_("Please choose a published place to keep."), field="into")
        if place.is_public and not into.is_public:
            raise Conflict(
                _("This would take a published place off the map. Please keep that one."), field="into"
            )
        for each in rows.values():
            keep_first_revision(each)
        _hand_over(place, into)
        place.status, place.successor, place.version = PlaceStatus.MERGED, into, place.version + 1
        into.version += 1
        LearningPlace.objects.filter(successor=place).update(successor=into, map_version=number)
        old, new = _store(place, number, by=by), _store(into, number, by=by)
        record_change("mapping.merge_places", place, old, by=by, into=into.pk)
        record_change("mapping.take_in_place", into, new, by=by, merged=place.pk)
    return into


def verify_place(
    place: LearningPlace, *, how: VerifiedBy, on: dt.date | None = None, by=None
) -> LearningPlace:
    """Note that what the map says was looked at and is correct; `on` is today unless given."""
    with changing_the_map() as number:
        place = locked(place)
        place.verified_on, place.verified_by = on or database_now().date(), how
        place.map_version = number
        place.save(update_fields=["verified_on", "verified_by", "map_version", "changed_at"])
        record("mapping.verify_place", place, by=by, how=str(how))
    return place


def locked(place: LearningPlace) -> LearningPlace:
    """Return the place as it is now, held until the transaction ends; raises Missing."""
    found = (
        LearningPlace.objects.select_for_update(of=("self",))
        .select_related("category", "organisation", "neighbourhood", "source", "successor")
        .filter(pk=place.pk)
        .first()
    )
    if found is None:
        raise Missing
    return found


def keep_first_revision(place: LearningPlace) -> None:
    """Keep the place as it is, if it came without a revision (from a file), before it changes for the first time."""
    if place.latest_revision_id is None:
        record_change("mapping.write_place", place, place.save_revision(log_action=False))


def checked_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that `facts` stand for; raises Invalid naming the first wrong one, all of them in `details`.

    Name and category must not be empty where they are named.
    """
    unknown = sorted(set(facts) - FACTS)
    if unknown:
        raise TypeError(f"These are not facts of a place: {', '.join(unknown)}")
    values: dict[str, Any] = {}
    wrong: dict[str, Any] = {}
    for name in facts:
        try:
            values |= checked_fact(name, facts[name])
        except ValidationError as error:
            wrong[name] = error.messages[0]
    if "name" in facts and not values.get("name"):
        wrong.setdefault("name", _("Please write the name of the place."))
    if "category" in facts and values.get("category") is None:
        wrong.setdefault("category", _("Please choose what kind of place it is."))
    if wrong:
        name = next(iter(wrong))
        raise Invalid(wrong[name], field=name, details={key: str(words) for key, words in wrong.items()})
    return values


def checked_fact(name: str, value: Any) -> dict[str, Any]:
    """Return the columns that one fact stands for, cleaned; raises ValidationError."""
    if name == "point":
        latitude, longitude = read_place(value or (None, None)) or (None, None)
        return {"latitude": latitude, "longitude": longitude}
    if name == "opening_hours":
        return {name: clean_opening_hours(value)}
    if name == "languages":
        return {name: clean_languages(value)}
    if name in LINES:
        value = clean_line(value or "")
    elif name in TEXTS:
        value = clean_text(value or "")
    if name not in (*LINKS, *MANY, "neighbourhood", "is_online"):
        field = cast(Field, LearningPlace._meta.get_field(name))
        field.run_validators(value)
        if field.choices and value not in dict(field.flatchoices):
            raise ValidationError(_("Please choose one of the answers offered."))
        if (
            field.max_length and len(value) > field.max_length
        ):  # a text column checks its length in forms only
            raise ValidationError(_("Please use at most %(most)d characters.") % {"most": field.max_length})
    return {name: value}


def _write(place: LearningPlace, facts: Mapping[str, Any]) -> dict[str, list]:
    """Set the facts on the place, its neighbourhood after its point, and return the many-to-many values."""
    values = checked_facts(facts)
    many = {name: list(values.pop(name)) for name in MANY if name in values}
    for name, value in values.items():
        setattr(place, name, value)
    if place.has_point and ("point" in facts or "neighbourhood" in facts):
        place.neighbourhood = neighbourhood_at(place.latitude, place.longitude)
    return many


def _store(place: LearningPlace, number: int, many: Mapping[str, list] | None = None, *, by=None) -> Revision:
    place.map_version = number
    for name, rows in (many or {}).items():
        setattr(place, name, rows)
    place.save()
    return place.save_revision(user=by if getattr(by, "is_authenticated", False) else None, log_action=False)


def _move(
    place: LearningPlace,
    status: PlaceStatus,
    *,
    by,
    out_of: tuple[PlaceStatus, ...],
    reason: str = "",
    successor: LearningPlace | None = None,
) -> LearningPlace:
    with changing_the_map() as number:
        place = locked(place)
        if place.status == status:
            return place
        if place.status not in out_of:
            raise Conflict(
                _("The entry has changed meanwhile: it is “%(status)s” now. Please look at it again.")
                % {"status": place.get_status_display()}
            )
        keep_first_revision(place)
        is_new = place.status in (PlaceStatus.DRAFT, PlaceStatus.PENDING, PlaceStatus.REFUSED)
        place.status, place.status_reason, place.successor = status, reason, successor
        place.version += 1
        revision = _store(place, number, by=by)
        record_change(f"mapping.{status}", place, revision, by=by, reason=reason)
        if place.is_public:
            announce_place(place, is_new=is_new)
        else:
            withdraw_announcement(_announcement_key(place))
    return place


def announce_place(place: LearningPlace, *, is_new: bool = True) -> None:
    """Tell who follows its neighbourhood, topics or surroundings of a new place, once; later only the words are kept up."""
    announce(
        kind="mapping.new_place",
        title=format_lazy(_("New on the map: “{name}”"), name=place.name),
        text=place.summary,
        path=path_on_site("place", place.pk),
        dedupe_key=_announcement_key(place),
        targets=[
            *([("neighbourhood", place.neighbourhood_id)] if place.neighbourhood_id else []),
            *(("topic", topic.pk) for topic in place.topics.all()),
        ],
        point=(place.latitude, place.longitude),
        only_if_known=not is_new,
    )


def _announcement_key(place: LearningPlace) -> str:
    return f"new-place:{place.pk}"


def _hand_over(place: LearningPlace, into: LearningPlace) -> None:
    place.reports.update(place=into)
    asked = into.stewardship_requests.filter(state=RequestState.OPEN).values("organisation")
    both_asked = {"state": RequestState.OPEN, "organisation__in": list(asked)}
    place.stewardship_requests.exclude(**both_asked).update(place=into)
    last = into.pictures.count()
    for position, picture in enumerate(place.pictures.all(), start=last):
        into.pictures.add(type(picture)(image=picture.image, alt_text=picture.alt_text, sort_order=position))
    held = into.stewardships.values_list("participant", "email")
    known = set(held)
    for stewardship in place.stewardships.all():
        if (stewardship.participant_id, stewardship.email) not in known:
            stewardship.place = into
            stewardship.save(update_fields=["place"])


def _end_of_chain(place: LearningPlace, successor: LearningPlace | None) -> LearningPlace | None:
    """Return where `successor` leads in the end; refuse a circle."""
    seen = {place.pk}
    while successor is not None and successor.pk not in seen:
        seen.add(successor.pk)
        if successor.successor is None:
            return successor
        successor = successor.successor
    if successor is not None:
        raise Invalid(
            _("This would lead in a circle. Please choose a place that is open."), field="successor"
        )
    return None


def _needed(reason: str) -> str:
    reason = clean_text(reason)
    if not reason:
        raise Invalid(
            _("Please write why. Whoever registered the place will read your reason."), field="reason"
        )
    return reason


def _refuse_who_may_not_moderate(by) -> None:
    if by is not None and not may_moderate_places(by):
        raise NotAllowed(_("Only moderators of the map can do this."))
