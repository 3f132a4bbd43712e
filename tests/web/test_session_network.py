"""The session in the home network: certificate, door and line, with the network there, gone, and back."""

import http.client
import ssl
from collections.abc import Iterator

import pytest

from tests.web.coach_page import Person, Program, run_program, without_records
from tests.web.pose_server import open_browser
from uncrick.web.serving import lan_addresses


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Run one program with --lan for all."""
    folder = tmp_path_factory.mktemp("coach")
    with run_program(folder, "--lan", *without_records(folder)) as program:
        yield program


@pytest.fixture(scope="module")
def phone(program: Program) -> Iterator[Person]:
    """Open the link on a phone that has accepted the certificate, by the address it has in the network."""
    address = next(iter(lan_addresses()), "localhost")
    screen = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with open_browser("--mute-audio") as browser:
        link = program.link.replace("localhost", address)
        person = Person(browser, link, ignore_https_errors=True, hears=True, **screen)
        yield person
        person.close()


def status(program: Program, host: str, path: str = "/session") -> int:
    """Return what the program answers to somebody who asks for *host* without having opened the link."""
    trusting = ssl._create_unverified_context()
    line = http.client.HTTPSConnection("localhost", program.port, context=trusting)
    line.request("GET", path, headers={"Host": f"{host}:{program.port}"})
    answer = line.getresponse().status
    line.close()
    return answer


def test_the_line_is_encrypted_and_a_camera_may_be_asked_for(phone, program) -> None:
    """With --lan the page runs over a certificate made for this run; a browser takes it for a secure place."""
    certificate = ssl.get_server_certificate(("localhost", program.port))

    assert program.link.startswith("https://")
    assert "BEGIN CERTIFICATE" in certificate
    assert phone.page.evaluate("isSecureContext")


def test_the_network_gets_in_by_the_link_only(program) -> None:
    """Another name pointed here is refused, and so is whoever has not opened the link or has a wrong one."""
    address = next(iter(lan_addresses()), "localhost")

    assert status(program, "elsewhere.example") == 403
    assert status(program, address) == 401
    assert status(program, address, "/?token=wrong") == 401


def test_without_network_the_session_waits_and_pain_is_not_lost(phone, program) -> None:
    """A phone that loses its network says so and stands still; pain pressed meanwhile is told first when it is back."""
    if not lan_addresses():
        pytest.skip("this machine has no network but its own loop")
    phone.page.tap("#begin")
    for stage, following in (("get_ready", "show"), ("show", "move_in")):
        phone.wait_stage(stage)
        phone.page.keyboard.press("n")
        phone.wait_stage(following)

    phone.context.set_offline(True)
    phone.page.wait_for_selector("#connection:visible")
    stands = phone.page.inner_text("#phase")
    phone.page.tap("#pain")
    phone.context.set_offline(False)
    phone.page.wait_for_selector("#connection", state="hidden")
    while "pain" not in [m["stage"] for m in phone.told if m["type"] == "screen"]:
        phone.page.wait_for_timeout(50)
    phone.wait_heard("Where does it hurt?")

    assert stands == "Paused"
    assert "Touch your answer on the screen." in phone.heard
    # A browser installs no page whose certificate nobody vouches for; the page itself runs.
    expected = ("SSL certificate error occurred when fetching the script", "ERR_INTERNET_DISCONNECTED")
    assert [e for e in phone.errors if not any(part in e for part in expected)] == []
