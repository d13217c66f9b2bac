"""GeoPackages that are damaged or hold more than tables."""

import pytest

from mapping.spatial.reading import read_table
from tests.mapping.spatial.files import (
    drop_triggers,
    nested_wkb,
    with_sql,
)
from tests.mapping.spatial.refusals import refused


def test_the_usual_triggers_of_a_geopackage_are_no_reason(package):
    assert len(read_table(package, "x.gpkg")) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW spy AS SELECT load_extension('x')",
        "CREATE TRIGGER spy AFTER INSERT ON places BEGIN DELETE FROM places; END",
        "CREATE VIRTUAL TABLE spy USING fts5(x)",
    ],
)
def test_a_geopackage_with_more_than_tables_is_refused(package, tmp_path, statement):
    error = refused(with_sql(tmp_path, package, statement), "x.gpkg")

    assert (error.code, error.params["name"].startswith("spy")) == ("database-parts", True)


def test_a_layer_that_is_a_view_is_refused(package, tmp_path):
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid, i AS geom FROM n"
    )
    changed = with_sql(
        tmp_path, package, "ALTER TABLE places RENAME TO old", f"CREATE VIEW places AS {endless}"
    )

    assert refused(changed, "x.gpkg").code == "database-parts"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM gpkg_contents",
        "DROP TABLE gpkg_contents",
        "DELETE FROM gpkg_geometry_columns",
        "UPDATE gpkg_geometry_columns SET column_name = 'none'",
        "UPDATE gpkg_geometry_columns SET srs_id = 77",
        "UPDATE gpkg_spatial_ref_sys SET organization_coordsys_id = 999999 WHERE srs_id = 4326",
        "UPDATE gpkg_contents SET table_name = 'sqlite_master; DROP TABLE x'",
        "UPDATE gpkg_contents SET table_name = '\"'",
    ],
)
def test_a_damaged_geopackage_is_refused(package, tmp_path, statement):
    changed = with_sql(tmp_path, package, "PRAGMA foreign_keys = OFF", statement)

    assert refused(changed, "x.gpkg").code in ("database", "no-layer", "crs")


@pytest.mark.parametrize(
    "blob",
    [
        b"x", b"GP", b"GP\x00\x01" + b"\0" * 4, b"GP\x00\x01" + b"\0" * 4 + b"\x01\x03\0\0\0\xff\xff\xff\xff",
        b"GP\x00\x01" + b"\0" * 4 + b"\x01\x06\0\0\0\xff\xff\xff\x0f" + b"\0" * 50, nested_wkb(1), nested_wkb(100_000),
        b"GP\x00\x0f" + b"\0" * 4 + b"\x01\x01\0\0\0" + b"\0" * 16,
    ],
)  # fmt: skip
def test_a_damaged_geometry_of_a_geopackage_is_refused(package, tmp_path, blob):
    # The triggers of the index would parse the geometry first.
    changed = with_sql(
        tmp_path,
        package,
        *drop_triggers(tmp_path, package),
        ("UPDATE places SET geom = ? WHERE fid = 2", (blob,)),
    )

    error = refused(changed, "x.gpkg")

    assert error.code in ("geometry", "geometry-kind", "outline-too-detailed")
    assert error.line == 2


def test_reading_leaves_no_file_behind(package, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "room"))
    (tmp_path / "room").mkdir()

    read_table(package, "../../etc/passwd.gpkg")
    refused(package[:-3000], "x.gpkg")

    assert list((tmp_path / "room").iterdir()) == []
