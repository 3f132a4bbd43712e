"""Who is at this terminal: the records that an order is about, whose they are, and their PIN where they have one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from uncrick.cli.screen import line_of
from uncrick.cli.talk import PROBLEMS, problems_shown, remark

if TYPE_CHECKING:
    from uncrick.app.people import Person
    from uncrick.app.records import Database

DatabaseOption = Annotated[str, typer.Option("--database", help="The records: a path or a URL; else your own.")]
PersonOption = Annotated[str, typer.Option("--person", help="Whose, by name; needed where there are several.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line instead of sentences and columns.")]


@contextmanager
def records_of(database: str, name: str) -> Iterator[tuple["Database", "Person"]]:
    """Open the records and give them with the person called *name*; what is wrong is told as a sentence."""
    from uncrick.app.people import person_named
    from uncrick.app.records import open_records

    with problems_shown():
        db = open_records(database or None)
        try:
            who = person_named(db, name)
            if who.pin_hash:
                _enter(db, who)
            yield db, who
        finally:
            db.close()


def _enter(db: "Database", who: "Person") -> None:
    """Ask for the PIN until it fits; leave where the tries are used up."""
    from uncrick.app.people import check_pin
    from uncrick.app.whose import local_now

    while True:
        check = check_pin(db, who.id, typer.prompt(f"PIN of {who.name}", hide_input=True, err=True), local_now())
        if check.fits:
            return
        if check.wait_s > 0:
            remark(f"too many wrong PINs; the next try counts in {check.wait_s:.0f} seconds")
            raise typer.Exit(PROBLEMS)
        remark("that is not the PIN")


def rating(prompt: str) -> int | None:
    """Ask for a number from 0 to 10 until there is one; Enter is no answer."""
    while True:
        said = line_of(f"{prompt}, 0-10; Enter to leave it out")
        if not said:
            return None
        if said.isdigit() and int(said) <= 10:
            return int(said)
        remark(f"found '{said}', wanted a whole number from 0 to 10")
