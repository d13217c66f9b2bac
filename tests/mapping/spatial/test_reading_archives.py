"""Archives and shapefiles that are damaged or meant to harm (D5, S15)."""

import stat
import tracemalloc
import zipfile

import pytest

from tests.mapping.spatial.files import (
    barcelona,
    zipped,
)
from tests.mapping.spatial.refusals import refused


def test_D5_a_bomb_is_refused_by_what_it_declares():
    bomb = zipped([("a.shp", b"\0" * 200_000_000)])
    assert len(bomb) < 300_000

    tracemalloc.start()
    error = refused(bomb, "x.zip")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert error.code == "zip-bomb"
    assert peak < 20_000_000


def test_D5_a_bomb_that_lies_about_its_size_is_refused_while_it_unpacks():
    bomb = bytearray(zipped([("a.shp", b"\0" * 50_000_000)]))
    true_size, lie = (50_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert bomb.count(true_size) == 2
    bomb = bytes(bomb).replace(true_size, lie)

    tracemalloc.start()
    error = refused(bomb, "x.zip")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert error.code in ("zip", "zip-bomb")
    assert peak < 20_000_000


def test_D5_a_bomb_of_many_small_entries_is_refused():
    assert refused(zipped((f"{i}.shp", b"\0" * 400_000) for i in range(800)), "x.zip").code == "zip-bomb"
    assert refused(zipped((f"{i}.txt", b"") for i in range(1100)), "x.zip").code == "zip-bomb"


@pytest.mark.parametrize(
    "name",
    [
        "../a.shp",
        "x/../../a.shp",
        "/etc/a.shp",
        "C:\\a.shp",
        "..\\a.shp",
        "~/a.shp",
        "a.shp\x00.txt",
        "c:a.shp",
    ],
)
def test_a_name_that_leads_out_of_the_archive_is_refused(name):
    entry = zipfile.ZipInfo("placeholder")
    entry.filename = name

    assert refused(zipped([(entry, b"x"), ("a.dbf", b"")]), "x.zip").code in ("zip-name", "zip")


def test_a_link_in_an_archive_is_refused():
    entry = zipfile.ZipInfo("a.shp")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert refused(zipped([(entry, b"/etc/passwd")]), "x.zip").code == "zip-name"


def test_an_archive_in_an_archive_is_refused(shared_data):
    inner = zipped([("a.shp", b"x")])

    assert refused(zipped([("inner.zip", inner)]), "x.zip").code == "zip-nested"
    assert refused(barcelona(shared_data, shp=inner), "x.zip").code == "zip-nested"


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([("a.txt", b"x")], "zip-contents"),
        ([("a.shp", b"x"), ("b.shp", b"x")], "zip-several"),
        ([("a.shp", b"")], "shapefile"),
        ([("a.shp", b"x" * 200)], "shapefile"),
        ([], "zip-contents"),
    ],
)
def test_an_archive_without_one_shapefile_is_refused(entries, code):
    assert refused(zipped(entries), "x.zip").code == code


def test_an_archive_with_a_password_is_refused():
    content = bytearray(zipped([("a.shp", b"x")]))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1

    assert refused(bytes(content), "x.zip").code == "zip-encrypted"


def test_a_damaged_shapefile_is_refused(shared_data):
    whole = (shared_data / "boundaries/barcelona/shp-epsg25831/barris.shp").read_bytes()
    table = (shared_data / "boundaries/barcelona/shp-epsg25831/barris.dbf").read_bytes()

    assert refused(barcelona(shared_data, shp=whole[:-10]), "x.zip").code == "shapefile"
    assert refused(barcelona(shared_data, dbf=table[:3000]), "x.zip").code == "shapefile"
    assert refused(barcelona(shared_data, dbf=b"x"), "x.zip").code == "shapefile"


@pytest.mark.parametrize(
    "prj",
    [b"nonsense", b"/etc/passwd", b"EPSG:25831", b"http://127.0.0.1:9/x", b"PROJCS[" * 1000,
     b'GEOGCS["x",DATUM["d",SPHEROID["s",6378137,298],EXTENSION["PROJ4_GRIDS","/etc/passwd"]]]'],
)  # fmt: skip
def test_a_projection_that_is_none_is_refused(shared_data, prj, no_network):
    assert refused(barcelona(shared_data, prj=prj), "x.zip").code == "crs"
