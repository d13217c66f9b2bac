"""The site itself: its first pages, files, the API's own pages."""

from tests.architecture.access.rows import Row, at

ROWS = [
    Row("api-docs", "ok", "/api/v1/"),
    Row("api-schema", "ok", "/api/v1/schema.json"),
    Row("api-missing", "none", "/api/v1/nothing/"),
    Row("set_language", "away", "/language/setlang/"),
    Row("gallery", "ok", "/design/"),
    Row("media", "ok", lambda w: w.image.file.url),
    Row("page_file", "ok", at("festival", "calendar")),
    Row("wagtail_serve", "ok", "/call/"),
    Row("wagtail_serve unpublished", "none", "/unpublished/"),
    Row("wagtail_serve members only", "login ok", "/members/"),
    Row("wagtailcore_login", "ok", "/_util/login/"),
    Row(
        "wagtailcore_authenticate_with_password",
        "ok",
        lambda w: f"/_util/authenticate_with_password/{w.page_lock.pk}/{w.members.pk}/",
    ),
    Row("wagtaildocs_serve", "ok", lambda w: w.document.url),
    Row("wagtaildocs_serve locked", "login ok", lambda w: w.locked_document.url),
    Row(
        "wagtaildocs_authenticate_with_password",
        "ok",
        lambda w: f"/documents/authenticate_with_password/{w.collection_lock.pk}/",
    ),
]
# Rows with parameters to try, as strangers.
TAKE_PARAMETERS = [
    "api-docs",
    "api-schema",
    "gallery",
]
