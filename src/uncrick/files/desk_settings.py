"""The desk companion's settings in a file that a person may write: all problems at once, nothing of a wrong one."""

from datetime import time
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from uncrick.desk.manners import Manners
from uncrick.errors import Problem, ProblemsError
from uncrick.files.whole_file import whole_file


class WrittenDesk(BaseModel):
    """The file as written. every_min : minutes of sitting before a break is owed. camera : look at the own posture.

    person : whose plan the breaks come from, by id or name; empty for the first person of the records.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    every_min: float = Field(default=45, ge=20, le=60)
    most_a_day: int = Field(default=8, ge=1, le=8)
    quiet_from: time = time(20, 0)
    quiet_to: time = time(8, 0)
    in_fullscreen: bool = False
    camera: bool = False
    person: str = Field(default="", max_length=80)

    def manners(self) -> Manners:
        """Return what the core goes by."""
        return Manners(
            every_s=self.every_min * 60,
            most_a_day=self.most_a_day,
            quiet_from=self.quiet_from,
            quiet_to=self.quiet_to,
            in_fullscreen=self.in_fullscreen,
        )


def settings_path(folder: Path) -> Path:
    """Return where the settings are."""
    return folder / "desk" / "settings.json"


def read_desk_settings(folder: Path) -> WrittenDesk:
    """Return the settings, the defaults where nobody set any. Raises ProblemsError with everything wrong with them."""
    path = settings_path(folder)
    try:
        return WrittenDesk.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return WrittenDesk()
    except OSError as error:
        raise ProblemsError([Problem(str(path), f"cannot be read: {(error.strerror or '').lower()}")]) from None
    except ValidationError as error:
        raise ProblemsError(_problems(error, str(path))) from None


def change_desk_settings(folder: Path, changes: dict[str, object]) -> WrittenDesk:
    """Write the settings with *changes* and return them. Raises ProblemsError with all that is wrong, unwritten."""
    old = read_desk_settings(folder).model_dump()
    try:
        new = WrittenDesk.model_validate(old | changes)
    except ValidationError as error:
        raise ProblemsError(_problems(error, "", "--")) from None
    path = settings_path(folder)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with whole_file(path) as part:
        part.write_text(new.model_dump_json(indent=1), encoding="utf-8")
        part.chmod(0o600)
    return new


def _problems(error: ValidationError, where: str, mark: str = "") -> list[Problem]:
    """Return one problem a wrong value; *mark* turns its name into an option's."""
    found = []
    for e in error.errors():
        name = ".".join(str(part) for part in e["loc"])
        place = mark + name.replace("_", "-") if mark else f"{where}  {name}".rstrip()
        found.append(Problem(place, f"found {e['input']!r}: {e['msg'][0].lower()}{e['msg'][1:]}"))
    return found
