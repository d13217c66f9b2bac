"""The kinds of notices of the festival."""

from django.utils.translation import gettext_lazy as _

from participation.foundation.notices import Kind

KINDS = {
    "learning_events.my_event": Kind(_("The festival's editors decide on an event of mine")),
    "learning_events.deadline": Kind(
        _("A deadline of the festival comes near, and an event of mine is not handed in")
    ),
    "learning_events.seat": Kind(_("A seat that I have booked, wait for or was offered")),
    "learning_events.plan_link": Kind(_("The link to my programme, when I ask for it")),
    "learning_events.new_event": Kind(_("New events in what I follow"), can_wait=True),
    "learning_events.badge": Kind(_("Badges that I am offered, and what becomes of them")),
}
