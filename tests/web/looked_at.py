"""What is looked at on every page alike: axe in both themes, and that nothing scrolls sideways on any width."""

from pathlib import Path
from typing import Any

from tests.web.pose_server import skip_without

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WIDTHS = {"laptop": (1366, 768), "phone": (390, 844), "narrow": (320, 640)}
THEMED = "(theme) => [undefined, theme].includes(document.documentElement.dataset.theme)"
STILL = "Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)))"


def opened_up(page: Any) -> None:
    """Unfold everything that can be."""
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")


def violations(page: Any) -> dict[str, list[tuple[str, list[Any]]]]:
    """Return what axe finds up to WCAG 2.2 AA, by theme; empty where all is well. Wants a context with bypass_csp."""
    skip_without(str(AXE) if AXE.is_file() else None, "axe is not here: npm ci brings it")
    page.add_script_tag(path=AXE)
    found = {}
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.wait_for_function(THEMED, arg=theme)
        page.evaluate(STILL)  # a colour on its way to the other theme is neither's
        result = page.evaluate("(tags) => axe.run({ runOnly: tags })", list(TAGS))
        found[theme] = [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in result["violations"]]
    return {theme: what for theme, what in found.items() if what}


def too_wide(page: Any, widths: dict[str, tuple[int, int]] | None = None) -> dict[str, int]:
    """Return by how many px the page scrolls sideways, by the name of the width; nothing where it fits."""
    wide = {}
    for name, (width, height) in (widths or WIDTHS).items():
        page.set_viewport_size({"width": width, "height": height})
        wide[name] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return {name: by for name, by in wide.items() if by > 0}
