"""What a form brought: fields and files, within bounds; nothing is put on disk."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from uncrick.errors import Problem, ProblemsError

MOST_BYTES: Final = 3_000_000
"""A form without large files: more than two plan files of the largest size, fields and all."""

MOST_FIELDS: Final = 5_000
"""More than the largest plan has: 50 exercises with 60 fields each."""


class TooMuchError(ProblemsError):
    """More was sent than any form of this page can hold."""


@dataclass(frozen=True, slots=True)
class PostedFile:
    """A file that was chosen. name : as it is called over there; only for problems to name it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Posted:
    """A form's fields and files, each name with its values in the order of the page."""

    fields: dict[str, tuple[str, ...]]
    files: dict[str, PostedFile]

    def one(self, name: str, otherwise: str = "") -> str:
        """Return the last value of a field, line ends as they are here; *otherwise* where it was not sent."""
        values = self.fields.get(name)
        return values[-1].replace("\r\n", "\n") if values else otherwise

    def word(self, name: str) -> str:
        """Return the last value of a field without spaces around it, empty where it was not sent."""
        return self.one(name).strip()

    def number(self, name: str, least: int, most: int) -> int | None:
        """Return the whole number of a field, None where there is none or it is out of range."""
        text = self.word(name)
        value = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
        return value if value is not None and least <= value <= most else None

    def day(self, name: str) -> date | None:
        """Return the day of a date field, None where it is none."""
        try:
            return date.fromisoformat(self.word(name))
        except ValueError:
            return None

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field."""
        return self.fields.get(name, ())


async def posted(request: Request, most_bytes: int = MOST_BYTES) -> Posted:
    """Read a form. Raises TooMuchError beyond *most_bytes*, ProblemsError for what is no form."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > most_bytes:
            says = f"has more than {most_bytes:,} bytes"
            raise TooMuchError([Problem("what was sent", says, "is this the right file?")])

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    again = Request(request.scope, receive)
    try:
        form = await again.form(max_files=8, max_fields=MOST_FIELDS, max_part_size=most_bytes)
    except HTTPException as error:
        raise ProblemsError([Problem("what was sent", f"is no form: {error.detail}")]) from None
    return await _read(form)


async def _read(form: FormData) -> Posted:
    fields: dict[str, tuple[str, ...]] = {}
    files: dict[str, PostedFile] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            data = await value.read()
            if value.filename or data:
                files[name] = PostedFile(value.filename or name, data)
        else:
            fields[name] = (*fields.get(name, ()), value)
    await form.close()
    return Posted(fields, files)
