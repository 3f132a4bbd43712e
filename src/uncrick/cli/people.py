"""`uncrick people`: who has records on this computer, and what they have set."""

from typing import Annotated

import typer

from uncrick.cli.here import DatabaseOption, Json
from uncrick.cli.talk import problems_shown, remark, show_row, show_table

EXAMPLE = "Example: uncrick people --new Kim"


def people(
    new: Annotated[str, typer.Option("--new", help="Begin records for somebody of this name.")] = "",
    number: Annotated[str, typer.Option("--emergency-number", help="With --new: their own emergency number.")] = "",
    rises: Annotated[str, typer.Option("--rises", help="With --new: when they rise on most days, like 06:30.")] = "",
    database: DatabaseOption = "",
    as_json: Json = False,
) -> None:
    """List who has records here, or begin records for somebody."""
    from uncrick.app.people import Settings, change_settings, new_person
    from uncrick.app.people import people as everybody
    from uncrick.app.records import open_records

    with problems_shown():
        db = open_records(database or None)
        try:
            if new:
                made = new_person(db, new)
                change_settings(db, made.id, Settings(emergency_number=number, rises_at=rises))
            found = everybody(db)
        finally:
            db.close()
    if as_json:
        for one in found:
            made_at = one.made_at.isoformat()
            show_row({"id": one.id, "name": one.name, "since": made_at, "has_pin": bool(one.pin_hash)})
        return
    if not found:
        remark("nobody has records here yet; uncrick people --new NAME")
        return
    rows = [(p.name, str(p.made_at.date()), "PIN" if p.pin_hash else "", p.id) for p in found]
    show_table(("name", "since", "", "id"), rows)
