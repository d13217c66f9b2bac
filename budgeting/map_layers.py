"""What participatory budgeting shows on the map of learning places."""

from django.utils.translation import gettext_lazy as _

from budgeting.queries.open_data import open_projects, open_proposals
from budgeting.queries.project import FUNDED
from participation.foundation.map_layers import Layer, Point


def _points(rows, name: str) -> list[Point]:
    """Return the points of proposals or projects; `name` is the address of one in its budget."""
    placed = rows.filter(latitude__isnull=False, longitude__isnull=False).order_by("title", "pk")
    return [
        Point(float(row.latitude), float(row.longitude), row.title, row.budget.url_of(name, row.pk))
        for row in placed.select_related("budget__locale").prefetch_related(None)
    ]


LAYERS = (
    Layer("proposals", _("Proposals"), "chat", 4, lambda: _points(open_proposals(), "proposal")),
    Layer(
        "projects",
        _("Funded projects"),
        "star",
        2,
        lambda: _points(open_projects().filter(status__in=FUNDED), "project"),
    ),
)
