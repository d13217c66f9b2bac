"""Addresses of files below pages, such as calendar.ics: a site includes them right before Wagtail's own.

Wagtail's pattern knows only addresses that end in a slash. They come after everybody else's, whose files may have the same
endings.
"""

from django.urls import re_path
from wagtail.views import serve

urlpatterns = [
    re_path(r"^((?:[\w-]+/)*[\w-]+\.(?:ics|json|xml|atom|csv|pdf))$", serve, name="page_file"),
]
