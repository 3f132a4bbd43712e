"""The kernel's list of power supplies, in a folder of one's own."""

import pytest

from uncrick.desktop.power import on_battery


@pytest.mark.parametrize(
    ("supplies", "is_on"),
    [
        ({}, None),
        ({"AC": {"type": "Mains", "online": "1"}, "BAT0": {"type": "Battery", "status": "Charging"}}, False),
        ({"AC": {"type": "Mains", "online": "0"}, "BAT0": {"type": "Battery", "status": "Discharging"}}, True),
        ({"BAT0": {"type": "Battery", "status": "Full"}}, False),
        ({"ucsi": {"type": "USB", "online": "1"}, "BAT0": {"type": "Battery", "status": "Not charging"}}, False),
        ({"mouse": {"type": "Battery", "scope": "Device", "status": "Discharging"}}, None),
        ({"odd": {}}, None),
    ],
)
def test_the_kernels_list_is_read(supplies, is_on, tmp_path):
    """Mains or a charger is no battery; a discharging battery of the machine is; a mouse's battery is nothing."""
    for name, words in supplies.items():
        (tmp_path / name).mkdir()
        for key, word in words.items():
            (tmp_path / name / key).write_text(f"{word}\n", encoding="ascii")

    assert on_battery(tmp_path) is is_on
