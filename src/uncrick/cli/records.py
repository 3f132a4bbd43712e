"""`uncrick export`, `import`, `erase`, `backup`, `restore`: records are the person's own to take along or delete."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uncrick.cli.talk import problems_shown, remark, show_row, show_table

if TYPE_CHECKING:
    from uncrick.app.records import Database
    from uncrick.app.taking_out import Copied, Moved

EXPORT_EXAMPLE = "Example: uncrick export everything.zip"
IMPORT_EXAMPLE = "Example: uncrick import everything.zip"
ERASE_EXAMPLE = "Example: uncrick erase --person Kim"
BACKUP_EXAMPLE = "Example: uncrick backup uncrick_copy.db"
RESTORE_EXAMPLE = "Example: uncrick restore uncrick_copy.db"

Where = Annotated[
    str, typer.Option("--database", help="The database: a path or a postgresql:// address; your own without.")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line instead of columns.")]
Who = Annotated[str, typer.Option("--person", help="Only this person, by name.")]


def export(
    out: Annotated[Path, typer.Argument(metavar="OUT.zip", help="The zip to write.")],
    person: Who = "",
    database: Where = "",
    as_json: Json = False,
) -> None:
    """Write everything that is kept into one zip: JSON lines to put back, CSV to look at, a schema of each table."""
    from uncrick.app.people import person_named
    from uncrick.app.records import open_records
    from uncrick.app.taking_out import export_records

    with problems_shown():
        db = open_records(database or None)
        moved = export_records(db, out, [person_named(db, person).id] if person else None)
    _show_moved(moved, as_json)
    remark(f"{moved.n:,} rows are in {out}, which only you can read; it is not encrypted")


def import_(
    archive: Annotated[Path, typer.Argument(metavar="IN.zip", help="A zip that 'uncrick export' wrote.")],
    database: Where = "",
    as_json: Json = False,
) -> None:
    """Put exported records back exactly as they were, all of them or none; what is here already stays."""
    from uncrick.app.records import open_records
    from uncrick.app.taking_out import import_records

    with problems_shown():
        moved = import_records(open_records(database or None), archive)
    _show_moved(moved, as_json)
    remark(f"{moved.n:,} rows were put in" if moved.n else "all of it was here already")


def erase(
    person: Who = "",
    everybody: Annotated[bool, typer.Option("--everybody", help="Everybody's records on this computer.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; there is no way back.")] = False,
    database: Where = "",
) -> None:
    """Delete records for good: rows, journals of sessions, and the older copies beside the database.

    Copies that you made yourself (export, backup) are yours to delete.
    """
    from uncrick.app.records import open_records
    from uncrick.app.taking_out import erase

    with problems_shown():
        db = open_records(database or None)
        people, name = _to_erase(db, person, everybody)
    if not yes and typer.prompt(f"Type {name} to delete it all for good", err=True) != name:
        remark("nothing was deleted")
        raise typer.Exit(1)
    with problems_shown():
        gone = erase(db, people)
    remark(f"deleted: {gone.n_people} {'person' if gone.n_people == 1 else 'people'} with all records")
    for path in (*gone.journals, *gone.copies):
        remark(f"deleted: {path}")


def backup(
    out: Annotated[Path, typer.Argument(metavar="FILE", help="The copy to make; it must not exist yet.")],
    database: Where = "",
    as_json: Json = False,
) -> None:
    """Copy the whole database into one file and look the copy through, whoever uses the program meanwhile."""
    from uncrick.app.records import open_records
    from uncrick.app.taking_out import backup

    with problems_shown():
        copied = backup(open_records(database or None), out)
    _show_copied(copied, as_json)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy that 'uncrick backup' made.")],
    database: Where = "",
    as_json: Json = False,
) -> None:
    """Make a copy the database again; it is looked through first, and what was there is kept beside it."""
    from uncrick.app.taking_out import restore

    with problems_shown():
        copied = restore(file, database or None)
    _show_copied(copied, as_json)


def _to_erase(db: "Database", person: str, everybody: bool) -> tuple[list[str] | None, str]:
    """Return whom to erase (None: everybody), and the word that confirms it."""
    from uncrick.app.people import people, person_named
    from uncrick.errors import Problem, ProblemsError

    if everybody:
        return None, "everybody"
    if not people(db):
        raise ProblemsError([Problem(db.where, "holds nobody's records", "there is nothing to delete")])
    who = person_named(db, person)
    return [who.id], who.name


def _show_moved(moved: "Moved", as_json: bool) -> None:
    if as_json:
        show_row(moved.rows)
        return
    show_table(("table", "rows"), [(name, f"{n:,}") for name, n in moved.rows.items() if n])


def _show_copied(copied: "Copied", as_json: bool) -> None:
    kept = str(copied.kept) if copied.kept is not None else None
    if as_json:
        numbers = {"bytes": copied.size_bytes, "people": copied.n_people, "sessions": copied.n_sessions}
        show_row({"path": str(copied.path)} | numbers | {"kept": kept})
        return
    typer.echo(f"{copied.path}: {copied.size_bytes:,} bytes, {copied.n_people} people, {copied.n_sessions} sessions")
    if kept is not None:
        remark(f"what was there before is in {kept}")
