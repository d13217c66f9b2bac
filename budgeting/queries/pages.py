"""Finds a budget by what a person types: its number or its path."""

from wagtail.models import Page, Site

from budgeting.models import ParticipatoryBudget
from participation.foundation.errors import Missing


def page_at(address: str) -> Page:
    """Return the page with this id or path (for example `/budget-2025/`); raise Missing in words."""
    if address.isascii() and address.isdigit():
        page = Page.objects.filter(pk=int(address[:18])).first()
    else:
        root = Site.objects.select_related("root_page").get(is_default_site=True).root_page
        path = root.url_path + "".join(f"{part}/" for part in address.split("/") if part)
        page = Page.objects.filter(url_path=path).first()
    if page is None:
        raise Missing(f"There is no page {address}. Give its number or its path, for example /budget-2025/.")
    return page


def budget_at(address: str) -> ParticipatoryBudget:
    """Return the participatory budget with this id or path; raise Missing in words."""
    page = page_at(address)
    budget = ParticipatoryBudget.objects.filter(pk=page.pk).first()
    if budget is None:
        raise Missing(f"The page {address} ({page.title}) is not a participatory budget.")
    return budget
