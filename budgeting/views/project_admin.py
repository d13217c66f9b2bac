"""Projects in the Wagtail admin: found by budget and status; what was frozen for the vote cannot be changed there."""

import django_filters
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from budgeting.models import ParticipatoryBudget, Project


class SitePageColumn(Column):
    """A link to the project's page on the site, where news are posted and steps planned."""

    def render_cell_html(self, instance, parent_context):
        address = instance.budget.url_of("project", instance.pk)
        return format_html('<td><a href="{}">{}</a></td>', address, _("Report on the site"))


class ProjectFilter(WagtailFilterSet):
    # By "id": as a key of another table, a number too large for the database would be an error of ours.
    budget = django_filters.ModelChoiceFilter(
        queryset=ParticipatoryBudget.objects.order_by("title"), to_field_name="id", label=_("Budget")
    )

    class Meta:
        model = Project
        fields = ["status", "budget"]


class ProjectViewSet(SnippetViewSet):
    model = Project
    icon = "tasks"
    menu_label = _("Projects")
    menu_name = "projects"
    menu_order = 30
    menu_hook = "register_budgets_menu_item"
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 30
    list_display = ["title", "code", "budget", "area", "status", SitePageColumn("page", label=_("Follow-up"))]
    filterset_class = ProjectFilter
    search_fields = ["title"]
    panels = [
        HelpPanel(
            content=_(
                "Title, cost and area stand on the ballot and cannot be changed here. News and steps are told on the "
                "project's own page on the site."
            )
        ),
        FieldPanel("title", read_only=True),
        FieldPanel("status", read_only=True),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
    ]

    def get_queryset(self, request):
        return Project.objects.select_related("budget__locale", "area").defer("source").order_by("-pk")
