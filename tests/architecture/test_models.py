"""Promises of all models: what is one per person stays one (V5), and no life-cycle signals tie our apps together."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.utils import timezone
from wagtail.blocks import BaseBlock, RawHTMLBlock
from wagtail.fields import StreamField

from participation.domain.following import follow_surroundings
from tests import factories
from tests.learning_events.badges import make_pathway
from tests.participation.following import follow

OURS = ("participation", "budgeting", "mapping", "learning_events", "accounts", "home")
# A unique key with a field that may be NULL holds nothing together where it is NULL; these mean exactly that.
NULL_MEANS_NONE = {
    "participation.Participant.register_entry": "not verified yet",
    "participation.OutgoingMail.notification": "a mail that is no notice",
    "participation.OutgoingMail.digest": "a mail that is no digest",
    "participation.AgendaItem.discussion": "nobody has begun one",
    "participation.Decision.discussion": "nobody has begun one",
    "participation.Decision.motion": "decided without a vote",
    "participation.DatePoll.meeting": "no date is found yet",
    "learning_events.ImportedEvent.event": "its draft was deleted",
}


def our_models() -> list[type[models.Model]]:
    return [
        model
        for config in apps.get_app_configs()
        if config.label in OURS
        for model in config.get_models(include_auto_created=True)
    ]


def test_V5_no_unique_key_lets_two_through_by_a_null():
    loose = []
    for model in our_models():
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and constraint.nulls_distinct is not False:
                named = {field for field, _value in _conditions(constraint.condition)}
                loose += [
                    f"{model._meta.label}.{field} in {constraint.name}"
                    for field in constraint.fields
                    if model._meta.get_field(field).null and field not in named
                ]
        loose += [
            f"{model._meta.label}.{field.name}"
            for field in model._meta.local_fields
            if field.unique
            and field.null
            and not field.primary_key
            and f"{model._meta.label}.{field.name}" not in NULL_MEANS_NONE
        ]

    assert loose == []


def _conditions(condition) -> list[tuple[str, object]]:
    """Return (field, value) of every comparison in a Q."""
    if condition is None:
        return []
    found = []
    for child in condition.children:
        found += _conditions(child) if isinstance(child, models.Q) else [(child[0].split("__")[0], child[1])]
    return found


def test_V5_what_is_one_per_person_is_known():
    """A new constraint of this kind belongs into the list, and into the test below."""
    people = {"participant", "person_key", "link_key", "user", "register_entry"}
    known = {
        constraint.name
        for model in our_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and people & set(constraint.fields)
    }

    assert known == ONE_PER_PERSON


ONE_PER_PERSON = {
    "badge_once_for_a_person",
    "ballot_versions_differ",
    "one_access_per_committee_and_person",
    "one_answer_per_idempotency_key",
    "one_answer_per_person_and_date",
    "one_digest_per_person_and_day",
    "one_draft_per_voter_and_area",
    "one_flag_per_person_and_comment",
    "one_follow_per_person",
    "one_invitation_per_organisation_and_person",
    "one_live_ballot_per_voter_and_area",
    "one_notification_per_person_and_event",
    "one_open_request_per_person",
    "one_opinion_per_person",
    "one_plan_per_participant",
    "one_place_per_room_and_person",
    "one_question_per_round_and_person",
    "one_registration_per_person_and_meeting",
    "one_role_per_organisation_and_person",
    "one_rhythm_per_person_and_kind",
    "one_roll_entry_per_person",
    "one_scout_per_person_and_neighbourhood",
    "one_stewardship_per_person",
    "one_subscription_per_circle",
    "one_subscription_per_thing",
    "one_support_per_person",
    "one_unsubscription_per_discussion",
    "one_unsubscription_per_kind",
    "step_done_once",
}


@pytest.mark.django_db
def test_V5_database_itself_refuses_the_second(world):
    """Raw copies of a row, past every form and domain function, on whichever database the suite runs."""
    rows = {
        "budgeting.Support": lambda: _make(
            "budgeting.Support", proposal=world.shown, participant=world.author
        ),
        "budgeting.RollEntry": lambda: _first("budgeting.RollEntry"),
        "budgeting.Ballot": lambda: _first("budgeting.Ballot"),
        "budgeting.BallotDraft": lambda: _first("budgeting.BallotDraft"),
        "budgeting.Submission": lambda: _first("budgeting.Submission"),
        "participation.CommentFlag": lambda: _make(
            "participation.CommentFlag", comment=world.comment, participant=world.author, reason="spam"
        ),
        "participation.CommentOpinion": lambda: _make(
            "participation.CommentOpinion", comment=world.comment, participant=world.author, agrees=True
        ),
        "participation.Follow": lambda: _first("participation.Follow"),
        "participation.Notification": lambda: _first("participation.Notification"),
        "participation.OrganisationPerson": lambda: _first("participation.OrganisationPerson"),
        "participation.OrganisationInvitation": lambda: _make(
            "participation.OrganisationInvitation",
            organisation=world.organisation,
            participant=factories.ParticipantFactory(),
        ),
        "participation.CommitteeAccess": lambda: _first("participation.CommitteeAccess"),
        "participation.JoinRequest": lambda: _first("participation.JoinRequest"),
        "participation.RoomPerson": lambda: _first("participation.RoomPerson"),
        "participation.Subscription": lambda: follow([world.author], "neighbourhood", 1)[0],
        "participation.Subscription around a point": lambda: follow_surroundings(
            participant=world.author, name="Here", point=("53.55", "9.99"), radius_m=500
        ),
        "participation.KindChoice": lambda: _make(
            "participation.KindChoice", participant=world.author, kind="x", rhythm="daily"
        ),
        "participation.Digest": lambda: _make(
            "participation.Digest",
            participant=world.author,
            day=timezone.now().date(),
            run="x",
            made_at=timezone.now(),
        ),
        "participation.Unsubscription": lambda: _make(
            "participation.Unsubscription", participant=world.author, kind="x", discussion=None
        ),
        "participation.Unsubscription of one thing": lambda: _make(
            "participation.Unsubscription",
            participant=world.author,
            kind="x",
            discussion=world.shown.discussion,
        ),
        "mapping.Stewardship": lambda: _make(
            "mapping.Stewardship", place=factories.PlaceFactory(), participant=world.author
        ),
        "mapping.Scout": lambda: _make(
            "mapping.Scout", neighbourhood=factories.NeighbourhoodFactory(), participant=world.author
        ),
        "mapping.Verification": lambda: _make(
            "mapping.Verification",
            place=factories.PlaceFactory(),
            participant=world.author,
            asked="steward",
            round=1,
            asked_at=timezone.now(),
        ),
        "learning_events.Plan": lambda: _make(
            "learning_events.Plan", participant=world.author, used_at=timezone.now()
        ),
        "learning_events.StepDone": lambda: _make(
            "learning_events.StepDone",
            step=make_pathway(world.event, slug="another-way").steps.get(),
            participant=world.author,
            way="self",
            done_at=timezone.now(),
        ),
    }

    taken_twice = [name for name, make in rows.items() if _is_taken(make())]

    assert taken_twice == []


def _make(label: str, **fields):
    return apps.get_model(label).objects.create(**fields)


def _first(label: str):
    return apps.get_model(label).objects.order_by("pk").first()


def _is_taken(row) -> bool:
    try:
        with transaction.atomic():
            _copy(row)
    except IntegrityError:
        return False
    return True


def _copy(row) -> None:
    """Insert the row again by SQL, with another primary key where it is not the database's to give."""
    fields = [field for field in row._meta.local_concrete_fields if not isinstance(field, models.AutoField)]
    columns, values = [], []
    for field in fields:
        value = getattr(row, field.attname)
        if field.primary_key or field.name == "tracker_digest":
            value = field.get_default() if field.primary_key else "f" * 64
        columns.append(connection.ops.quote_name(field.column))
        values.append(field.get_db_prep_save(value, connection))
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {connection.ops.quote_name(row._meta.db_table)} ({', '.join(columns)}) VALUES ({marks})",
            values,
        )


def test_no_signals_between_our_own_apps():
    """Domain functions call each other where one can read it; only libraries listen to our models, or to all."""
    of_libraries = {
        id(model)
        for model in apps.get_models()
        if model.__module__.split(".")[0] not in (*OURS, "learning_city")
    }
    listeners = {
        receiver.__module__
        for signal in (pre_save, post_save, pre_delete, post_delete)
        for (_receiver, sender), reference, *_rest in signal.receivers
        if sender not in of_libraries
        and (receiver := reference() if hasattr(reference, "__self__") or callable(reference) else None)
        is not None
    }

    assert {module for module in listeners if module.split(".")[0] in (*OURS, "learning_city")} == set()


def test_X6_no_block_takes_raw_html():
    def blocks_of(block: BaseBlock):
        yield block
        for child in getattr(block, "child_blocks", {}).values():
            yield from blocks_of(child)
        if hasattr(block, "child_block"):
            yield from blocks_of(block.child_block)

    fields = [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, StreamField)
    ]
    raw = [
        f"{field.model._meta.label}.{field.name}: {block.name}"
        for field in fields
        for block in blocks_of(field.stream_block)
        if isinstance(block, RawHTMLBlock)
    ]

    assert fields
    assert raw == []
