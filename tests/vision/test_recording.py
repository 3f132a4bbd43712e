"""Video files: true times, upright pictures, and a sentence for everything that is none."""

import socket

import cv2
import numpy as np
import pytest

from tests.vision.conftest import DATA
from uncrick.errors import ProblemsError
from uncrick.vision.recording import Recording
from uncrick.vision.video import open_video

GREY = [np.full((48, 64, 3), 20 + 10 * i, np.uint8) for i in range(20)]


def sentence(path) -> str:
    """What opening says; fails when it does not complain."""
    with pytest.raises(ProblemsError) as raised:
        open_video(path)
    assert len(raised.value.problems) == 1
    return str(raised.value)


def test_a_recording_says_what_it_is(film) -> None:
    """Name, upright size, number of frames, rate and length are known before the first picture."""
    facts = Recording(film(GREY)).facts

    assert (facts.name, facts.width_px, facts.height_px, facts.n_frames) == ("film.mp4", 64, 48, 20)
    assert facts.fps == pytest.approx(15, rel=0.1)
    assert facts.duration_s == pytest.approx(20 / 15, abs=0.1)


def test_a_recording_can_be_read_twice(film) -> None:
    """Every reading starts at 0 and gives all pictures in order of time."""
    recording = Recording(film(GREY))

    first, second = ([shot.t_s for shot in recording.shots()] for _ in range(2))

    assert first == second == pytest.approx([i / 15 for i in range(20)], abs=1e-3)
    assert recording.missing == ""


@pytest.mark.parametrize("name", ["uneven.mp4", "uneven_reordered.mp4", "uneven.webm"])
def test_true_times_are_kept_when_the_rate_varies(name) -> None:
    """A phone that drops frames does not make the person slower: each picture keeps its own time, and its order."""
    recording = Recording(DATA / name)

    shots = list(recording.shots())

    times_s = [0, 0.033, 0.066, 0.2, 0.233, 0.5, 0.9, 0.933, 1.7, 1.75]
    assert [shot.t_s for shot in shots] == pytest.approx(times_s, abs=1e-3)
    greys = [shot.picture.bgr.mean() for shot in shots]
    assert greys == pytest.approx([20 + 10 * i for i in range(10)], abs=5)
    assert recording.facts.duration_s == pytest.approx(1.75, abs=0.02)
    assert recording.facts.fps is None or recording.facts.fps < 30
    assert recording.missing == ""


def test_a_recording_that_starts_late_starts_at_zero() -> None:
    """Time counts from the first picture, whatever clock the file uses."""
    recording = Recording(DATA / "late.mkv")

    assert [shot.t_s for shot in recording.shots()] == pytest.approx([i / 15 for i in range(5)], abs=2e-3)
    assert recording.facts.duration_s == pytest.approx(5 / 15, abs=0.1)
    assert recording.missing == ""


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_phone_held_upright_gives_an_upright_picture(twist, turn) -> None:
    """The rotation written in the file is done: width and height change places, and the picture stands."""
    recording = Recording(DATA / f"turned_{turn}.mp4")

    assert (recording.facts.width_px, recording.facts.height_px) == (320, 240)
    found = next(recording.shots()).picture.bgr
    upright = cv2.resize(twist[0], (320, 240), interpolation=cv2.INTER_AREA)
    assert np.abs(found.astype(int) - upright).mean() < 4


def test_a_portrait_in_4k_is_found_and_measured_in_its_own_pixels(watch_file) -> None:
    """3840 x 2160 on its side, as a phone writes it: the landmarks are in 2160 x 3840 upright pixels."""
    path = DATA / "portrait_4k.mp4"

    frames = watch_file(path)

    assert (Recording(path).facts.width_px, Recording(path).facts.height_px) == (2160, 3840)
    assert all(frame.has_body for frame in frames)
    hips_px = frames[-1].image_px[[23, 24], :2].mean(axis=0)
    assert hips_px == pytest.approx([180 * 6, (275 + 80) * 6], abs=100)


@pytest.mark.parametrize("coding", ["mp4v", "VP80", "VP90", "MJPG", "FFV1"])
def test_usual_codings_are_read(film, twist, coding) -> None:
    """Whatever wrote the pictures, they come out alike."""
    recording = Recording(film(twist[:2], coding=coding, name="film.mkv"))

    found = next(recording.shots()).picture.bgr
    assert np.abs(found.astype(int) - twist[0]).mean() < 5


def test_a_truncated_recording_gives_what_it_has(tmp_path, demo) -> None:
    """A file that breaks off in mid-frame yields the pictures before the break and says where it ends."""
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(demo.read_bytes()[:120_000])
    recording = Recording(cut)

    shots = list(recording.shots())

    assert 100 < len(shots) < 200
    assert recording.missing.startswith("the file cut.mp4 breaks off at 10.")
    assert "of 18.5 s" in recording.missing


def test_damage_in_the_middle_is_survived_and_said(tmp_path, demo) -> None:
    """Rubbish written over a part of the file costs that part and not the rest, and it is said."""
    content = bytearray(demo.read_bytes())
    content[60_000:90_000] = np.random.default_rng(5).bytes(30_000)
    path = tmp_path / "damaged.mp4"
    path.write_bytes(content)
    recording = Recording(path)

    times_s = [shot.t_s for shot in recording.shots()]

    assert len(times_s) > 100
    assert times_s == sorted(set(times_s))
    assert recording.missing == "parts of damaged.mp4 are damaged and were left out"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"These are the notes of my last session.\n" * 50, "is not a video that can be read"),
        (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + b"\x00" * 2000, "is not a video"),
        (b"#EXTM3U\n#EXTINF:10,\nhttp://192.0.2.1/a.ts\n", "is not a video that can be read"),
        (b"ffconcat version 1.0\nfile '/etc/hostname'\n", "is not a video that can be read"),
    ],
    ids=["empty", "text", "a head and no frames", "a playlist that points outside", "a list of other files"],
)
def test_what_is_no_video_is_one_sentence(tmp_path, capfd, content, says) -> None:
    """Text, emptiness, a head without frames and lists of addresses are refused in one sentence, silently otherwise."""
    path = tmp_path / "film.mp4"
    path.write_bytes(content)

    assert f"film.mp4  {says}" in sentence(path)
    assert capfd.readouterr() == ("", "")


def test_a_playlist_never_reaches_out(tmp_path) -> None:
    """A playlist that names an address is refused without anybody being asked for anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        path = tmp_path / "film.m3u8"
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.ts"
        path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{address}\n#EXT-X-ENDLIST\n")

        assert "is not a video that can be read" in sentence(path)
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_cut_without_index_is_a_sentence(film) -> None:
    """A recording whose index at the end was never written says what it lacks."""
    path = film(GREY)
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"moov") - 8])

    assert "lacks its index" in sentence(path)


def test_no_file_and_a_folder_are_sentences(tmp_path) -> None:
    """A wrong path and a folder are told apart from broken videos."""
    assert "there is no such file" in sentence(tmp_path / "none.mp4")
    assert "is a folder" in sentence(tmp_path)
    assert "there is no such file" in sentence("http://192.0.2.1/film.mp4")


def test_sound_without_picture_is_a_sentence(tmp_path) -> None:
    """A sound recording is told from a video."""
    import soundfile

    path = tmp_path / "voice.wav"
    soundfile.write(path, np.zeros(8000), 8000)

    assert "has no picture in it" in sentence(path)


def test_an_odd_codec_is_a_sentence(film) -> None:
    """A stream in a coding nobody here knows is said to be that."""
    path = film(GREY, name="film.avi")
    path.write_bytes(path.read_bytes().replace(b"mp4v", b"ZZZZ"))

    assert "coded in a way that is not known here" in sentence(path)
