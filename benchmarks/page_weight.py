"""What the session page weighs, and how soon it speaks: bytes fetched and time from the press of Start.

    python -m benchmarks.page_weight

The first sentence is counted when it is given to the voice and shown as a caption; what the voice itself takes is the
device's own. Bytes are those of the files as they are sent, none compressed, from an empty cache.
"""

import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from tests.web.coach_page import Person, run_program, without_records
from tests.web.pose_server import FLAGS

N_RUNS = 5


def main() -> None:
    """Open the page with and without camera; print one line a number."""
    with (
        tempfile.TemporaryDirectory() as folder,
        run_program(Path(folder), *without_records(Path(folder))) as program,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS, "--mute-audio"])
        plain = fetched(browser, program.link, camera=False)
        watched = fetched(browser, program.link, camera=True)
        times = [first_sentence_ms(browser, program.link) for _ in range(N_RUNS)]
        browser.close()
    print(f"page, start to first stretch      {plain / 1e6:6.2f} MB")
    print(f"with camera: runtime and networks {(watched - plain) / 1e6:6.2f} MB more")
    print(f"start pressed to first sentence   {statistics.median(times):6.0f} ms (median of {N_RUNS})")


def fetched(browser: Browser, link: str, *, camera: bool) -> int:
    """Return the bytes that a fresh browser fetches until the first stretch is shown."""
    person = Person(browser, link)
    sizes: list[int] = []

    def count(response: Any) -> None:  # noqa: ANN401 - Playwright's own
        length = response.headers.get("content-length")
        sizes.append(int(length) if length else 0)

    person.page.on("response", count)
    person.page.reload()
    person.page.wait_for_selector("body[data-stage=waiting]")
    if camera:
        person.page.evaluate("import('/static/pose/pose.js').then((m) => m.createPose({ base: '/static/' }))")
        person.page.wait_for_timeout(4000)
    person.page.click("#begin")
    person.wait_stage("get_ready")
    person.page.wait_for_timeout(1500)
    leave(person)
    return sum(sizes)


def first_sentence_ms(browser: Browser, link: str) -> float:
    """Return the time from the press of Start to the first sentence, ms."""
    person = Person(browser, link)
    took: float = person.page.evaluate(
        """() => new Promise((resolve) => {
            const start = performance.now();
            document.addEventListener("spoken", () => resolve(performance.now() - start), { once: true });
            document.getElementById("begin").click();
        })"""
    )
    leave(person)
    return took


def leave(person: Person) -> None:
    """Put the session away."""
    person.page.reload()
    person.page.wait_for_selector("#goes-on[open]")
    person.page.click("#start-anew")
    person.page.wait_for_selector("body[data-stage=waiting]")
    person.close()


if __name__ == "__main__":
    main()
