"""Files as people and attackers make them, built in memory."""

import io
import json
import sqlite3
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

BARCELONA = "boundaries/barcelona/shp-epsg25831"


def feature(geometry: object, **properties: object) -> dict:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: object, **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def point(x: object = 10.0, y: object = 53.5) -> dict:
    return {"type": "Point", "coordinates": [x, y]}


def zipped(entries: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def barcelona(data: Path, **replaced: bytes | None) -> bytes:
    """Zip Barcelona's shapefile; a part given as bytes is replaced, as None left out."""
    parts = {
        part: (data / BARCELONA / f"barris.{part}").read_bytes() for part in ("shp", "shx", "dbf", "prj")
    }
    parts |= replaced
    return zipped((f"barris.{part}", content) for part, content in parts.items() if content is not None)


def workbook(*rows: Iterable[object], title: str = "Places") -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(archive: bytes, name: str, change) -> bytes:
    """Return the archive with one part changed by a function, or added where it is not there."""
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        entries = {entry: file.read(entry) for entry in file.namelist()}
    entries[name] = change(entries.get(name, b""))
    return zipped(entries.items())


def geopackage(folder: Path, frame, layer: str = "places") -> bytes:
    path = folder / "made.gpkg"
    path.unlink(missing_ok=True)
    frame.to_file(path, driver="GPKG", layer=layer, engine="pyogrio")
    return path.read_bytes()


def with_sql(folder: Path, content: bytes, *statements: str | tuple) -> bytes:
    path = folder / "changed.gpkg"
    path.write_bytes(content)
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        if isinstance(statement, str):
            connection.execute(statement)
        else:
            connection.execute(*statement)
    connection.close()
    return path.read_bytes()


def drop_triggers(folder: Path, content: bytes) -> list[str]:
    path = folder / "triggers.gpkg"
    path.write_bytes(content)
    connection = sqlite3.connect(path)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.close()
    return [f"DROP TRIGGER {name}" for (name,) in names]


def kml(body: str) -> bytes:
    return f'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>'.encode()


def nested_wkb(depth: int) -> bytes:
    """A GeometryCollection in a GeometryCollection, and so on, in GeoPackage's wrapping."""
    inner = struct.pack("<BIdd", 1, 1, 1.0, 1.0)
    return b"GP\x00\x01\x00\x00\x00\x00" + struct.pack("<BII", 1, 7, 1) * depth + inner
