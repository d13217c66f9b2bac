"""Meetings of the small city: one over, with a decision and a draft of minutes, one to come, and one being planned."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from participation.domain import agenda
from participation.domain.attendance import close_meeting, open_meeting
from participation.domain.comment import post_comment
from participation.domain.date_poll import ask_for_dates
from participation.domain.decision import give_action, record_decision
from participation.domain.discussing import discussion_of_decision
from participation.domain.meeting import announce_meeting, plan_meeting
from participation.domain.minutes import draft_minutes
from participation.domain.motion import move_motion
from tests.architecture.world.city import World
from tests.participation.meetings import facts


def build(world: World) -> None:
    """What the chair has planned and held in the committee that everybody may read, and in the private one."""
    by = world.people["chair"].user
    for prefix, committee in (("", world.committee), ("hidden_", world.hidden_committee)):
        held = announce_meeting(
            plan_meeting(committee, by=by, facts=facts(0.01, title="Held meeting")), by=by
        )
        item = agenda.add_item(held, by=by, title="Held item")
        open_meeting(held, by=by)
        motion = move_motion(item, by=by, title="Held motion", text="We do it.")
        decision = record_decision(item, by=by, title="Held decision", text="It is so.")
        action = give_action(committee, by=by, text="Held action", who="Somebody", item=item)
        close_meeting(held, by=by)
        minutes = draft_minutes(held, by=by)
        coming = announce_meeting(
            plan_meeting(committee, by=by, facts=facts(9, title="Coming meeting", takes_registrations=True)),
            by=by,
        )
        own = agenda.add_item(coming, by=by, title="Coming item")
        upload = SimpleUploadedFile("plan.txt", b"The plan")
        days = [timezone.now() + dt.timedelta(days=day) for day in (5, 6)]
        world.things |= {
            f"{prefix}{name}": thing
            for name, thing in {
                "held_meeting": held,
                "held_item": item,
                "meeting": coming,
                "draft_meeting": plan_meeting(committee, by=by, facts=facts(30, title="Planned meeting")),
                "agenda_item": own,
                "suggestion": agenda.suggest_item(coming, by=by, title="Suggested item"),
                "agenda_document": agenda.add_document(own, by=by, upload=upload),
                "motion": motion,
                "decision": decision,
                "action": action,
                "minutes": minutes,
                "date_poll": ask_for_dates(
                    committee,
                    by=by,
                    title="When?",
                    options=[(day, day + dt.timedelta(hours=1)) for day in days],
                    closes_on=timezone.localdate() + dt.timedelta(days=2),
                ),
            }.items()
        }
    for prefix in ("", "hidden_"):
        discussion = discussion_of_decision(world.things[f"{prefix}decision"], by=by)
        comment = post_comment(discussion, author=world.people["chair"], text="About the decision.")
        if prefix:
            world.things |= {"private_discussion": discussion, "private_comment": comment}
    world.things["date_option"] = world.date_poll.options.first()
