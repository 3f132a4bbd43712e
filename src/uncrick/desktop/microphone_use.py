"""Whether another program records: from PipeWire's own list of streams, or from PulseAudio's."""

import asyncio
import codecs
import json
import os
from collections.abc import AsyncGenerator, Iterable, Mapping
from typing import Final

from uncrick.desk.source import Clock
from uncrick.desktop import tool
from uncrick.desktop.seeing import CannotSee, Stand

Thing = Mapping[str, object]
"""An object of a tool's JSON."""

PIPEWIRE: Final = ("pw-dump", "--monitor", "--no-colors")
PULSE_NEWS: Final = ("pactl", "subscribe")
PULSE_OUTPUTS: Final = ("pactl", "--format=json", "list", "source-outputs")
PULSE_SOURCES: Final = ("pactl", "--format=json", "list", "sources")


class PipeWireUse:
    """Streams that record sound or pictures, from PipeWire; ``pw-dump`` tells of every change by itself."""

    how = "microphones and cameras in use from PipeWire"

    def __init__(self, own: Iterable[int] = ()) -> None:
        self._own = frozenset({os.getpid(), *own})

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        async with tool.running(PIPEWIRE) as process:
            assert process.stdout is not None
            known: dict[int, Thing] = {}
            text, decoder = "", codecs.getincrementaldecoder("utf-8")("replace")
            while True:
                try:
                    data = await asyncio.wait_for(process.stdout.read(65536), None if known else tool.ANSWER_S)
                except TimeoutError:
                    raise CannotSee(f"pw-dump did not answer within {tool.ANSWER_S:g} s") from None
                if not data or len(text) > tool.LONGEST:
                    raise CannotSee(f"PipeWire's pw-dump ended with {await process.wait() if not data else 'nonsense'}")
                lists, text = whole_lists(text + decoder.decode(data))
                if lists:
                    for each in lists:
                        known = updated(known, each)
                    users = recording(known, self._own)
                    yield Stand(now(), bool(users), by=", ".join(users))


def whole_lists(text: str) -> tuple[list[list[Thing]], str]:
    """Return the JSON lists that are whole, and the rest of *text*. What is no list of objects counts as empty."""
    decoder, at = json.JSONDecoder(), 0
    lists: list[list[Thing]] = []
    while True:
        start = text.find("[", at)
        if start < 0:
            return lists, ""
        if not lists and not text.rstrip().endswith("]"):
            return [], text  # the end has not come yet: reading the beginning again and again would cost
        try:
            found, at = decoder.raw_decode(text, start)
        except json.JSONDecodeError:
            return lists, text[start:]
        lists.append([each for each in found if isinstance(each, dict)])


def updated(known: Mapping[int, Thing], news: Iterable[Thing]) -> dict[int, Thing]:
    """Return PipeWire's objects after *news*: new ones, changed ones, and those without info are gone."""
    after = dict(known)
    for each in news:
        number, info = each.get("id"), each.get("info")
        if not isinstance(number, int):
            continue
        if isinstance(info, dict):
            after[number] = {"type": each.get("type"), **info}
        elif "info" in each:
            after.pop(number, None)
    return after


def recording(known: Mapping[int, Thing], own: frozenset[int]) -> list[str]:
    """Return who records right now: running capture streams, save those of what plays, of meters and of *own*."""
    found = set()
    for each in known.values():
        props = _props(each)
        if not _captures(props) or each.get("state") != "running" or _only_listens_in(props):
            continue
        client = known.get(_number(props.get("client.id")), {})
        told = {**_props(client), **props}
        if _number(told.get("application.process.id")) not in own:
            found.add(_name(told))
    return sorted(found)


def _captures(props: Thing) -> bool:
    """Whether a stream takes sound, or pictures of a camera; screens shared and windows previewed do not count."""
    kind = props.get("media.class")
    return kind == "Stream/Input/Audio" or (kind == "Stream/Input/Video" and props.get("media.role") == "Camera")


class PulseUse:
    """Streams that record sound, from PulseAudio; ``pactl subscribe`` tells when to ask again."""

    how = "microphones in use from PulseAudio"

    def __init__(self, own: Iterable[int] = ()) -> None:
        self._own = frozenset({os.getpid(), *own})

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        yield await self._stand(now)
        async for line in tool.lines(PULSE_NEWS):
            if "source-output" in line:
                yield await self._stand(now)

    async def _stand(self, now: Clock) -> Stand:
        outputs = await tool.answer(PULSE_OUTPUTS)
        sources = await tool.answer(PULSE_SOURCES) if outputs.strip() not in ("", "[]") else "[]"
        users = pulse_recording(_things(outputs), _things(sources), self._own)
        return Stand(now(), bool(users), by=", ".join(users))


def pulse_recording(outputs: Iterable[Thing], sources: Iterable[Thing], own: frozenset[int]) -> list[str]:
    """Return who records right now, save what listens to a loudspeaker's monitor, is corked, or is of *own*."""
    monitors = {each.get("index") for each in sources if _props(each, "properties").get("device.class") == "monitor"}
    found = set()
    for each in outputs:
        props = _props(each, "properties")
        listens_in = each.get("source") in monitors or _only_listens_in(props)
        if not listens_in and not each.get("corked") and _number(props.get("application.process.id")) not in own:
            found.add(_name(props))
    return sorted(found)


def _things(text: str) -> list[Thing]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        raise CannotSee("PulseAudio's pactl answers in no JSON: it is older than version 16") from None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _props(each: Thing, name: str = "props") -> Thing:
    props = each.get(name)
    return props if isinstance(props, dict) else {}


def _only_listens_in(props: Thing) -> bool:
    """Whether a stream records what is played, or only measures how loud it is, as mixers do."""
    return any(str(props.get(name)).lower() == "true" for name in ("stream.capture.sink", "stream.monitor"))


def _number(value: object) -> int:
    """Return a number that may be written as text, -1 when it is none."""
    text = str(value)
    return int(text) if text.isdigit() else -1


def _name(props: Thing) -> str:
    name = props.get("application.name") or props.get("application.process.binary") or props.get("node.name")
    return str(name or "a program")
