"""Every address of the site; `tests/architecture/test_access.py` says who gets what at each."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from learning_city.accounts.views import to_sign_in
from learning_city.gallery import gallery

handler500 = "learning_city.faults.server_error"
urlpatterns = [
    # Wagtail's own door knows no second factor (S5).
    path("admin/login/", to_sign_in),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v1/", include("learning_city.api")),
    path("language/", include("django.conf.urls.i18n")),
    path("map/", include("mapping.urls")),
    path("learning/", include("learning_events.machine_urls")),
]
if settings.MEDIA_URL.startswith("/"):
    urlpatterns.append(
        re_path(
            rf"^{settings.MEDIA_URL[1:]}(?P<path>.*)$",
            serve,
            {"document_root": settings.MEDIA_ROOT},
            name="media",
        )
    )
# Pages that people read: in the default language without a prefix, in the others behind theirs.
pages = [
    path("account/", include("learning_city.accounts.urls")),
    path("design/", gallery, name="gallery"),
    path("", include("participation.urls")),
    path("", include("learning_events.urls")),
]
if settings.DEMO:
    pages.append(path("demo/", include("learning_city.demo.urls")))
pages += [path("", include("participation.foundation.page_files")), path("", include(wagtail_urls))]
urlpatterns += i18n_patterns(*pages, prefix_default_language=False)
