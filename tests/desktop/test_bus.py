"""D-Bus over a private bus: answers, lies, silence, and a bus that is none."""

import asyncio

import pytest
from dbus_fast.errors import AuthError, AuthTimeoutError, InvalidAddressError

from tests.desktop.pretend import HANG, program
from uncrick.desktop import bus as bus_module
from uncrick.desktop.bus import Ask, Place, Signal, changed, no_bus, open_bus, refusal, unboxed
from uncrick.desktop.seeing import CannotSee

PLACE = Place("test.Someone", "/test", "test.Someone")


def why(question, *, answers=None, **properties):
    """Return the sentence that *question* (a coroutine function of the bus) ends in."""

    async def run(address):
        async with program(address, PLACE.service, PLACE.path, PLACE.interface) as made:
            made.answers |= answers or {}
            made.properties |= properties
            async with open_bus("session") as bus:
                with pytest.raises(CannotSee) as caught:
                    await question(bus)
                return str(caught.value)

    return run


def test_an_answer_of_the_wrong_type_is_a_sentence(session_bus):
    """A program that lies about its types is not believed."""
    run = why(lambda bus: bus.ask(Ask(PLACE, "HowLong", "t")), answers={"HowLong": ("s", ["ages"])})

    assert asyncio.run(run(session_bus)) == "test.Someone answered HowLong with s where t was wanted"


def test_a_property_of_the_wrong_type_is_a_sentence(session_bus):
    """A property that holds another type is not believed."""
    from dbus_fast import Variant

    run = why(lambda bus: bus.read(PLACE, "Locked", "b"), Locked=Variant("s", "yes"))

    assert asyncio.run(run(session_bus)) == "test.Someone Locked is s where b was wanted"


def test_a_program_that_hangs_is_a_sentence(session_bus, monkeypatch):
    """A program that never answers costs a moment, and then a sentence."""
    monkeypatch.setattr(bus_module, "ANSWER_S", 0.2)
    run = why(lambda bus: bus.ask(Ask(PLACE, "HowLong", "t")), answers={"HowLong": HANG})

    assert asyncio.run(run(session_bus)) == "test.Someone did not answer within 0.2 s"


def test_a_program_that_is_not_there_is_a_sentence(session_bus):
    """Nobody is started by being asked: who is absent is said to be."""
    run = why(lambda bus: bus.ask(Ask(Place("test.Nobody", "/", "test.Nobody"), "HowLong", "t")))

    assert asyncio.run(run(session_bus)) == "test.Nobody is not on the session bus"


def test_a_question_that_is_not_known_is_a_sentence(session_bus):
    """An older program that does not know a question says so."""
    run = why(lambda bus: bus.ask(Ask(PLACE, "HowLong", "t")))

    assert asyncio.run(run(session_bus)) == "test.Someone does not know that question"


def test_no_bus_is_a_sentence():
    """Without a session bus, and with an address where none listens, nothing is raised but a sentence."""

    async def run(kind):
        async with open_bus(kind):
            pass

    with pytest.raises(CannotSee, match="there is no session bus"):
        asyncio.run(run("session"))
    with pytest.raises(CannotSee, match="there is no system bus"):
        asyncio.run(run("system"))


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        (FileNotFoundError(2, "No such file"), "there is no system bus"),
        (ConnectionRefusedError(111, "refused"), "the system bus has ended"),
        (PermissionError(13, "denied"), "the system bus turned this program away"),
        (AuthError("EXTERNAL"), "the system bus turned this program away"),
        (AuthTimeoutError("late"), "the system bus did not answer within 3 s"),
        (InvalidAddressError("x"), "the address of the system bus cannot be read"),
        (EOFError(), "what answers as the system bus does not speak as one"),
    ],
)
def test_why_there_is_no_bus_is_plain(trouble, says):
    """Whatever a bus that cannot be reached raises, people read a sentence without numbers and names of errors."""
    assert no_bus(trouble, "system") == says


@pytest.mark.parametrize("address", ["nonsense", "unix:", "tcp:host=,port=0", ""])
def test_an_address_that_is_none_is_a_sentence(address, monkeypatch):
    """Whatever stands in the environment, a bus that cannot be reached is a sentence."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)

    async def run():
        async with open_bus("session"):
            pass

    with pytest.raises(CannotSee, match="session bus") as told:
        asyncio.run(run())
    assert "Err" not in str(told.value)


@pytest.mark.parametrize("greeting", [b"", b"REJECTED\r\n", b"\x00\xff" * 40, b"OK zzz\r\n" + b"\xff" * 64])
def test_a_bus_that_hangs_or_talks_nonsense_is_a_sentence(greeting, monkeypatch, tmp_path):
    """A bus that takes the connection and then is silent, refuses or sends rubbish costs a moment and a sentence."""
    monkeypatch.setattr(bus_module, "ANSWER_S", 0.3)
    path = tmp_path / "strange"
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={path}")

    async def strange(reader, writer):
        writer.write(greeting)
        await reader.read()

    async def run():
        server = await asyncio.start_unix_server(strange, path)
        try:
            async with open_bus("session"):
                pass
        finally:
            server.close()

    with pytest.raises(CannotSee, match="session bus"):
        asyncio.run(run())


def test_a_signal_is_heard(session_bus):
    """What a program tells everybody comes with its types."""

    async def run():
        async with program(session_bus, PLACE.service, PLACE.path, PLACE.interface) as made, open_bus("session") as bus:
            await bus.listen(PLACE, "Woke")
            await made.tell("Slept", "b", True)
            await made.tell("Woke", "b", True)
            return await bus.heard(5), await bus.heard(0.05)

    assert asyncio.run(run()) == (Signal("/test", "test.Someone", "Woke", "b", (True,)), None)


def test_a_program_that_goes_is_a_sentence(session_bus):
    """Who is listened to and leaves the bus is missed at once."""

    async def run():
        async with program(session_bus, PLACE.service, PLACE.path, PLACE.interface) as made, open_bus("session") as bus:
            await bus.listen(PLACE, "Woke")
            await made.leave()
            with pytest.raises(CannotSee) as caught:
                await bus.heard(5)
            return str(caught.value)

    assert asyncio.run(run()) == "test.Someone has gone from the session bus"


def test_changes_of_properties_are_read_by_type():
    """A change is of this interface, of this name and of this type, or it is nothing, or a sentence."""
    from dbus_fast import Variant

    def signal(interface, values, types="sa{sv}as"):
        return Signal("/", "org.freedesktop.DBus.Properties", "PropertiesChanged", types, (interface, values, []))

    told = {"Locked": Variant("b", True)}

    assert changed(signal(PLACE.interface, told), PLACE, "Locked", "b") is True
    assert changed(signal("another", told), PLACE, "Locked", "b") is None
    assert changed(signal(PLACE.interface, {}), PLACE, "Locked", "b") is None
    assert changed(signal(PLACE.interface, told, "s"), PLACE, "Locked", "b") is None
    with pytest.raises(CannotSee, match="Locked is b where s was wanted"):
        changed(signal(PLACE.interface, told), PLACE, "Locked", "s")
    with pytest.raises(CannotSee, match="is int where b was wanted"):
        unboxed(1, "b", "something")


@pytest.mark.parametrize(
    ("error", "says"),
    [
        ("org.freedesktop.DBus.Error.AccessDenied", "someone may not be asked by this program"),
        ("org.freedesktop.DBus.Error.UnknownProperty", "someone does not know that question"),
        ("my.own.Trouble", "someone refused: my.own.Trouble"),
        ("", "someone refused: no reason given"),
    ],
)
def test_errors_are_sentences(error, says):
    """Every error of a bus is put into words."""
    assert refusal("someone", error, "session") == says
