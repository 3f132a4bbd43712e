"""Opening the address: on this machine alone, or, when asked, in the home network with a certificate of its own."""

import asyncio
import socket as sockets
import ssl
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from uncrick.app.records import open_records
from uncrick.app.secret import link_token
from uncrick.app.sessions import Sessions
from uncrick.errors import Problem, ProblemsError
from uncrick.report.qr import qr_terminal
from uncrick.web.door import Door, hosts_for
from uncrick.web.server import make_app
from uncrick.web.straight import StraightProtocol
from uncrick.web.wire import MAX_BYTES

PING_S = 5.0
"""How often a page is asked whether it is still there, so that a session whose page has lost its network stands soon.
Our default."""

NO_NETWORK = (
    "This machine has no address in a home network now: join one and start again. Until then only this link works."
)

LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Serving:
    """How to serve. lan : in the home network too, encrypted. folder : for sessions, None for the person's own.

    database : a path or a URL, empty for the one in *folder*, or the person's own where there is no folder either.
    """

    port: int = 8642
    lan: bool = False
    folder: Path | None = None
    database: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """What is served. links : to open, this machine's first. note : what a person must know, or empty.

    trouble : why the records cannot be opened, or empty; the coach runs without them.
    code : the home network's link as a QR code for a terminal, or empty.
    """

    links: tuple[str, ...]
    note: str
    trouble: str = ""
    code: str = ""


def serve(serving: Serving, opened: Callable[[Opened], None]) -> None:
    """Serve until interrupted; *opened* is told the links once the port is ours.

    Raises ProblemsError when the port is taken.
    """
    addresses = lan_addresses() if serving.lan else ()
    with ExitStack() as stack:
        listening = stack.enter_context(_listen("0.0.0.0" if serving.lan else "127.0.0.1", serving.port))
        port = listening.getsockname()[1]
        scheme = "https" if serving.lan else "http"
        door = Door(hosts_for((*LOCAL_NAMES, *addresses), port), scheme, link_token(serving.folder))
        sessions, trouble = open_or_tell(serving)
        app = make_app(door, sessions, trouble)
        config = uvicorn.Config(
            app, log_level="error", ws=StraightProtocol, ws_max_size=8 * MAX_BYTES, ws_per_message_deflate=False,
            server_header=False, date_header=False, timeout_graceful_shutdown=2, lifespan="on",
            ws_ping_interval=PING_S, ws_ping_timeout=2 * PING_S,
        )  # fmt: skip
        if serving.lan:
            certificate = stack.enter_context(tempfile.TemporaryDirectory(prefix="uncrick"))
            config.ssl_certfile, config.ssl_keyfile, note = _certificate(Path(certificate), addresses)
            note = note if addresses else NO_NETWORK
        else:
            note = ""
        server = _Server(config)
        names = ("localhost", *addresses)
        links = tuple(f"{scheme}://{name}:{port}/?token={door.token}" for name in names)
        code = qr_terminal(links[1]) if serving.lan and addresses else ""
        server.when_started = lambda: opened(Opened(links, note, trouble, code))
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(server.serve(sockets=[listening]))


def open_or_tell(serving: Serving) -> tuple[Sessions, str]:
    """Open sessions and records; where the records cannot be had, say why in one sentence, and serve without them."""
    where = serving.database or (serving.folder / "uncrick.db" if serving.folder is not None else None)
    try:
        return Sessions(serving.folder, database=open_records(where)), ""
    except ProblemsError as error:
        return Sessions(serving.folder), "; ".join(map(str, error.problems))


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    when_started: Callable[[], None]

    async def startup(self, sockets: list[sockets.socket] | None = None) -> None:
        """Start, then tell."""
        await super().startup(sockets)
        if self.started:
            self.when_started()


def _listen(host: str, port: int) -> sockets.socket:
    listening = sockets.socket(sockets.AF_INET, sockets.SOCK_STREAM)
    listening.setsockopt(sockets.SOL_SOCKET, sockets.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        hint = f"is it running already? Another port: uncrick serve --port {port + 1}"
        raise ProblemsError([Problem(f"port {port}", f"cannot be opened: {error.strerror}", hint)]) from error
    listening.listen(128)
    return listening


def lan_addresses() -> tuple[str, ...]:
    """Return this machine's addresses in the home network; nothing is sent to find them."""
    found: list[str] = []
    try:
        for *_, address in sockets.getaddrinfo(sockets.gethostname(), None, sockets.AF_INET):
            found.append(str(address[0]))
    except OSError:
        pass
    with sockets.socket(sockets.AF_INET, sockets.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation; a datagram socket sends nothing here
            found.append(str(probe.getsockname()[0]))
        except OSError:
            pass
    return tuple(dict.fromkeys(a for a in found if not a.startswith("127.")))


def _certificate(folder: Path, addresses: tuple[str, ...]) -> tuple[str, str, str]:
    """Make a certificate for this run; return its file, its key's file, and the fingerprint to compare."""
    import trustme

    authority = trustme.CA(organization_name="Uncrick on this machine")
    issued = authority.issue_cert(*LOCAL_NAMES, *addresses)
    chain, key = folder / "chain.pem", folder / "key.pem"
    issued.private_key_pem.write_to_path(key)
    for i, blob in enumerate(issued.cert_chain_pems):
        blob.write_to_path(chain, append=i > 0)
    digest = _fingerprint(chain.read_text(encoding="ascii"))
    note = (
        "The other device will say that it does not know this certificate: it was made just now, for this run alone. "
        f"Compare its SHA-256 fingerprint before you accept it: {digest}"
    )
    return str(chain), str(key), note


def _fingerprint(chain: str) -> str:
    import hashlib

    first = chain.partition("-----END CERTIFICATE-----")[0] + "-----END CERTIFICATE-----\n"
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(first)).hexdigest().upper()
    return ":".join(digest[i : i + 2] for i in range(0, len(digest), 2))
