"""Who may come in: the right host, the right origin, and the token of the link that was opened."""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "uncrick"

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; img-src 'self' data: "
    "blob:; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""No inline script, no inline style, nothing from elsewhere; wasm is compiled from files of our own."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(self), geolocation=(), screen-wake-lock=(self)",
}
"""Isolation lets the page's wasm use threads; camera and microphone are asked for by this page alone, on a press. The
referrer goes to no other origin; with none at all a browser calls the origin of a posted form null: refused."""


@dataclass(frozen=True, slots=True)
class Door:
    """hosts : names with port under which the program is reached. scheme : http or https. token : the link's."""

    hosts: frozenset[str]
    scheme: str = "http"
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def knows_host(self, headers: Headers) -> bool:
        """Whether the request was meant for this program (a page elsewhere may have had its name pointed here)."""
        return headers.get("host", "").lower() in self.hosts

    def knows_origin(self, headers: Headers) -> bool:
        """Whether the request comes from a page of this program."""
        origin = headers.get("origin", "").lower()
        return origin in {f"{self.scheme}://{host}" for host in self.hosts}

    def knows_token(self, token: str) -> bool:
        """Whether *token* is the link's."""
        return hmac.compare_digest(token.encode(), self.token.encode())

    def knows_cookie(self, headers: Headers) -> bool:
        """Whether the browser came in by the link before."""
        return self.knows_token(cookie_of(headers, COOKIE))

    def let_in(self, response: Response) -> Response:
        """Give the browser the cookie that stands for the link's token."""
        secure = self.scheme == "https"
        response.set_cookie(COOKIE, self.token, httponly=True, samesite="strict", secure=secure, max_age=7 * 86400)
        return response


def cookie_of(headers: Headers, name: str) -> str:
    """Return the value of the cookie called *name*, empty where there is none."""
    cookies: SimpleCookie = SimpleCookie()
    cookies.load(headers.get("cookie", ""))
    return cookies[name].value if name in cookies else ""


def hosts_for(names: Iterable[str], port: int) -> frozenset[str]:
    """Return the Host headers under which *names* are asked for at *port*."""
    named = {f"[{name}]" if ":" in name else name.lower() for name in names}
    return frozenset({f"{name}:{port}" for name in named} | (named if port in (80, 443) else set()))


class DoorKeeper:
    """Middleware: refuses strange hosts and strange origins of requests that change something; adds the headers."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request; WebSockets are checked where they can be closed with a code."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        strange = not self._door.knows_host(headers)
        if scope["method"] not in ("GET", "HEAD"):
            strange = strange or not self._door.knows_origin(headers)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                added = [(name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in own]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        if strange:
            await PlainTextResponse("This program answers only under its own address.", 403)(
                scope, receive, send_with_headers
            )
            return
        await self._app(scope, receive, send_with_headers)
