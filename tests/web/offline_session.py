"""A whole session where there is no network at all: run in a network namespace of its own by test_session_offline."""

import fcntl
import socket
import struct
import sys
from pathlib import Path

from tests.web.coach_page import Person, run_program, without_records
from tests.web.fake_camera import Shown, camera_flags, write_raw
from tests.web.pose_server import open_browser

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1


def raise_loopback() -> None:
    """Switch the namespace's own loopback on; it has no other interface."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sH14s", b"lo", 0, b"")
        flags = struct.unpack("16sH14s", fcntl.ioctl(any_socket, SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH14s", b"lo", flags | IFF_UP, b""))


def main(folder: Path, video: Path) -> None:
    """Do the abrupt twist before the camera, rest, skip, finish; print what the summary says."""
    raise_loopback()
    names = [name for _, name in socket.if_nameindex()]
    assert names == ["lo"], names
    raw = folder / "camera.y4m"
    write_raw([Shown(video)], raw)
    with (
        run_program(folder / "coach", *without_records(folder)) as program,
        open_browser("--mute-audio", *camera_flags(raw)) as browser,
    ):
        person = Person(browser, program.link)
        person.context.grant_permissions(["camera"], origin=program.link.partition("/?")[0])
        person.choose(0, 1, n_reps=1, hold_s=5)
        person.page.check("input[name=watch][value=camera]", force=True)
        person.page.click("#begin")
        person.wait_stage("stopped", 60)
        person.wait_stage("get_ready", 60)
        person.page.keyboard.press("s")
        person.page.click("#skip-sheet button[value=no_time]")
        person.wait_stage("after")
        person.page.click("#finish")
        person.wait_stage("ended")
        sys.stdout.write(person.page.inner_text("#summary-table"))
        assert person.errors == [], person.errors
        person.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
