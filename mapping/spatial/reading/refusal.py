"""What an uploaded file may be at most, and the words for every way in which it cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an uploaded file is read; bytes, counts and, for archives, the ratio of unzipped to zipped."""

    max_bytes: int = 20_000_000
    max_rows: int = 50_000
    max_columns: int = 200
    max_cells: int = 2_000_000
    # Cells of a workbook took some thirty times as long to read as those of a plain table.
    max_workbook_cells: int = 500_000
    max_cell: int = 10_000
    max_vertices: int = 2_000_000
    max_feature_vertices: int = 50_000
    max_depth: int = 8
    max_zip_ratio: int = 100
    max_unzipped: int = 200_000_000
    max_zip_entries: int = 1_000


LIMITS = Limits()

# A code and its sentence for every refusal: what is wrong and what to do next. Whoever shows them may translate them.
WORDS = {
    "empty": "The file is empty. Choose the file again and check that it holds your list.",
    "too-large": "The file is larger than %(limit)d MB. Split it and upload the parts one after the other.",
    "too-many-rows": "The file has more than %(limit)d rows. Split it and upload the parts one after the other.",
    "too-many-columns": "The file has more than %(limit)d columns. Remove the columns that are not needed.",
    "too-many-cells": "The file has more than %(limit)d cells. Remove the columns that are not needed, or split the file.",
    "cell-too-long": "The text under “%(column)s” is longer than %(limit)d characters. Shorten it.",
    "bad-character": (
        "The text under “%(column)s” holds a character that is not text (%(character)s). Delete it and type it again."
    ),
    "too-many-vertices": "The outlines have more than %(limit)d corners in all. Simplify them, or split the file.",
    "outline-too-detailed": "This outline has more than %(limit)d corners. Simplify it.",
    "too-deep": "The file nests its contents more than %(limit)d levels deep. Save it again from a map program.",
    "extension": (
        "The name ends in “.%(extension)s”, but the file holds %(found)s. Rename the file, or choose the right one."
    ),
    "unknown-format": (
        "This is no table of places that can be read here. Save it as CSV, XLSX, GeoJSON, GeoPackage, KML or a zipped"
        " shapefile."
    ),
    "old-excel": "This is an Excel file of the old kind (.xls). Open it and save it as .xlsx or CSV.",
    "kmz": "This is a KMZ file. Rename it to .zip, unpack it, and upload the .kml file from it.",
    "encoding": "This line is not in UTF-8. Save the file again as “CSV UTF-8” and upload that.",
    "no-heading": "The first line names no columns. Write the name of each column into the first line.",
    "no-rows": "The file has a heading but no rows below it.",
    "column-twice": "The column “%(column)s” is named twice. Rename or remove one of the two.",
    "too-many-cells-in-row": (
        "This line has %(found)d cells, but the first line names %(wanted)d columns. Remove the extra separator, or put"
        " the text that holds it into quotation marks."
    ),
    "quotes": "The quotation marks do not match. Check that each one is closed and that a mark inside a text is doubled.",
    "json": "This is not valid JSON (%(why)s). Save the file again from a map program.",
    "not-a-number": "A position or value is not a finite number (%(value)s). Correct it.",
    "not-features": "This JSON holds neither GeoJSON features nor OpenStreetMap elements.",
    "feature": "This is not a GeoJSON feature with properties and a geometry.",
    "geometry-kind": "A geometry of the kind “%(kind)s” cannot be read. Use points, lines or polygons.",
    "geometry": "The geometry is damaged. Draw it again, or save the file again from a map program.",
    "ring": "The outline is not closed: a ring needs four corners or more, and the last one equals the first.",
    "range": (
        "The position %(x)s, %(y)s is not a longitude and latitude. If the file counts in metres, name its coordinate"
        " system when you upload it."
    ),
    "crs": "The coordinate system “%(crs)s” is not known. Save the file again in WGS 84 (EPSG:4326).",
    "zip": "The archive is damaged. Pack the files again and upload the new archive.",
    "zip-bomb": "The archive unpacks to far more than its size. Pack only the files of your map.",
    "zip-name": "The archive holds an unsafe file name (%(name)s). Pack the files again without folders and links.",
    "zip-nested": "The archive holds another archive (%(name)s). Unpack that first and upload its contents.",
    "zip-encrypted": "The archive has a password. Pack it again without one.",
    "zip-several": "The archive holds several shapefiles (%(names)s). Pack and upload one at a time.",
    "zip-contents": "The archive holds no shapefile. It needs the .shp, .dbf and .prj files of one map.",
    "shapefile": "The shapefile is damaged (%(part)s). Save it again from a map program and zip all its parts.",
    "xml": "The XML is damaged (%(why)s). Save the file again from the program it came from.",
    "xml-entities": "The file holds a document type or entities, which are not accepted. Save it again without them.",
    "kml": "This XML is not KML. Save your map as KML or GeoJSON.",
    "workbook": "The workbook is damaged. Open it in your spreadsheet program and save it again as .xlsx.",
    "sheet": "There is no sheet or layer “%(name)s”. The file has: %(found)s.",
    "database": "The GeoPackage is damaged. Save it again from a map program.",
    "database-parts": (
        "The GeoPackage holds a part that is not accepted (%(name)s). Save only the layer of your map into a new GeoPackage."
    ),
    "no-layer": "The GeoPackage holds no layer of places or areas.",
    "no-position": "Name the columns that hold latitude and longitude.",
}


class Unreadable(ValueError):
    """A file that cannot be read: a code, the sentence for it with its parameters, and where in the file it went wrong.

    `line` is a line of a table or the number of a feature, as `unit` ("line" or "feature") says; both count from one.
    Who reads files of another kind has words of its own.
    """

    words: ClassVar[Mapping[str, str]] = WORDS

    def __init__(self, code: str, *, line: int | None = None, unit: str = "line", **params: object) -> None:
        self.code = code
        self.message_id = self.words[code]
        self.line = line
        self.unit = unit
        self.params = params
        super().__init__(code)

    def __str__(self) -> str:
        words = self.message_id % self.params
        return f"{self.unit.capitalize()} {self.line}: {words}" if self.line is not None else words
