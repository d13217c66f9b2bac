"""The files of an election for everybody to download, with what they are and how to check them."""

import gzip
import hashlib
from collections.abc import Collection

from django.http import HttpResponse
from django.urls import path
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext_lazy as _

from budgeting.domain.election_file import file_stem
from budgeting.enums import FileKind
from budgeting.exports import result_csv
from budgeting.models import ElectionFile
from budgeting.queries.election_file import published_files, slug_of
from budgeting.queries.result import result_of
from participation.foundation.errors import Missing
from participation.foundation.pages import page_view

CONTENT_TYPES = {
    FileKind.BALLOTS: "text/plain; charset=utf-8",
    FileKind.TRACKERS: "text/plain; charset=utf-8",
    FileKind.OUTCOME: "application/json",
}
CSV = "text/csv; charset=utf-8"
_WORDS = {
    FileKind.BALLOTS: _("All ballots, in the Pabulib format"),
    FileKind.TRACKERS: _("Digests of the codes on all receipts, one a line"),
    FileKind.OUTCOME: _("The count with every step and reason"),
}
_OTHER = _("The count under the other rule, to compare")


def described_files(page, box, files: list[ElectionFile], *, official: Collection[int]) -> list[dict]:
    """Return what each file is, its address, size and digest, the table for spreadsheets last.

    `official` are the files of the counts that decide; other outcomes are there to compare.
    """
    described = [
        {
            "name": file.name,
            "words": _OTHER
            if file.kind == FileKind.OUTCOME and file.pk not in official
            else _WORDS[FileKind(file.kind)],
            "url": page.url_of("file", slug_of(file.name)),
            "size": file.size,
            "sha256": file.sha256,
        }
        for file in files
    ]
    name = _table_name(box)
    table = {
        "name": name,
        "words": _("The results as a table (CSV)"),
        "url": page.url_of("file", slug_of(name)),
    }
    return [*described, table]


def _table_name(box) -> str:
    return f"{file_stem(box)}-results.csv"


@page_view("GET")
def download(page, request, name):
    """One published file, byte for byte; before the result is published there is none (V19)."""
    file = next((file for file in published_files(page) if slug_of(file.name) == name), None)
    if file is not None:
        return _stored(request, file)
    result = result_of(page, request.user)
    if result is None or name != slug_of(_table_name(result.box)):
        raise Missing
    # A byte order mark, so that spreadsheets read the file as UTF-8.
    content = result_csv(result).encode("utf-8-sig")
    return _answer(
        request,
        content,
        name=_table_name(result.box),
        content_type=CSV,
        etag=hashlib.sha256(content).hexdigest(),
    )


def _stored(request, file: ElectionFile) -> HttpResponse:
    """Send a stored file, as it lies in the database (compressed) to browsers that take that."""
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    content = bytes(file.content_gzip) if packed else gzip.decompress(file.content_gzip)
    response = _answer(
        request,
        content,
        name=file.name,
        content_type=CONTENT_TYPES[FileKind(file.kind)],
        etag=f"{file.sha256}-gzip" if packed else file.sha256,
    )
    if packed and response.status_code == 200:
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _answer(request, content: bytes, *, name: str, content_type: str, etag: str) -> HttpResponse:
    quoted = f'"{etag}"'
    headers = {
        "ETag": quoted,
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    response = HttpResponse(content, content_type=content_type, headers=headers)
    return get_conditional_response(request, etag=quoted, response=response)


urls = [path("files/<slug:name>/", download, name="file")]
