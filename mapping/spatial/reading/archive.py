"""Zip archives, unpacked in memory and never to a path: names, links, nesting and sizes are checked on the way."""

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mapping.spatial.reading.refusal import Limits, Unreadable

_CHUNK = 65_536
_PLENTY = 1_000_000  # below this an archive may shrink its contents as far as it likes
_ARCHIVES = (".zip", ".kmz", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".zst")
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")


class Archive:
    """An open archive whose entries have been judged by their declarations; reading them is judged again."""

    def __init__(self, file: zipfile.ZipFile, size: int, limits: Limits) -> None:
        self._file = file
        self._size = size
        self._limits = limits
        self._left = self._allowed()
        entries = file.infolist()
        if len(entries) > limits.max_zip_entries:
            raise Unreadable("zip-bomb")
        for entry in entries:
            _check_name(entry)
        if sum(entry.file_size for entry in entries) > self._allowed():
            raise Unreadable("zip-bomb")
        self.names = [entry.filename for entry in entries if not entry.is_dir()]
        if len(set(self.names)) != len(self.names):
            raise Unreadable("zip")

    def _allowed(self) -> int:
        return min(self._limits.max_unzipped, max(_PLENTY, self._size * self._limits.max_zip_ratio))

    def stream(self, name: str, take: Callable[[bytes], object]) -> None:
        """Hand an entry over piece by piece; stop as soon as the pieces are more than the archive may hold."""
        try:
            with self._file.open(name) as entry:
                while piece := entry.read(_CHUNK):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise Unreadable("zip-bomb")
                    take(piece)
        except Unreadable:
            raise
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, RuntimeError, ValueError):
            raise Unreadable("zip") from None

    def read(self, name: str) -> bytes:
        pieces: list[bytes] = []
        self.stream(name, pieces.append)
        content = b"".join(pieces)
        if content.startswith(_ZIP_STARTS):
            raise Unreadable("zip-nested", name=name[-80:])
        return content


@contextmanager
def open_archive(content: bytes, limits: Limits) -> Iterator[Archive]:
    try:
        file = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise Unreadable("zip") from None
    with file:
        yield Archive(file, len(content), limits)


def _check_name(entry: zipfile.ZipInfo) -> None:
    # The name as it stands in the archive: Python's own has its end after a NUL cut off.
    name = entry.orig_filename
    if (
        name.startswith(("/", "~"))
        or "\\" in name
        or "\x00" in name
        or ":" in name
        or ".." in name.split("/")
        or stat.S_ISLNK(entry.external_attr >> 16)
    ):
        raise Unreadable("zip-name", name=ascii(name[-80:])[1:-1])
    if entry.flag_bits & 1:
        raise Unreadable("zip-encrypted")
    if name.lower().endswith(_ARCHIVES):
        raise Unreadable("zip-nested", name=name[-80:])
