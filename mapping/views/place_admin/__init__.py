"""Places in the Wagtail admin: found, changed, compared and restored, many at a time; and what is missing, as reports.

Nothing is saved here: every change goes through the domain, which keeps the revision and the audit trail.
"""

from mapping.views.place_admin.bulk import BULK_ACTIONS
from mapping.views.place_admin.reports import REPORTS, admin_urls
from mapping.views.place_admin.viewset import KeepingPolicy, PlaceViewSet

__all__ = ["BULK_ACTIONS", "REPORTS", "KeepingPolicy", "PlaceViewSet", "admin_urls"]
