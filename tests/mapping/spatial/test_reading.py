"""What people upload is read as they wrote it, whatever program it came from."""

import json

import numpy as np
import pytest
import shapely

from mapping.spatial.reading import Unreadable, guess_columns, points_of, read_table
from tests.mapping.spatial.files import (
    barcelona,
    collection,
    feature,
    geopackage,
    kml,
    point,
    workbook,
    zipped,
)


def test_a_plain_table_keeps_zeros_lines_and_blanks():
    table = read_table(b'name,plz,text\r\n"Haus, Ost",01067,"two\r\nlines"\r\n\r\nWest,,x\r\n', "places.csv")

    assert table.columns == ("name", "plz", "text")
    assert table.rows == [
        {"name": "Haus, Ost", "plz": "01067", "text": "two\r\nlines"},
        {"name": "West", "plz": None, "text": "x"},
    ]
    assert table.lines == [2, 5]
    assert (table.format, table.geometries, table.notes) == ("csv", [None, None], [])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_csv_says_the_same(separator, encoding, end):
    text = end.join([separator.join(row) for row in (("name", "ort"), ("Bücherhalle", "Köln"))])

    table = read_table(text.encode(encoding), "x.csv")

    assert table.rows == [{"name": "Bücherhalle", "ort": "Köln"}]
    assert [note.code for note in table.notes] == (["cp1252"] if encoding == "cp1252" else [])


def test_emoji_right_to_left_and_zero_width_text_stay(tmp_path):
    name = "📚 مكتبة \u200d עברית 🏳️‍🌈"

    assert read_table(f"name\n{name}\n".encode(), "x.csv").rows == [{"name": name}]
    assert read_table(collection(feature(point(), name=name)), "x.geojson").rows == [{"name": name}]


def test_our_own_apostrophe_before_a_formula_is_taken_back():
    table = read_table(b"phone,name\n'+49 40 1,'s Heeren\n", "x.csv")

    assert table.rows == [{"phone": "+49 40 1", "name": "'s Heeren"}]


def test_hamburg_s_places_are_read_whole(shared_data):
    table = read_table(shared_data / "places/hamburg/libraries.csv", "libraries.csv")

    points, problems = points_of(table)

    assert len(table) == len(points) == 157
    assert problems == []
    assert {len(row["zip_code"]) for row in table.rows if row["zip_code"]} == {5}
    assert sum(row["street"] is None for row in table.rows) > 50
    assert sum(row["geojson_feature_id"] == "0" for row in table.rows) == 17
    assert guess_columns(table) == {
        "source_id": "id", "name": "name", "street": "street", "postal_code": "zip_code", "latitude": "lat",
        "longitude": "lon",
    }  # fmt: skip


def test_a_place_without_a_name_stays_in_the_table(shared_data):
    unnamed = 0
    for path in sorted((shared_data / "places/hamburg").glob("*.csv")):
        unnamed += sum(row["name"] is None for row in read_table(path, path.name).rows)
    assert unnamed > 0


@pytest.mark.parametrize(
    ("name", "rows", "nowhere"),
    [
        ("libraries-with-opening-hours", 35, 1), ("museums-and-galleries", 11, 1), ("community-centres", 49, 2),
        ("leisure", 63, 3),
    ],
)  # fmt: skip
def test_edinburgh_writes_both_coordinates_into_one_text(shared_data, name, rows, nowhere):
    table = read_table(shared_data / f"places/edinburgh/{name}.csv", f"{name}.csv")

    points, problems = points_of(table, latlon="Location")

    assert guess_columns(table)["latlon"] == "Location"
    assert len(points) == rows
    assert points.count(None) == nowhere
    assert problems == []
    assert all(55.5 < lat < 56.2 and -4 < lon < -2.5 for lat, lon in filter(None, points))


def test_edinburgh_s_schools_are_counted_in_metres_of_the_british_grid(shared_data):
    table = read_table(shared_data / "places/edinburgh/schools.csv", "schools.csv")

    points, problems = points_of(table, x="X_COORD", y="Y_COORD", crs="EPSG:27700")

    assert problems == []
    assert len(points) == 158
    assert points[0] == pytest.approx((55.9564, -3.1696), abs=0.0005)  # Abbeyhill Primary School
    assert all(55.79 < lat < 56.1 and -3.5 < lon < -3.0 for lat, lon in points)


def test_lines_that_end_early_are_filled_and_noted(shared_data):
    name = "outdoor-education-providers.csv"

    table = read_table(shared_data / "places/edinburgh" / name, name)

    assert len(table) == 114
    assert [(note.code, note.words.split()[0]) for note in table.notes] == [("short-rows", "99")]


def test_newcastle_s_geojson_and_csv_say_the_same(shared_data):
    drawn = read_table(shared_data / "places/newcastle/libraries.geojson", "libraries.geojson")
    written = read_table(shared_data / "places/newcastle/libraries.csv", "libraries.csv")

    assert points_of(drawn) == points_of(written)
    assert [row["name"] for row in drawn.rows] == [row["name"] for row in written.rows]
    assert [row["due"] for row in drawn.rows] == [row["due"] for row in written.rows]


def test_slovakia_s_libraries_come_from_openstreetmap(shared_data):
    name = "osm-libraries-overpass.json"

    table = read_table(shared_data / "places/slovakia" / name, name)

    assert (table.format, len(table)) == ("osm", 962)
    assert table.rows[0]["id"] == "way/117107101"
    points, _problems = points_of(table)
    assert points[0] == (48.1701673, 17.074798)
    assert None not in points
    assert sum(row["opening_hours"] is not None for row in table.rows) == 69
    assert sum(row["wheelchair"] is not None for row in table.rows) == 9
    guessed = guess_columns(table)
    assert (guessed["postal_code"], guessed["locality"], guessed["source_id"]) == (
        "addr:postcode",
        "addr:city",
        "id",
    )


def test_barcelona_s_shapefile_in_metres_is_its_geojson_in_degrees(shared_data):
    table = read_table(barcelona(shared_data), "barris.zip")
    wanted = read_table(shared_data / "boundaries/barcelona/barris.geojson", "barris.geojson")

    assert (table.format, table.crs_found, len(table)) == ("shapefile", "EPSG:25831", 73)
    assert [row["NOM"] for row in table.rows] == [row["NOM"] for row in wanted.rows]
    assert [row["BARRI"] for row in table.rows] == [row["BARRI"] for row in wanted.rows]
    assert table.rows[0]["BARRI"] == "01"
    assert (
        max(a.hausdorff_distance(b) for a, b in zip(table.geometries, wanted.geometries, strict=True)) < 1e-5
    )


def test_a_shapefile_is_read_as_gdal_reads_it(shared_data):
    import geopandas

    table = read_table(barcelona(shared_data), "barris.zip")
    frame = geopandas.read_file(shared_data / "boundaries/barcelona/shp-epsg25831/barris.shp").to_crs(
        "EPSG:4326"
    )

    assert shapely.equals_exact(
        shapely.normalize(np.array(table.geometries)), shapely.normalize(frame.geometry.to_numpy()), 1e-12
    ).all()
    assert set(table.columns) == set(frame.columns) - {"geometry"}


def test_a_shapefile_without_projection_takes_the_named_system(shared_data):
    content = barcelona(shared_data, prj=None)

    assert read_table(content, "b.zip", crs="EPSG:25831").geometries[0].centroid.x == pytest.approx(
        2.17, abs=0.05
    )
    with pytest.raises(Unreadable) as caught:
        read_table(content, "b.zip")
    assert (caught.value.code, caught.value.line) == ("range", 1)


def test_every_real_boundary_is_read(shared_data):
    found = {
        path.name: len(read_table(path, path.name))
        for path in sorted((shared_data / "boundaries").glob("*/*.geojson"))
    }

    assert found == {
        "barris.geojson": 73, "districtes.geojson": 10, "wards-S12000036.geojson": 17, "hamburg-districts.geojson": 7,
        "hamburg-quarters.geojson": 181, "wards.geojson": 26,
    }  # fmt: skip


def test_a_geopackage_is_read_with_its_system_and_zeros(shared_data, tmp_path):
    import geopandas

    frame = geopandas.read_file(shared_data / "boundaries/hamburg/hamburg-quarters.geojson")
    content = geopackage(tmp_path, frame.to_crs("EPSG:25832"), layer="Ortsteile")

    table = read_table(content, "quarters.gpkg")

    assert (table.format, table.crs_found, len(table)) == ("gpkg", "EPSG:25832", 181)
    assert table.rows[0]["district_id"].startswith("0")
    assert shapely.equals_exact(np.array(table.geometries), frame.geometry.to_numpy(), 1e-6).all()
    assert read_table(content, "quarters.gpkg", sheet="Ortsteile").rows == table.rows
    with pytest.raises(Unreadable, match="There is no sheet or layer “Bezirke”"):
        read_table(content, "quarters.gpkg", sheet="Bezirke")


@pytest.mark.parametrize(
    "wkt",
    [
        "POINT (1 2)", "POINT Z (1 2 3)", "LINESTRING (1 2, 3 4)", "MULTIPOINT ((1 2), (3 4))",
        "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 1, 2 2, 1 1))", "POLYGON Z ((0 0 1, 4 0 1, 4 4 1, 0 0 1))",
        "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))", "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))",
    ],
)  # fmt: skip
def test_every_kind_of_geometry_comes_out_of_every_format(wkt, tmp_path):
    import geopandas

    shape = shapely.from_wkt(wkt)
    frame = geopandas.GeoDataFrame({"name": ["a"]}, geometry=[shape], crs="EPSG:4326")
    flat = shapely.force_2d(shape)
    frame.to_file(tmp_path / "a.shp", engine="pyogrio")
    parts = zipped(
        (f"a.{part}", (tmp_path / f"a.{part}").read_bytes()) for part in ("shp", "dbf", "prj", "cpg")
    )
    frame.to_file(tmp_path / "a.kml", driver="KML", engine="pyogrio")

    for content, name in [
        (geopackage(tmp_path, frame), "a.gpkg"),
        (frame.to_json().encode(), "a.geojson"),
        (parts, "a.zip"),
        ((tmp_path / "a.kml").read_bytes(), "a.kml"),
    ]:
        table = read_table(content, name)
        assert shapely.equals(table.geometries[0], flat), name
        if not name.endswith("kml"):
            assert table.rows[0]["name"] == "a"


def test_kml_placemarks_bring_names_data_and_outlines():
    content = kml(
        '<Folder><Placemark id="p1"><name>Library &amp; café</name><ExtendedData><Data name="plz"><value>01067</value>'
        "</Data></ExtendedData><Point><coordinates> 10.0,53.5,0 </coordinates></Point></Placemark>"
        "<Placemark><name>Park</name><description><![CDATA[<b>big</b>]]></description><MultiGeometry><Polygon>"
        "<outerBoundaryIs><LinearRing><coordinates>0,0 4,0 4,4 0,0</coordinates></LinearRing></outerBoundaryIs>"
        "<innerBoundaryIs><LinearRing><coordinates>2,1 3,1 3,2 2,1</coordinates></LinearRing></innerBoundaryIs>"
        "</Polygon></MultiGeometry></Placemark><Placemark><name>Nowhere</name></Placemark></Folder>"
        "<NetworkLink><Link><href>http://127.0.0.1:9/</href></Link></NetworkLink>"
    )

    table = read_table(content, "map.kml")

    assert [row["name"] for row in table.rows] == ["Library & café", "Park", "Nowhere"]
    assert (table.rows[0]["id"], table.rows[0]["plz"], table.rows[1]["description"]) == (
        "p1",
        "01067",
        "<b>big</b>",
    )
    assert table.geometries[0] == shapely.Point(10, 53.5)
    assert table.geometries[1].area == 7.5
    assert table.geometries[2] is None


def test_a_workbook_keeps_text_and_shows_numbers_as_they_look():
    import io
    from datetime import date

    import openpyxl

    book = openpyxl.load_workbook(
        io.BytesIO(
            workbook(
                ["name", "plz", "lat", "open", "since"],
                ["A", "01067", 53.5511, True, date(2020, 1, 2)],
                [],
                ["B"],
            )
        )
    )
    book.active["B4"] = 1067
    book.active["B4"].number_format = "00000"
    out = io.BytesIO()
    book.save(out)

    table = read_table(out.getvalue(), "x.xlsx")

    assert table.rows == [
        {"name": "A", "plz": "01067", "lat": "53.5511", "open": "true", "since": "2020-01-02"},
        {"name": "B", "plz": "01067", "lat": None, "open": None, "since": None},
    ]
    assert table.lines == [2, 4]


def test_the_workbook_of_an_office_may_begin_with_titles(shared_data):
    table = read_table(shared_data / "boundaries/hamburg/stadtteilprofile-2014.xlsx", "profile.xlsx")

    assert len(table.columns) == 69
    assert table.columns[1:3] == ("Bevölkerung", "Unter 18-Jährige")
    altstadt = next(row for row in table.rows if row["column 1"] == "Hamburg-Altstadt")
    assert (altstadt["Bevölkerung"], altstadt["Wanderungssaldo"]) == ("1675", "-23")


def test_another_sheet_may_be_named():
    content = workbook(["name"], ["A"], title="One")

    assert read_table(content, "x.xlsx", sheet="One").rows == [{"name": "A"}]
    with pytest.raises(Unreadable, match="“Two”"):
        read_table(content, "x.xlsx", sheet="Two")


def test_old_geojson_that_names_its_system_is_moved():
    content = collection(
        feature(point(565000, 5934000)),
        crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}},
    )

    table = read_table(content, "x.geojson")

    assert table.crs_found == "EPSG:25832"
    assert points_of(table)[0][0] == pytest.approx((53.55, 9.98), abs=0.01)


def test_values_of_geojson_become_text():
    content = collection(feature(None, a=1, b=1.5, c=True, d=None, e=["x"], f=12345678901234567890, g=""))

    assert read_table(content, "x.json").rows == [
        {"a": "1", "b": "1.5", "c": "true", "d": None, "e": '["x"]', "f": "12345678901234567890", "g": None}
    ]


def test_features_need_not_have_the_same_properties():
    table = read_table(collection(feature(point(), a="1"), feature(point(), b="2")), "x.geojson")

    assert table.rows == [{"a": "1", "b": None}, {"a": None, "b": "2"}]


def test_a_lone_geometry_and_a_lone_feature_are_tables_of_one():
    assert len(read_table(json.dumps(point()).encode(), "x.json")) == 1
    assert len(read_table(json.dumps(feature(point())).encode(), "x.json")) == 1


def test_german_and_osm_headings_are_known():
    table = read_table(
        "Name der Einrichtung;Straße/Hausnummer;PLZ;Ort;Breitengrad;Längengrad;Öffnungszeiten;Telefon;E-Mail;Webseite;"
        "Barrierefrei;Sprachen;Kategorie;Beschreibung\nA;;;;;;;;;;;;;\n".encode(),
        "x.csv",
    )

    assert guess_columns(table) == {
        "name": "Name der Einrichtung", "street": "Straße/Hausnummer", "postal_code": "PLZ", "locality": "Ort",
        "latitude": "Breitengrad", "longitude": "Längengrad", "opening_hours": "Öffnungszeiten", "phone": "Telefon",
        "email": "E-Mail", "website": "Webseite", "wheelchair": "Barrierefrei", "languages": "Sprachen",
        "category": "Kategorie", "description": "Beschreibung",
    }  # fmt: skip


def test_a_village_called_location_is_no_position():
    table = read_table(b"name,location\nA,Leith\n", "x.csv")

    assert "latlon" not in guess_columns(table)
