"""Microphones in use: recorded answers of PipeWire and PulseAudio, and tools that fail."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desktop.pretend import listening
from uncrick.desk.activity import CallBegan, CallEnded, Known, Unknown
from uncrick.desktop import tool
from uncrick.desktop.microphone_use import (
    PipeWireUse,
    PulseUse,
    pulse_recording,
    recording,
    updated,
    whole_lists,
)
from uncrick.desktop.seeing import Seeing

DATA = Path(__file__).parent / "data"
MONITOR = (DATA / "pipewire_monitor.json").read_text(encoding="utf-8")
OUTPUTS = json.loads((DATA / "pulse_source_outputs.json").read_text(encoding="utf-8"))
SOURCES = json.loads((DATA / "pulse_sources.json").read_text(encoding="utf-8"))
NOBODY = frozenset()


def told(lists):
    """Return who records after each of PipeWire's lists."""
    known, users = {}, []
    for each in lists:
        known = updated(known, each)
        users.append(recording(known, NOBODY))
    return users


def test_a_recording_of_pipewire_tells_when_somebody_records():
    """As recorded from PipeWire 0.3.65: nobody, then a recorder once its stream runs, then nobody."""
    lists, rest = whole_lists(MONITOR)

    users = told(lists)

    assert rest == ""
    assert [each for i, each in enumerate(users) if i == 0 or each != users[i - 1]] == [[], ["pw-record"], []]


@given(st.integers(1, 5000))
def test_lists_come_whole_however_they_are_cut(size):
    """Whatever pieces pw-dump prints in, the same lists come out."""
    text, found = "", []
    for at in range(0, len(MONITOR), size):
        lists, text = whole_lists(text + MONITOR[at : at + size])
        found += lists

    assert found == whole_lists(MONITOR)[0]


def test_who_does_not_take_part_does_not_count():
    """Streams of what is played, of level meters, of shared screens, that are paused, and one's own are no call."""

    def users(props, state="running", own=NOBODY):
        client = {"props": {"application.process.id": 77, "application.process.binary": "talk"}}
        stream = {"state": state, "props": {"media.class": "Stream/Input/Audio", "client.id": 5, **props}}
        return recording({5: client, 6: stream}, own)

    assert users({}) == ["talk"]
    assert users({"application.name": "Talk"}) == ["Talk"]
    assert users({}, state="idle") == []
    assert users({}, own=frozenset({77})) == []
    assert users({"stream.monitor": "true"}) == []
    assert users({"stream.capture.sink": True}) == users({"stream.capture.sink": "true"}) == []
    assert users({"media.class": "Stream/Output/Audio"}) == []
    assert users({"media.class": "Stream/Input/Video"}) == []
    assert users({"media.class": "Stream/Input/Video", "media.role": "Camera"}) == ["talk"]


@pytest.mark.parametrize(
    "nonsense", ["[[1, 2], 3]", '[{"id": "x"}]', '[{"id": 1, "info": {"props": 3}}]', '[{"id": 1, "info": 7}]', "[}"]
)
def test_nonsense_of_pipewire_is_nobody(nonsense):
    """JSON that is not what pw-dump prints tells of nobody, and raises nothing."""
    lists, _ = whole_lists(nonsense)

    assert all(users == [] for users in told(lists))


def test_a_recording_of_pulseaudio_tells_who_records():
    """As recorded from PulseAudio 16.1: of two recorders the one at the microphone counts, not that at the monitor."""
    at_microphone = [each for each in OUTPUTS if each["source"] == 0]
    at_monitor = [each for each in OUTPUTS if each["source"] == 1]

    assert len(OUTPUTS) == 2
    assert pulse_recording(at_microphone, SOURCES, NOBODY) == ["parec"]
    assert pulse_recording(at_monitor, SOURCES, NOBODY) == []
    assert pulse_recording([{**at_microphone[0], "corked": True}], SOURCES, NOBODY) == []
    own = frozenset({int(at_microphone[0]["properties"]["application.process.id"])})
    assert pulse_recording(at_microphone, SOURCES, own) == []


@pytest.fixture
def tools(tmp_path, monkeypatch):
    """A folder that is looked into first for programs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")

    def make(name, script):
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    return make


async def heard_of(watch, n):
    async with listening(Seeing("call", "call", (watch,)), lambda: 5.0) as heard:
        return [await heard.next() for _ in range(n)]


def test_what_pw_dump_prints_is_followed(tools, tmp_path):
    """A program that prints the recording bit by bit is nobody, then a call, then its end."""
    (tmp_path / "print.py").write_text(
        "import sys, time\n"
        "for line in open(sys.argv[1]).read().split('\\n]\\n'):\n"
        "    print(line + '\\n]' if line else '', flush=True)\n"
        "    time.sleep(0.03)\n"
        "time.sleep(600)\n",
        encoding="utf-8",
    )
    tools("pw-dump", f"exec {sys.executable} {tmp_path}/print.py {DATA / 'pipewire_monitor.json'}")

    news = asyncio.run(heard_of(PipeWireUse(), 4))

    assert news[:2] == [Known(5.0, "call", "microphones and cameras in use from PipeWire"), CallEnded(5.0)]
    assert news[2:] == [CallBegan(5.0, "pw-record"), CallEnded(5.0)]


def test_what_pactl_says_is_asked_again_at_news(tools, tmp_path):
    """After every piece of news about a recording stream, pactl is asked who records."""
    outputs = tmp_path / "outputs.json"
    outputs.write_text("[]", encoding="utf-8")
    script = (
        f'case "$*" in subscribe) while ! test -e {tmp_path}/go; do sleep 0.05; done;'
        " echo \"Event 'new' on source-output #0\"; sleep 600;;"
        f" *source-outputs) cat {outputs};; *) cat {DATA / 'pulse_sources.json'};; esac"
    )
    tools("pactl", script)

    async def run():
        async with listening(Seeing("call", "call", (PulseUse(),)), lambda: 5.0) as heard:
            opening = [await heard.next(), await heard.next()]
            outputs.write_text(json.dumps(OUTPUTS), encoding="utf-8")
            (tmp_path / "go").touch()
            return opening, await heard.next()

    opening, began = asyncio.run(run())

    assert opening == [Known(5.0, "call", "microphones in use from PulseAudio"), CallEnded(5.0)]
    assert began == CallBegan(5.0, "parec")


@pytest.mark.parametrize(
    ("watch", "name", "script", "says"),
    [
        (PipeWireUse, "pw-dump", "exit 255", "PipeWire's pw-dump ended with 255"),
        (PipeWireUse, "pw-dump", "sleep 600", "pw-dump did not answer within 0.3 s"),
        (PulseUse, "pactl", "exit 1", "pactl ended with 1"),
        (
            PulseUse,
            "pactl",
            "echo Source Output #0",
            "PulseAudio's pactl answers in no JSON: it is older than version 16",
        ),
        (PulseUse, "pactl", "sleep 600", "pactl did not answer within 0.3 s"),
    ],
)
def test_a_tool_that_fails_is_a_sentence(watch, name, script, says, tools, monkeypatch):
    """A tool that ends, hangs or answers otherwise makes calls unknown, with one sentence."""
    monkeypatch.setattr(tool, "ANSWER_S", 0.3)
    tools(name, script)

    (news,) = asyncio.run(heard_of(watch(), 1))

    assert isinstance(news, Unknown)
    assert news.why == says


@pytest.mark.parametrize("watch", [PipeWireUse, PulseUse])
def test_a_tool_that_is_missing_is_a_sentence(watch, monkeypatch, tmp_path):
    """Where the tool is not installed, that is said."""
    monkeypatch.setenv("PATH", str(tmp_path))

    (news,) = asyncio.run(heard_of(watch(), 1))

    assert news.why.endswith("is not installed here")
