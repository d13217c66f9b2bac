"""All that happens at one meeting, item by item, with a constant number of queries."""

from dataclasses import dataclass, field

from participation.enums import MotionState, VoteMethod
from participation.models import ActionItem, Decision, Meeting, Motion, Recusal
from participation.queries.agenda import AgendaRow, agenda_of, flat
from participation.queries.motion import Difference, differences, in_words, motions_of


@dataclass
class MotionView:
    """A motion with its amendments, the differences that an amendment makes, and how far its vote is."""

    motion: Motion
    amendments: list["MotionView"] = field(default_factory=list)
    changes: list[Difference] = field(default_factory=list)

    @property
    def changes_in_words(self) -> str:
        return in_words(self.changes)

    @property
    def has_result(self) -> bool:
        return self.motion.yes is not None

    @property
    def is_open(self) -> bool:
        return self.motion.state in (MotionState.DRAFT, MotionState.VOTING)

    @property
    def is_voting(self) -> bool:
        return self.motion.state == MotionState.VOTING

    @property
    def cast(self) -> int:
        """Return how many have voted so far, never how."""
        return len(self.motion.votes.all())

    @property
    def roll(self) -> list[tuple[str, str]]:
        """Return who voted how in a roll call that is over; nothing else is ever told."""
        if self.motion.method != VoteMethod.ROLL_CALL or not self.has_result:
            return []
        return [(vote.membership.name, vote.get_choice_display()) for vote in self.motion.votes.all()]


@dataclass
class ItemView:
    """An item with what happened on it."""

    row: AgendaRow
    motions: list[MotionView] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    actions: list[ActionItem] = field(default_factory=list)
    recusals: list[Recusal] = field(default_factory=list)

    @property
    def item(self):
        return self.row.item

    @property
    def all_motions(self) -> list[Motion]:
        """Return the motions and their amendments."""
        return [each.motion for motion in self.motions for each in (motion, *motion.amendments)]

    @property
    def is_current(self) -> bool:
        return self.item.opened_at is not None and self.item.closed_at is None


def items_of(meeting: Meeting) -> list[ItemView]:
    """Return the items of the agenda in reading order, with motions, decisions, actions and recusals."""
    views = [ItemView(row) for row in flat(agenda_of(meeting))]
    by_item = {view.item.pk: view for view in views}
    for motion in motion_views(meeting):
        if motion.motion.item_id in by_item:
            by_item[motion.motion.item_id].motions.append(motion)
    for decision in meeting.decisions.order_by("pk"):
        if decision.item_id in by_item:
            by_item[decision.item_id].decisions.append(decision)
    for action in meeting.actions.order_by("pk"):
        if action.item_id in by_item:
            by_item[action.item_id].actions.append(action)
    for recusal in Recusal.objects.filter(item__meeting=meeting).select_related("membership"):
        if recusal.item_id in by_item:
            by_item[recusal.item_id].recusals.append(recusal)
    return views


def motion_views(meeting: Meeting) -> list[MotionView]:
    """Return the motions of a meeting in their order, amendments with what they amend."""
    found: dict[int, MotionView] = {}
    motions = list(motions_of(meeting).prefetch_related("votes__membership"))
    for motion in motions:
        motion.item.meeting = meeting
        found[motion.pk] = MotionView(motion)
    for view in list(found.values()):
        amends = view.motion.amends_id
        if amends is not None:
            view.changes = differences(view.motion.base_text, view.motion.text)
            if amends in found:
                found[amends].amendments.append(view)
    return [view for view in found.values() if view.motion.amends_id is None]
