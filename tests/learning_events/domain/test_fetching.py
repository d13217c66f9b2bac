"""S14: an address that somebody gives is asked without ever reaching into the house."""

import ipaddress
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from learning_events.domain.fetching import NotFetched, fetch, is_public

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


class Server(BaseHTTPRequestHandler):
    """Answers by the path that is asked."""

    asked: list[tuple[str, dict]] = []

    def do_GET(self):
        self.asked.append((self.path, dict(self.headers)))
        answer = getattr(self, "answer_" + self.path.strip("/").partition("?")[0].replace("-", "_"), None)
        if answer is None:
            self.send_error(404)
        else:
            answer()

    def answer_calendar(self):
        if self.headers.get("If-None-Match") == '"one"':
            self.send_response(304)
            self.end_headers()
            return
        self._say(CALENDAR, ETag='"one"', **{"Last-Modified": "Mon, 07 Sep 2026 10:00:00 GMT"})

    def answer_large(self):
        self._say(b"x" * 3_000)

    def answer_endless(self):
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 1_000)

    def answer_slow_head(self):
        self._trickle(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 500)

    def answer_slow_body(self):
        self._trickle(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 500)

    def answer_broken_off(self):
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(CALENDAR)

    def answer_on_to_calendar(self):
        self._lead("/calendar")

    def answer_round(self):
        self._lead("/round")

    def answer_to_metadata(self):
        self._lead("http://169.254.169.254/latest/meta-data/")

    def answer_to_file(self):
        self._lead("file:///etc/passwd")

    def answer_to_other_port(self):
        self._lead("http://localhost:6379/")

    def _say(self, content, **headers):
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _lead(self, where):
        self.send_response(302)
        self.send_header("Location", where)
        self.end_headers()

    def _trickle(self, content):
        for letter in content:
            self.wfile.write(bytes([letter]))
            self.wfile.flush()
            time.sleep(0.02)

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def server():
    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request, client_address):
            """Who hangs up on the endless and the slow is right to."""

    running = Quiet(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield running.server_address[1]
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def ask(server):
    """Ask the test's own server, as if that were a public one."""
    Server.asked.clear()

    def asked(path, **more):
        def is_open(ip, port):
            return ip == ipaddress.ip_address("127.0.0.1") and port == server

        return fetch(f"http://127.0.0.1:{server}{path}", is_open=is_open, **more)

    return asked


def test_a_calendar_is_fetched_with_what_tells_whether_it_changes(ask):
    found = ask("/calendar")

    assert (found.content, found.etag, found.last_modified) == (
        CALENDAR,
        '"one"',
        "Mon, 07 Sep 2026 10:00:00 GMT",
    )


def test_what_has_not_changed_is_not_sent_again(ask):
    assert ask("/calendar", etag='"one"').content is None


def test_a_stored_tag_cannot_smuggle_lines_into_the_request(ask):
    ask("/calendar", etag='"a"\r\nX-Evil: 1')

    assert "X-Evil" not in Server.asked[0][1]


def test_redirects_are_followed(ask):
    assert ask("/on-to-calendar").content == CALENDAR


@pytest.mark.parametrize("path", ["/to-metadata", "/to-file", "/to-other-port"])
def test_s14_a_redirect_into_the_house_is_not_followed(ask, path):
    with pytest.raises(NotFetched) as refused:
        ask(path)

    assert refused.value.code in ("not_public", "address")
    assert len(Server.asked) == 1


def test_redirects_end(ask):
    with pytest.raises(NotFetched) as refused:
        ask("/round")

    assert refused.value.code == "redirects"
    assert len(Server.asked) == 4


@pytest.mark.parametrize("path", ["/large", "/endless"])
def test_s14_the_size_is_capped(ask, path):
    with pytest.raises(NotFetched) as refused:
        ask(path, max_bytes=2_000)

    assert refused.value.code == "too_large"


@pytest.mark.parametrize("path", ["/slow-head", "/slow-body"])
def test_s14_the_whole_time_is_capped_however_slowly_the_bytes_come(ask, path):
    began = time.monotonic()

    with pytest.raises(NotFetched) as refused:
        ask(path, max_seconds=0.3)

    assert refused.value.code == "too_slow"
    assert time.monotonic() - began < 3


def test_half_a_calendar_is_none(ask):
    with pytest.raises(NotFetched) as refused:
        ask("/broken-off")

    assert refused.value.code == "unreachable"


def test_f19_a_server_that_says_no_is_told_in_words(ask):
    with pytest.raises(NotFetched, match="404"):
        ask("/nothing")


def test_f19_a_server_that_is_down_is_told_in_words():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(NotFetched) as refused:
            fetch(f"http://127.0.0.1:{port}/", is_open=lambda _ip, _port: True)

    assert refused.value.code == "unreachable"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/", "http://0x7f.1/",
        "http://2130706433/", "http://017700000001/", "http://127.1/", "http://0/", "http://0.0.0.0/", "http://10.0.0.1/",
        "http://172.16.0.1/", "http://192.168.1.1/", "http://100.64.0.1/", "http://224.0.0.1/", "http://255.255.255.255/",
        "http://[::ffff:127.0.0.1]/", "http://[::ffff:a9fe:a9fe]/", "http://[fe80::1]/", "http://[fc00::1]/", "http://[::]/",
        "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[ff02::1]/",
        "http://8.8.8.8:22/", "http://8.8.8.8:8080/",
    ],
)  # fmt: skip
def test_s14_no_inner_address_is_asked(address):
    with pytest.raises(NotFetched) as refused:
        fetch(address, max_seconds=1)

    assert refused.value.code == "not_public"


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "ftp://example.org/a.ics", "gopher://example.org/", "//example.org/", "example.org", "http://",
        "http:///x", "http://example.org:99999/", "http://[::1", "http://exa mple.org/", "http://example.org/\r\nX: 1", "",
        "javascript:alert(1)", "http://example.org:0/",
    ],
)  # fmt: skip
def test_s14_only_web_addresses_are_asked(address):
    with pytest.raises(NotFetched) as refused:
        fetch(address)

    assert refused.value.code == "address"


def test_s14_no_names_and_passwords():
    with pytest.raises(NotFetched) as refused:
        fetch("http://user:secret@example.org/")

    assert refused.value.code == "password"


def test_s14_a_name_is_looked_up_once_and_that_answer_is_asked(server, monkeypatch):
    """Rebinding: the second answer would lead elsewhere, but nobody asks a second time."""
    answers = iter(["127.0.0.1", "127.0.0.2"])
    looked_up = []
    real = socket.getaddrinfo

    def rebinding(host, port, *args, **kwargs):
        if host == "calendar.example.org":
            looked_up.append(host)
            host = next(answers)
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)

    def is_open(ip, port):
        return str(ip) == "127.0.0.1" and port == server

    found = fetch(f"http://calendar.example.org:{server}/calendar", is_open=is_open)

    assert found.content == CALENDAR
    assert looked_up == ["calendar.example.org"]


def test_s14_a_name_with_one_inner_address_among_public_ones_is_not_asked(monkeypatch):
    def both(_host, port, *_args, **_kwargs):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("93.184.215.14", "10.0.0.1")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", both)

    with pytest.raises(NotFetched) as refused:
        fetch("https://calendar.example.org/")

    assert refused.value.code == "not_public"


def test_s14_proxies_of_the_environment_are_not_used(ask, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")

    assert ask("/calendar").content == CALENDAR


def test_public_addresses_are_asked_on_the_ports_of_the_web():
    assert is_public(ipaddress.ip_address("93.184.215.14"), 443)
    assert is_public(ipaddress.ip_address("2606:2800:21f:cb07:6820:80da:af6b:8b2c"), 80)
    assert not is_public(ipaddress.ip_address("93.184.215.14"), 25)
