"""Listening to recordings of every kind; whatever is wrong with one is a sentence."""

import sys

import numpy as np
import pytest
import soundfile

from uncrick.app.listening import listen_to_file, listen_to_microphone, moments_from
from uncrick.errors import ProblemsError

RATE_HZ = 48_000


def room_with_pop(seconds=6.0, at_s=2.5, rate_hz=RATE_HZ):
    """Return a quiet room with one ringing pop."""
    t_s = np.arange(int(seconds * rate_hz)) / rate_hz
    sound = 1e-4 * np.random.default_rng(1).standard_normal(len(t_s))
    ring = t_s >= at_s
    sound[ring] += 0.2 * np.sin(2 * np.pi * 700 * (t_s[ring] - at_s)) * np.exp(-(t_s[ring] - at_s) / 2e-3)
    return sound


def listen(path, moments=()):
    return listen_to_file(path, moments, lambda done_s, all_s: None)


@pytest.mark.parametrize("kind", ["wav", "flac", "ogg", "mp3"])
def test_kinds_of_file(tmp_path, kind):
    """A pop is heard in WAV, FLAC, OGG and MP3."""
    path = tmp_path / f"pop.{kind}"
    soundfile.write(path, room_with_pop(), RATE_HZ)

    heard = listen(path)

    assert [round(crack.t_s, 1) for crack in heard.cracks] == [2.5]
    assert heard.duration_s == pytest.approx(6.0, abs=0.1)


def test_stereo(tmp_path):
    """Two channels are averaged, and that is said."""
    sound = room_with_pop()
    soundfile.write(tmp_path / "s.wav", np.column_stack([sound, 0.5 * sound]), RATE_HZ)

    heard = listen(tmp_path / "s.wav")

    assert len(heard.cracks) == 1
    assert heard.remarks == ["2 channels were averaged to one"]


def test_silent_and_clipped(tmp_path):
    """Silence and clipping are said."""
    soundfile.write(tmp_path / "silent.wav", np.zeros(RATE_HZ), RATE_HZ)
    soundfile.write(tmp_path / "clipped.wav", np.clip(50 * room_with_pop(), -1, 1), RATE_HZ)

    assert listen(tmp_path / "silent.wav").remarks == ["the recording is silent: check the microphone"]
    assert "clipped" in listen(tmp_path / "clipped.wav").remarks[0]


def test_too_short(tmp_path):
    """A recording too short to hold a pop and what comes before it says so, instead of finding nothing."""
    soundfile.write(tmp_path / "short.wav", room_with_pop()[: RATE_HZ // 5], RATE_HZ)

    assert "lasts 0.2 s: a pop in its first 0.6 s cannot be told" in listen(tmp_path / "short.wav").remarks[0]


def test_not_a_number_in_a_recording(tmp_path):
    """Samples that are no numbers are taken as silence."""
    sound = room_with_pop()
    sound[1000:1100] = np.nan
    soundfile.write(tmp_path / "nan.wav", sound, RATE_HZ, subtype="FLOAT")

    assert [round(crack.t_s, 1) for crack in listen(tmp_path / "nan.wav").cracks] == [2.5]


def test_watched_moments(tmp_path):
    """A pop outside the watched moments is left out."""
    soundfile.write(tmp_path / "p.wav", room_with_pop(), RATE_HZ)

    assert listen(tmp_path / "p.wav", [(0.0, 2.0)]).cracks == []
    assert len(listen(tmp_path / "p.wav", [(2.0, 3.0)]).cracks) == 1


def test_refused(tmp_path):
    """Missing, a folder, a text, empty, 8 kHz, a million samples a second: each a sentence with the file's name."""
    (tmp_path / "text.wav").write_text("not a sound")
    (tmp_path / "nothing.wav").write_bytes(b"")
    soundfile.write(tmp_path / "empty.wav", np.zeros(0), RATE_HZ)
    soundfile.write(tmp_path / "coarse.wav", room_with_pop(rate_hz=8000), 8000)
    soundfile.write(tmp_path / "fine.wav", np.zeros(1000), 1_000_000)
    wanted = {
        "gone.wav": "not there", "": "folder", "text.wav": "not a sound file", "nothing.wav": "not a sound file",
        "empty.wav": "no samples", "coarse.wav": "8000 samples a second", "fine.wav": "at most 192000",
    }  # fmt: skip

    for name, says in wanted.items():
        with pytest.raises(ProblemsError, match=says) as error:
            listen(tmp_path / name)
        assert error.value.problems[0].where == str(tmp_path / name)


def test_cut_off_file(tmp_path):
    """A file cut off in the middle is read as far as it goes, or refused with a sentence; never a traceback."""
    for kind in ("wav", "flac", "ogg", "mp3"):
        path = tmp_path / f"cut.{kind}"
        soundfile.write(path, room_with_pop(), RATE_HZ)
        path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])

        try:
            assert 0.0 < listen(path).duration_s <= 6.1
        except ProblemsError as error:
            assert path.name in error.problems[0].where


@pytest.mark.slow
def test_a_long_recording_is_read_in_pieces(tmp_path):
    """Three minutes are never in memory at once: no piece is longer than half a second."""
    path = tmp_path / "long.flac"
    with soundfile.SoundFile(path, "w", RATE_HZ, 1) as file:
        for i in range(30):
            file.write(room_with_pop(6.0, 2.5) if i % 10 == 0 else np.zeros(6 * RATE_HZ))
    done = []

    heard = listen_to_file(path, (), lambda done_s, all_s: done.append(done_s))

    assert np.diff(done).max() == pytest.approx(0.5)
    assert heard.duration_s == pytest.approx(180.0)
    assert len(heard.cracks) == 3


def test_moments():
    """Moments are FROM-TO in seconds; every wrong one is named."""
    assert moments_from(["1-2.5", "10-20"]) == [(1.0, 2.5), (10.0, 20.0)]
    with pytest.raises(ProblemsError) as error:
        moments_from(["x", "5-4", "3", "nan-4"])
    assert len(error.value.problems) == 4


def test_no_microphone(monkeypatch):
    """Without the microphone's library a sentence says what to install."""
    monkeypatch.setitem(sys.modules, "sounddevice", None)

    with pytest.raises(ProblemsError, match="sounddevice"):
        next(listen_to_microphone(1.0))
