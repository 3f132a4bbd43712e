"""What the tests of page/pose run on: a tiny server with the page's security policy, a browser, a guarded way out."""

import os
import shutil
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import uncrick

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; "
    "img-src 'self' blob:; media-src 'self' blob:; style-src 'self'"
)
PACKAGE = Path(uncrick.__file__).parent
FOLDERS = {
    "/static/weights/": PACKAGE / "vision" / "weights",
    "/static/": PACKAGE / "web" / "page",
    "/clips/": Path(__file__).parents[1] / "clips",
    "/tests/": Path(__file__).parent,
}
KINDS = {".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".mp4": "video/mp4"}
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BROWSERS_OWN = ("update.googleapis.com", "accounts.google.com", "clients2.google.com")
"""Hosts that this Chromium asks for by itself, also on an empty page."""


def skip_without(path: str | None, sentence: str) -> None:
    """Skip the test with a sentence where something is missing; fail where nothing may be skipped."""
    if path is None:
        (pytest.fail if os.environ.get("UNCRICK_NO_SKIPS") == "1" else pytest.skip)(sentence)


@dataclass
class Site:
    """A server on this machine. base : its URL. pictures : more files by their path, held in memory."""

    base: str
    pictures: dict[str, bytes] = field(default_factory=dict)


@contextmanager
def serve_page() -> Iterator[Site]:
    """Serve the page, the weights, the clips and the tests' own pages from one origin, with POLICY."""
    site = Site("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            body = site.pictures.get(path) or _file(path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", KINDS.get(Path(path).suffix, "application/octet-stream"))
            self.send_header("Content-Length", str(len(body or b"")))
            if not path.endswith("without_policy.html"):
                self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        site.base = f"http://127.0.0.1:{server.server_address[1]}"
        yield site
        server.shutdown()


def _file(path: str) -> bytes | None:
    for prefix, folder in FOLDERS.items():
        if path.startswith(prefix):
            found = (folder / path.removeprefix(prefix)).resolve()
            if found.is_relative_to(folder) and found.is_file():
                return found.read_bytes()
    return b"<!doctype html>" if path.endswith("without_policy.html") else None


@contextmanager
def guarded_exit() -> Iterator[tuple[str, list[str]]]:
    """Give the address of a proxy that lets nothing out, and the list of what wanted out, but for BROWSERS_OWN."""
    wanted: list[str] = []

    class Guard(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            line = self.rfile.readline(4096).decode("latin-1").strip()
            if not any(host in line for host in BROWSERS_OWN):
                wanted.append(line)
            self.wfile.write(b"HTTP/1.1 502 No way out\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Guard) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}", wanted
        server.shutdown()


@contextmanager
def open_browser(*flags: str) -> Iterator[Any]:
    """Start the machine's Chromium without a window; skip the test where there is none."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    skip_without(chromium, "there is no chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, *flags])
        yield browser
        browser.close()
