"""The kinds of notices of the map, and of its letters to people without an account."""

from django.utils.translation import gettext_lazy as _

from participation.foundation.notices import Kind

KINDS = {
    "mapping.registration": Kind(_("The city decides on a place that I registered")),
    "mapping.stewardship": Kind(_("Who looks after a place of mine changes")),
    "mapping.still_correct": Kind(_("Is a place that I look after still correct?")),
    "mapping.scout": Kind(_("Places near me that somebody should look at")),
    "mapping.report": Kind(_("Answers to errors that I reported on the map")),
    "mapping.report_on_mine": Kind(_("Somebody reports an error at a place of mine")),
    "mapping.new_place": Kind(_("New places in what I follow"), can_wait=True),
    "mapping.link": Kind(_("Links that I asked for, to register or change a place")),
}
