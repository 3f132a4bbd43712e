"""Who is at this browser: the person whose pages are shown, chosen by name, and by a PIN where they have one."""

import hashlib
import hmac
from datetime import datetime
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from uncrick.app.answering import may_be_emergency
from uncrick.app.evening import EveningSheet, evening_of
from uncrick.app.people import Person, people, person
from uncrick.app.records import Database
from uncrick.web.door import Door, cookie_of

COOKIE: Final = "uncrick_person"
KEEP_S: Final = 400 * 86400
"""How long a browser remembers who is at it, for somebody without a PIN: as long as browsers keep any cookie."""


class Visitors:
    """Knows the people of the records at their browsers. database : None where the records cannot be opened."""

    def __init__(self, door: Door, database: Database | None) -> None:
        self._door = door
        self.database = database

    @property
    def records(self) -> Database:
        """The open records; only behind a door that looked whether they are."""
        assert self.database is not None
        return self.database

    def knows(self, request: Request) -> bool:
        """Whether the browser came in by the link."""
        return self._door.knows_cookie(request.headers)

    def here(self, request: Request) -> Person | None:
        """Return who is at the browser of *request*: the one that was chosen, or the only one where there is no PIN."""
        if not hasattr(request.state, "visitor"):
            request.state.visitor = self.at(request.headers)
        found: Person | None = request.state.visitor
        return found

    def at(self, headers: Headers) -> Person | None:
        """Return who is at the browser that sent *headers*, None for nobody in particular."""
        if self.database is None:
            return None
        id_, _, proof = cookie_of(headers, COOKIE).rpartition(".")
        if id_:
            who = person(self.database, id_)
            return who if who is not None and hmac.compare_digest(proof.encode(), self._proof(who).encode()) else None
        everybody = people(self.database)
        return everybody[0] if len(everybody) == 1 and not everybody[0].pin_hash else None

    def evening(self, request: Request, who: Person) -> EveningSheet:
        """Return the evening of *who*, decided once a request."""
        if not hasattr(request.state, "evening"):
            request.state.evening = evening_of(self.records, who.id, now_here())
        found: EveningSheet = request.state.evening
        return found

    def in_emergency(self, request: Request, who: Person) -> bool:
        """Whether an emergency answer of *who* stands; their evening is decided only where one may."""
        if not may_be_emergency(self.records, who.id):
            return False
        return self.evening(request, who).sheet.assessment.level == "emergency"

    def everybody(self) -> tuple[Person, ...]:
        """Return everybody with records here."""
        return people(self.database) if self.database is not None else ()

    def remember(self, response: Response, who: Person) -> Response:
        """Let the browser know who is at it; with a PIN only until it is closed."""
        value = f"{who.id}.{self._proof(who)}"
        keep_s = None if who.pin_hash else KEEP_S
        secure = self._door.scheme == "https"
        response.set_cookie(COOKIE, value, max_age=keep_s, httponly=True, samesite="strict", secure=secure)
        return response

    def forget(self, response: Response) -> Response:
        """Let the browser forget who was at it."""
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return response

    def _proof(self, who: Person) -> str:
        """Return what only this program can have written: a new PIN makes it worthless."""
        said = f"{who.id}:{who.pin_hash}".encode()
        return hmac.new(self._door.token.encode(), said, hashlib.sha256).hexdigest()


def now_here() -> datetime:
    """Return the time of this machine, with its zone: the one clock that a person's day is counted by."""
    return datetime.now().astimezone()
