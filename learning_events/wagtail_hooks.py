"""What the festival adds to the Wagtail admin: a short list of registrations."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.snippets.models import register_snippet

from learning_events.domain.workflow import ensure_workflow
from learning_events.models import Festival
from learning_events.queries.board import count_waiting
from learning_events.rules import may_give_any_badge, may_run_festival
from learning_events.views import deleting
from learning_events.views.admin import (
    badges,
    board,
    calendars,
    changes,
    clashes,
    prints,
    review,
    sessions,
    vocabulary,
)
from participation.foundation.menus import MenuItemFor

# What belongs to the festival joins this menu with hooks.register("register_festival_menu_item").
festival_menu = Menu(
    register_hook_name="register_festival_menu_item", construct_hook_name="construct_festival_menu"
)

LOG_ACTIONS = (
    ("learning_events.write_event", _("Write event"), _("Event written from the site")),
    ("learning_events.change_event", _("Change event"), _("Event changed from the site")),
    ("learning_events.send_event", _("Hand in event"), _("Event handed in")),
    ("learning_events.withdraw_event", _("Withdraw event"), _("Event withdrawn by its organiser")),
    ("learning_events.accept_event", _("Accept event"), _("Event accepted by an editor")),
    ("learning_events.return_event", _("Send event back"), _("Event sent back with a question")),
    ("learning_events.decline_event", _("Decline event"), _("Event not accepted")),
    ("learning_events.call_off_event", _("Call off event"), _("Event called off")),
    (
        "learning_events.discard_changes",
        _("Throw changes away"),
        _("Unpublished changes thrown away by the organiser"),
    ),
    ("learning_events.delete_draft", _("Delete draft"), _("Draft of an event deleted by its organiser")),
    ("learning_events.copy_event", _("Copy event"), _("Event copied from another one")),
    ("learning_events.ask_for_change", _("Ask for a change"), _("Change asked for by the organiser")),
    ("learning_events.grant_change", _("Grant a change"), _("Change granted that the organiser asked for")),
    (
        "learning_events.decline_change",
        _("Decline a change"),
        _("Change declined that the organiser asked for"),
    ),
    ("learning_events.add_session", _("Add session"), _("Session added")),
    ("learning_events.repeat_sessions", _("Repeat sessions"), _("Sessions added by a rule")),
    ("learning_events.change_session", _("Change session"), _("Session changed")),
    ("learning_events.cancel_session", _("Cancel session"), _("Session cancelled")),
    ("learning_events.restore_session", _("Restore session"), _("Cancelled session put back")),
    ("learning_events.remove_session", _("Remove session"), _("Session removed before anybody saw it")),
    ("learning_events.give_calendar", _("Give calendar"), _("Calendar of an organiser given")),
    ("learning_events.bring_in_calendar", _("Bring calendar in"), _("Events of a calendar brought in")),
    (
        "learning_events.take_over_calendar",
        _("Take over from calendar"),
        _("Times taken over from its calendar"),
    ),
    ("learning_events.stop_calendar", _("Stop calendar"), _("Calendar stopped")),
    ("learning_events.offer_badge", _("Offer badge"), _("Badge offered to somebody")),
    ("learning_events.issue_badge", _("Issue badge"), _("Badge accepted and signed")),
    ("learning_events.revoke_badge", _("Revoke badge"), _("Badge of somebody revoked")),
    ("learning_events.erase_badge", _("Erase badge"), _("Badge erased by its holder")),
    ("learning_events.renew_badge_key", _("Renew key of badges"), _("New key signs badges")),
    ("learning_events.book_at_desk", _("Book for somebody"), _("Seats booked at the desk")),
    ("learning_events.cancel_registration", _("Cancel registration"), _("Registration cancelled by staff")),
    ("learning_events.write_to_booked", _("Write to the booked"), _("Mail sent to everybody registered")),
    ("learning_events.export_bookings", _("Export bookings"), _("List of the registered taken out")),
    ("learning_events.ask_question", _("Ask question"), _("Question to the registered added")),
    ("learning_events.remove_question", _("Remove question"), _("Question to the registered removed")),
    ("learning_events.plan_draw", _("Plan draw"), _("End of the time to take part in the draw set")),
    ("learning_events.draw_seats", _("Draw seats"), _("Seats drawn by lot")),
    ("learning_events.print_edition", _("Print edition"), _("Printed edition asked for")),
    ("learning_events.publish_edition", _("Publish edition"), _("Printed edition published")),
    ("learning_events.discard_edition", _("Discard edition"), _("Printed edition thrown away")),
    ("learning_events.free_no_shows", _("Free seats"), _("Seats of people who did not come freed")),
)


@hooks.register("register_log_actions")
def log_actions(actions):
    for name, label, message in LOG_ACTIONS:
        actions.register_action(name, label, message)


hooks.register("before_delete_page", deleting.keep_booked_events)
hooks.register("before_bulk_action", deleting.keep_booked_events_of_many)


# The board, decisions, sessions, clashes, and the words that events are described with.


@hooks.register("register_admin_menu_item")
def festival_menu_item():
    return SubmenuMenuItem(_("Festival"), festival_menu, name="festival", icon_name="calendar-alt", order=245)


@hooks.register("register_admin_urls")
def editors_urls():
    return [
        *board.admin_urls,
        *review.admin_urls,
        *sessions.admin_urls,
        *changes.admin_urls,
        *clashes.admin_urls,
        *prints.admin_urls,
        *calendars.admin_urls,
    ]


class BoardMenuItem(MenuItemFor):
    """The board, with the number of events that wait for an editor."""

    def render_component(self, request):
        component = super().render_component(request)
        if waiting := count_waiting():
            component.label = f"{self.label} ({waiting})"
        return component


@hooks.register("register_festival_menu_item")
def board_menu_item():
    return BoardMenuItem(
        board.Board.page_title,
        reverse(board.BOARD),
        name="festival-board",
        icon_name="tasks",
        order=0,
        rule=may_run_festival,
    )


@hooks.register("register_festival_menu_item")
def changes_menu_item():
    return MenuItemFor(
        changes.ChangeRequests.page_title,
        reverse(changes.REQUESTS),
        name="festival-changes",
        icon_name="edit",
        order=5,
        rule=may_run_festival,
    )


@hooks.register("register_festival_menu_item")
def clashes_menu_item():
    return MenuItemFor(
        clashes.ClashReport.page_title,
        reverse("learning_events_clashes"),
        name="festival-clashes",
        icon_name="warning",
        order=10,
        rule=may_run_festival,
    )


@hooks.register("register_admin_urls")
def badge_urls():
    return badges.admin_urls


@hooks.register("register_festival_menu_item")
def awards_menu_item():
    return MenuItemFor(
        badges.Awards.page_title,
        reverse(badges.AWARDS),
        name="festival-awards",
        icon_name="success",
        order=72,
        rule=may_give_any_badge,
    )


register_snippet(badges.AchievementViewSet)
register_snippet(badges.PathwayViewSet)
hooks.register("before_delete_snippet", badges.keep_badges_of_people)


@hooks.register("register_festival_menu_item")
def prints_menu_item():
    return MenuItemFor(
        prints.Prints.page_title,
        reverse(prints.LIST),
        name="festival-prints",
        icon_name="doc-full",
        order=15,
        rule=may_run_festival,
    )


@hooks.register("register_festival_menu_item")
def calendars_menu_item():
    return MenuItemFor(
        calendars.Calendars.page_title,
        reverse(calendars.CALENDARS),
        name="festival-calendars",
        icon_name="calendar-alt",
        order=12,
        rule=may_run_festival,
    )


register_snippet(vocabulary.EventKindViewSet)
register_snippet(vocabulary.KeyFeatureViewSet)
register_snippet(vocabulary.RoomViewSet)
hooks.register("after_delete_snippet", vocabulary.programme_changes_with_words)
for _action in board.BULK_ACTIONS:
    hooks.register("register_bulk_action", _action)


@hooks.register("after_create_page")
@hooks.register("after_copy_page")
def give_festival_its_workflow(_request, page, new_page=None):
    """Let a new festival's events be looked at by those who run it, unless the city has assigned another workflow."""
    festival = new_page or page
    if isinstance(festival.specific, Festival):
        ensure_workflow(festival.specific)


@hooks.register("insert_global_admin_css")
def festival_admin_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("learning_events/css/admin.css"))
