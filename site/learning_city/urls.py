"""Every address of the site."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("account/", include("allauth.urls")),
    path("documents/", include(wagtaildocs_urls)),
]
if settings.MEDIA_URL.startswith("/"):
    urlpatterns.append(
        re_path(rf"^{settings.MEDIA_URL[1:]}(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}, name="media")
    )
urlpatterns.append(path("", include(wagtail_urls)))
