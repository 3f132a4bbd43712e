"""The records out of the page: exported, brought back, copied whole, and erased beside that."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from uncrick.app.people import Person, check_pin
from uncrick.app.sessions import Sessions
from uncrick.app.taking_out import backup, erase, export_records, import_records
from uncrick.errors import ProblemsError
from uncrick.report.words import n_words
from uncrick.web.frame import Frame, see_other
from uncrick.web.people import pin_says
from uncrick.web.posted import Posted
from uncrick.web.posting import post
from uncrick.web.settings import SettingsPages

MOST_BYTES: Final = 64 * 1024 * 1024
"""An archive of decades of daily sessions is smaller."""


class TakingOut:
    """What is done with the records from the settings page."""

    def __init__(self, frame: Frame, sessions: Sessions, settings: SettingsPages) -> None:
        self._frame = frame
        self._sessions = sessions
        self._settings = settings

    def routes(self) -> list[BaseRoute]:
        """Return where it is done."""
        frame = self._frame
        return [
            post(frame, "/settings/export", self.exported),
            post(frame, "/settings/import", self.imported, MOST_BYTES),
            post(frame, "/settings/backup", self.copied),
            Route("/settings/erase", self.sure),
            post(frame, "/settings/erase", self.erased),
        ]

    def exported(self, request: Request, who: Person, form: Posted) -> Response:
        """Give everything that is kept of somebody as one zip."""
        folder = Path(tempfile.mkdtemp(prefix="uncrick"))
        path = folder / f"uncrick-{date.today().isoformat()}.zip"
        return self._given(request, folder, path, lambda: export_records(self._frame.visitors.records, path, [who.id]))

    def copied(self, request: Request, who: Person, form: Posted) -> Response:
        """Give a copy of the whole file; not while it holds what somebody else keeps behind a PIN."""
        visitors = self._frame.visitors
        if any(p.pin_hash and p.id != who.id for p in visitors.everybody()):
            says = "Somebody else's records are in the same file behind a PIN. In the terminal: uncrick backup FILE."
            return self._settings.shown(request, (says,), status=403)
        folder = Path(tempfile.mkdtemp(prefix="uncrick"))
        path = folder / f"uncrick-{date.today().isoformat()}.db"
        return self._given(request, folder, path, lambda: backup(visitors.records, path))

    def imported(self, request: Request, who: Person, form: Posted) -> Response:
        """Put an archive into the records, whole or not at all."""
        chosen = form.files.get("file")
        if chosen is None:
            return self._settings.shown(request, ("No file was chosen.",), status=422)
        with tempfile.TemporaryDirectory(prefix="uncrick") as folder:
            path = Path(folder) / "brought.zip"
            path.write_bytes(chosen.data)
            try:
                moved = import_records(self._frame.visitors.records, path)
            except ProblemsError as error:
                told = tuple(str(problem).replace(str(path), chosen.name) for problem in error.problems)
                return self._settings.shown(request, told, status=422)
        n = n_words(moved.n, "row")
        return self._settings.shown(request, (), f"{n[0].upper()}{n[1:]} put in; what was there already stayed.")

    def sure(self, request: Request) -> Response:
        """Ask whether somebody is sure."""
        who = self._frame.enter(request)
        return who if isinstance(who, Response) else self._frame.page(request, "erase.html", problems=())

    def erased(self, request: Request, who: Person, form: Posted) -> Response:
        """Erase everything about somebody, with their PIN where they have one."""
        problems: tuple[str, ...] = ()
        if form.word("sure") != "yes":
            problems = ("Tick that you are sure.",)
        elif who.pin_hash:
            check = check_pin(self._frame.visitors.records, who.id, form.word("pin"), datetime.now(UTC))
            problems = () if check.fits else (pin_says(check),)
        if problems:
            return self._frame.page(request, "erase.html", 422, problems=problems)
        erase(self._frame.visitors.records, [who.id], self._sessions.folder)
        return self._frame.visitors.forget(see_other("/"))

    def _given(self, request: Request, folder: Path, path: Path, make: Callable[[], object]) -> Response:
        """Give a file that is made now and gone afterwards."""
        try:
            make()
        except ProblemsError as error:
            shutil.rmtree(folder, ignore_errors=True)
            return self._settings.shown(request, tuple(map(str, error.problems)), status=500)
        gone = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
        headers = {"cache-control": "no-store"}
        return FileResponse(path, filename=path.name, background=gone, headers=headers)
