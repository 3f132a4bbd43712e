"""The way over the graphics card, on Chromium's own software adapter: slow, but the same shaders and numbers."""

import numpy as np
import pytest

from tests.web.pose_server import open_browser, serve_page
from tests.web.test_pose_parity import CLIPS, STEADY, errors, seen_by_page, seen_by_vision, shots_of
from uncrick.vision.blazepose import VisionSettings

ADAPTER = ("--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader", "--enable-features=Vulkan")


@pytest.mark.slow
def test_the_graphics_card_sees_the_same() -> None:
    """WebGPU finds every landmark where the processor does; a software adapter is never chosen unasked."""
    with serve_page() as site, open_browser(*ADAPTER) as browser:
        page = browser.new_page()
        page.goto(f"{site.base}/tests/pose_page.html")
        page.wait_for_function("window.watchVideo !== undefined")
        if page.evaluate("Promise.resolve(navigator.gpu?.requestAdapter()).then((adapter) => !adapter)"):
            pytest.skip("this Chromium has no software adapter for WebGPU")
        shots = shots_of(CLIPS["twist"])[:3]
        expected = seen_by_vision(shots, VisionSettings(model="full", n_threads=1))

        actual = seen_by_page(page, site, shots, STEADY | {"accelerator": "webgpu"})
        chosen = page.evaluate("import('/static/pose/accelerator.js').then((module) => module.chooseAccelerator())")

    assert actual["accelerator"] == "webgpu"
    assert chosen == "wasm"
    assert np.max(errors(expected, actual, "image_px", 2)) <= 0.01
    assert np.max(errors(expected, actual, "world_m", 3)) <= 0.02
