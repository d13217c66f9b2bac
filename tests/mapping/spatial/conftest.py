"""What the tests of files share: a network that nobody may ask, and a GeoPackage."""

import socket

import pytest
import shapely

from tests.mapping.spatial.files import (
    geopackage,
)


@pytest.fixture
def no_network(monkeypatch):
    """Fail the test if anything asks for a connection."""

    def connect(*arguments):
        raise AssertionError(f"a connection was opened: {arguments}")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", connect)


@pytest.fixture
def package(tmp_path):
    import geopandas

    frame = geopandas.GeoDataFrame(
        {"name": ["a", "b"]}, geometry=shapely.points([[1, 2], [3, 4]]), crs="EPSG:4326"
    )
    return geopackage(tmp_path, frame)
