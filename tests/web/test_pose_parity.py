"""The browser's way from pixels to landmarks, held to the one in `vision`, in a real browser on real frames."""

import json
import math
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.web.pose_server import PACKAGE, Site, guarded_exit, open_browser, serve_page
from uncrick.pose.frame import Frame
from uncrick.pose.landmark import INDEX, NAMES
from uncrick.vision import blazepose, detector, landmarks, region
from uncrick.vision.blazepose import VisionSettings, open_eyes
from uncrick.vision.picture import Picture
from uncrick.vision.source import Shot
from uncrick.vision.video import open_video

CLIPS = {
    "twist": PACKAGE / "library" / "demo" / "chair_spinal_twist.mp4",
    "rocking": Path(__file__).parents[1] / "clips" / "rocking_female_side.mp4",
}
N_FRAMES = 10
STEADY = {"model": "full", "accelerator": "wasm", "slowest_ms": math.inf}
"""Options under which a busy machine changes nothing."""
EVERY = 6
"""Of a clip with 15 frames a second every sixth is looked at: much movement in few frames, none of them lost."""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serve_page() as served:
        yield served


@pytest.fixture(scope="module")
def watched() -> Iterator[tuple[Any, list[str]]]:
    """Give a browser whose only way to anything but this machine is noted and closed."""
    with guarded_exit() as (proxy, wanted), open_browser(f"--proxy-server={proxy}") as browser:
        yield browser, wanted


@pytest.fixture
def page(watched: tuple[Any, list[str]], site: Site) -> Iterator[Any]:
    """Give the tests' page, loaded; errors in it fail the test."""
    context = watched[0].new_context()
    opened, errors = context.new_page(), []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(f"{site.base}/tests/pose_page.html")
    opened.wait_for_function("window.watchVideo !== undefined")
    yield opened
    context.close()
    assert errors == []


def shots_of(clip: Path) -> list[Shot]:
    """Return N_FRAMES shots, as pixels that both sides can be given unchanged."""
    chosen = []
    for i, shot in enumerate(open_video(clip).shots()):
        if i % EVERY == 0:
            chosen.append(Shot(shot.t_s, Picture(shot.picture.bgr)))
        if len(chosen) == N_FRAMES:
            break
    return chosen


def seen_by_vision(shots: list[Shot], settings: VisionSettings) -> list[Frame]:
    eyes, track, frames = open_eyes(settings), None, []
    for shot in shots:
        track, frame = blazepose.step(eyes, track, shot)
        frames.append(frame)
    return frames


def seen_by_page(page: Any, site: Site, shots: list[Shot], options: dict[str, Any]) -> dict[str, Any]:
    urls = [f"/pictures/{i}.png" for i in range(len(shots))]
    for url, shot in zip(urls, shots, strict=True):
        site.pictures[url] = cv2.imencode(".png", shot.picture.bgr)[1].tobytes()
    call = "([options, urls, times_s]) => watchPictures(options, urls, times_s)"
    seen: dict[str, Any] = page.evaluate(call, [options, urls, [shot.t_s for shot in shots]])
    return seen


def stacked(frames: list[dict[str, Any]], name: str) -> np.ndarray:
    return np.array([np.array(frame[name], dtype=float).reshape(33, -1).squeeze() for frame in frames])


CHAIN = [INDEX[name] for name in ("nose", "shoulder_left", "hip_left", "knee_left", "ankle_left")]


def sizes(points: np.ndarray) -> np.ndarray:
    """Return (T,) the body's size: its length from nose to ankle along the bones, or its longer side if that is more.

    points : (T, 33, >=2). Along the bones, because somebody who hugs the knees is no smaller than before.
    """
    flat = points[..., :2]
    along = np.linalg.norm(np.diff(flat[:, CHAIN], axis=1), axis=2).sum(axis=1)
    return np.maximum(along, np.ptp(flat, axis=1).max(axis=1))


def errors(expected: list[Frame], actual: dict[str, Any], name: str, n_axes: int) -> np.ndarray:
    """Return (T, 33) distances between both sides' landmarks as parts of the body's size."""
    wanted = np.array([getattr(frame, name) for frame in expected])
    found = np.array([np.array(frame[name], dtype=float).reshape(33, 3) for frame in actual["frames"]])
    return np.asarray(np.linalg.norm((found - wanted)[..., :n_axes], axis=2) / sizes(wanted)[:, None])


@pytest.mark.parametrize("clip", CLIPS)
@pytest.mark.parametrize("model", ["full", "lite"])
def test_page_finds_what_vision_finds(page: Any, site: Site, clip: str, model: Any) -> None:
    """Whoever is searched and looked at in one picture has every landmark in the same place, to 1 % of the body."""
    shots = [Shot(10.0 * i, shot.picture) for i, shot in enumerate(shots_of(CLIPS[clip])[::2])]
    expected = seen_by_vision(shots, VisionSettings(model=model, n_threads=1))

    actual = seen_by_page(page, site, shots, STEADY | {"model": model})

    assert actual["model"] == model
    assert all(frame.has_body for frame in expected)
    assert errors(expected, actual, "image_px", 2).max() <= 0.01
    assert errors(expected, actual, "image_px", 3).max() <= 0.02  # depth is ten times as easily shaken
    assert errors(expected, actual, "world_m", 3).max() <= 0.01
    for wanted, found in zip(expected, actual["frames"], strict=True):
        np.testing.assert_allclose(found["visibility"], wanted.visibility, atol=0.01)


@pytest.mark.parametrize("clip", CLIPS)
@pytest.mark.parametrize("model", ["full", "lite"])
def test_page_follows_whom_vision_follows(page: Any, site: Site, clip: str, model: Any) -> None:
    """Over a stretch of movement 19 landmarks in 20 stay within 1 % of the body, and none goes astray.

    Each picture is looked at where the last one ended, so a difference in the last bit grows where a point is hidden.
    """
    shots = shots_of(CLIPS[clip])
    expected = seen_by_vision(shots, VisionSettings(model=model, n_threads=1))

    actual = seen_by_page(page, site, shots, STEADY | {"model": model})

    for name, axes in (("image_px", 2), ("world_m", 3)):
        found = errors(expected, actual, name, axes)
        assert np.percentile(found, 95) <= 0.01
        assert found.max() <= 0.05


def test_names_are_the_same(page: Any) -> None:
    """The page's landmarks have the names and the order of the program's."""
    actual = page.evaluate("import('/static/pose/landmark.js').then((module) => module.NAMES)")

    assert actual == list(NAMES)


CONSTANTS = {
    "blazepose.js": (blazepose, "LEAST_FLAG LEAST_INSIDE EDGE LONGEST_JUMP LONGEST_GAP_S OWN_S MOST_LOOKS"),
    "detector.js": (detector, "STRIDES LEAST_SCORE SAME_PERSON_IOU"),
    "landmarks.js": (landmarks, "N_POINTS HIP WANTED WINDOW LEAST_HEAT"),
    "region.js": (region, "SCALE"),
}


@pytest.mark.parametrize("module", CONSTANTS)
def test_constants_are_the_same(page: Any, module: str) -> None:
    """Whoever changes a constant on one side is told of the other."""
    python, names = CONSTANTS[module]

    actual = page.evaluate(f"import('/static/pose/{module}').then((module) => ({{...module}}))")

    expected = json.loads(json.dumps({name: getattr(python, name) for name in names.split()}))
    assert {name: actual[name] for name in names.split()} == expected


def test_smoothing_and_turns_are_the_same(page: Any) -> None:
    """The region is steadied alike, and people are searched in the same turns."""
    actual = page.evaluate("import('/static/pose/blazepose.js').then((module) => ({...module}))")

    assert actual["REGION_SMOOTHING"] == asdict(blazepose.REGION_SMOOTHING)
    assert tuple(actual["TURNS_DEG"]) == open_eyes(VisionSettings(turn="auto")).turns_deg


def test_a_turned_picture_is_searched_on_its_side(page: Any, site: Site) -> None:
    """Somebody who lies across the picture is found by both, in the same place, once the search has turned."""
    turned = [
        Shot(shot.t_s, Picture(np.ascontiguousarray(np.rot90(shot.picture.bgr))))
        for shot in shots_of(CLIPS["twist"])[:4]
    ]
    expected = seen_by_vision(turned, VisionSettings(model="full", n_threads=1))

    actual = seen_by_page(page, site, turned, STEADY)

    found = [frame["present"] for frame in actual["frames"]]
    assert found == [frame.has_body for frame in expected]
    both = [i for i, present in enumerate(found) if present]
    assert both
    there = {"frames": [actual["frames"][i] for i in both]}
    assert np.percentile(errors([expected[i] for i in both], there, "image_px", 2), 95) <= 0.01


def test_an_empty_room_shows_nobody(page: Any, site: Site) -> None:
    """Where nobody is, present is false, every coordinate NaN and every visibility 0."""
    grey = Shot(0.0, Picture(np.full((240, 320, 3), 90, np.uint8)))

    (frame,) = seen_by_page(page, site, [grey], STEADY | {"model": "lite"})["frames"]

    assert not frame["present"]
    assert set(frame["image_px"]) == set(frame["world_m"]) == {None}
    assert set(frame["visibility"]) == {0}


def test_points_outside_the_picture_are_not_visible(page: Any, site: Site) -> None:
    """A body cut off at the hips keeps its guessed knees, with visibility 0."""
    shot = shots_of(CLIPS["twist"])[0]
    upper = Shot(0.0, Picture(np.ascontiguousarray(shot.picture.bgr[:280])))

    (frame,) = seen_by_page(page, site, [upper], STEADY)["frames"]

    ankle = INDEX["ankle_left"]
    assert frame["present"]
    assert frame["image_px"][3 * ankle + 1] > 280 + blazepose.EDGE * upper.picture.width_px
    assert frame["visibility"][ankle] == 0
    assert frame["visibility"][INDEX["nose"]] > 0.5


def test_large_pictures_are_told_in_their_own_pixels(page: Any, site: Site) -> None:
    """A picture beyond what is looked at, three times as large, gives landmarks three times as far out."""
    shot = shots_of(CLIPS["twist"])[0]
    large = cv2.resize(shot.picture.bgr, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)
    options = STEADY
    (small_frame,) = seen_by_page(page, site, [shot], options)["frames"]

    (frame,) = seen_by_page(page, site, [Shot(0.0, Picture(large))], options)["frames"]

    actual, expected = (np.array(each["image_px"]).reshape(33, 3)[:, :2] for each in (frame, small_frame))
    size = np.ptp(expected, axis=0).max()
    assert np.percentile(np.linalg.norm(actual / 3 - expected, axis=1) / size, 90) <= 0.01


def test_a_video_element_is_watched(page: Any, site: Site) -> None:
    """A video that plays shows somebody; before it plays and after the pose is closed it shows nobody."""
    seen = page.evaluate(
        "([options, url, n]) => watchVideo(options, url, n)",
        [STEADY | {"model": "lite"}, "/clips/rocking_female_side.mp4", 3],
    )

    assert not seen["before"]["present"]
    assert not seen["after"]["present"]
    assert sum(frame["present"] for frame in seen["frames"]) == 3
    width, height = seen["size"]
    there = next(frame for frame in seen["frames"] if frame["present"])
    x, y, _ = there["image_px"][3 * INDEX["hip_left"] :][:3]
    assert 0 < x < width
    assert 0 < y < height


def test_a_slow_machine_gets_the_lite_model(page: Any, site: Site) -> None:
    """When full takes longer than it may, lite takes over and the body stays in sight."""
    picture = shots_of(CLIPS["twist"])[0].picture
    shots = [Shot(i / 10, picture) for i in range(40)]

    seen = seen_by_page(page, site, shots, STEADY | {"slowest_ms": 0.1})

    assert seen["model"] == "lite"
    assert all(frame["present"] for frame in seen["frames"])


def test_an_older_browser_sees_the_same(page: Any, site: Site) -> None:
    """The runtime for browsers without relaxed SIMD finds every landmark in the same place."""
    shots = [shots_of(CLIPS["twist"])[0]]
    expected = seen_by_vision(shots, VisionSettings(model="lite", n_threads=1))
    runtime = "/static/vendor/litert/litert_wasm_internal.js"
    site.pictures[runtime] = (PACKAGE / "web/page/vendor/litert/litert_wasm_compat_internal.js").read_bytes()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    actual = seen_by_page(page, site, shots, STEADY | {"model": "lite"})

    del site.pictures[runtime]
    assert any(url.endswith("litert_wasm_compat_internal.wasm") for url in asked)
    assert errors(expected, actual, "image_px", 2).max() <= 0.01


def test_missing_weights_are_said_in_one_sentence(page: Any) -> None:
    """Where the weights are not, the page is told so and by name."""
    sentence = page.evaluate("watchPictures({base: '/nowhere/'}, [], []).catch((error) => error.message)")

    assert "weights of the neural network are not here (404)" in sentence
    assert "/nowhere/weights/" in sentence


def test_nothing_is_asked_of_another_origin(watched: tuple[Any, list[str]], site: Site) -> None:
    """A whole watch, worker and all, asks only its own server, under the page's own security policy."""
    browser, wanted = watched
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.base}/tests/pose_page.html")
    page.wait_for_function("window.watchVideo !== undefined")

    seen = seen_by_page(page, site, shots_of(CLIPS["twist"])[:2], {"accelerator": "auto"})

    page.close()
    assert seen["frames"][0]["present"]
    assert any(url.endswith("pose_landmark_full.tflite") for url in asked)
    assert {url.split("/", 3)[2] for url in asked if not url.startswith(("blob:", "data:"))} == {site.base[7:]}
    assert wanted == []


def test_the_guard_would_have_seen_a_request(watched: tuple[Any, list[str]], site: Site) -> None:
    """The closed way out notes what wants to get out, so that its silence means something."""
    browser, wanted = watched
    page = browser.new_page()
    page.goto(f"{site.base}/without_policy.html")

    page.evaluate("fetch('http://uncrick.invalid/', {mode: 'no-cors'}).catch(() => 0)")

    page.close()
    assert wanted == ["GET http://uncrick.invalid/ HTTP/1.1"]
    wanted.clear()
