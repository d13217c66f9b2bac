"""Files of what a map's list shows, for everybody to download."""

import tempfile

from django.http import FileResponse
from django.urls import path
from django.utils.cache import patch_vary_headers
from django.utils.text import slugify

from mapping.exports import FORMATS, export_places
from mapping.finding import Finding
from mapping.spatial.writing import CONTENT_TYPES
from participation.foundation.errors import Missing
from participation.foundation.pages import page_view

# A larger file waits on the disk instead of in memory.
IN_MEMORY = 4 * 1024 * 1024


@page_view("GET")
def place_file(page, request, kind):
    """Return the places that the list shows for this address, all of them, as one file."""
    if kind not in FORMATS:
        raise Missing
    asked = Finding(page, request.GET)
    asked.form.refuse_nonsense()
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    try:
        export_places(
            asked.index.ids_of(asked.positions),
            kind,
            file,
            address_of=lambda pk: request.build_absolute_uri(page.url_of("place", pk)),
        )
    except BaseException:
        file.close()
        raise
    file.seek(0)
    response = FileResponse(
        file, as_attachment=True, filename=f"{slugify(page.slug)}.{kind}", content_type=CONTENT_TYPES[kind]
    )
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


urls = [path("files/<slug:kind>/", place_file, name="file")]
