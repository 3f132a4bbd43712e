"""Whether this machine runs on its battery, from the kernel's list of power supplies."""

from pathlib import Path
from typing import Final

SUPPLIES: Final = Path("/sys/class/power_supply")


def on_battery(supplies: Path = SUPPLIES) -> bool | None:
    """Return whether only a battery of this machine gives power; None when it has none, or nothing tells.

    Batteries of mice and headsets, which say that their scope is a device, do not count.
    """
    is_mobile = False
    for supply in sorted(supplies.glob("*")):
        kind = _word(supply / "type")
        if kind in ("Mains", "USB") and _word(supply / "online") == "1":
            return False
        is_mobile = is_mobile or (kind == "Battery" and _word(supply / "scope") != "Device")
        if kind == "Battery" and _word(supply / "scope") != "Device" and _word(supply / "status") == "Discharging":
            return True
    return False if is_mobile else None


def _word(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
