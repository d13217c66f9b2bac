"""The kinds of notices of participatory budgeting."""

from django.utils.translation import gettext_lazy as _

from participation.foundation.notices import Kind

KINDS = {
    "budgeting.received": Kind(_("We have received my proposal")),
    "budgeting.decided": Kind(_("The city decides on my proposal")),
    "budgeting.hidden": Kind(_("The city hides or shows my proposal")),
}
