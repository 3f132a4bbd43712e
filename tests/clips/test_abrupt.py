"""The one stop that must not be missed: a turn made too fast, however few pictures there are of it."""

from dataclasses import replace

import pytest

from tests.clips.replaying import clip_of
from uncrick.coach import engine
from uncrick.coach.events import StopRaised
from uncrick.coach.watch import compile_watch
from uncrick.files.library import read_library
from uncrick.pose.frame import Frame

TURN_ENDS_S = 1.7
"""When the turn of the recording is over, by its truth."""

STILL_S = 0.9


def slowly_then(tempo: float) -> list[Frame]:
    """Return the abrupt recording, first some still seconds of its own, then what follows *tempo* times as fast."""
    frames = list(clip_of("chair_spinal_twist_abrupt").frames())
    still = [frame for frame in frames if frame.t_s < STILL_S]
    begin = [replace(frame, t_s=i / 15) for i, frame in enumerate((still + still[::-1]) * 2)]
    after_s = len(begin) / 15
    return begin + [replace(frame, t_s=after_s + frame.t_s / tempo) for frame in frames]


@pytest.mark.parametrize("every", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("tempo", [1, 1.6, 3])
def test_no_rate_and_no_haste_hides_it(every, tempo):
    """At 15 to 2.5 pictures a second and up to three times as fast, it comes by the first picture after the turn."""
    library = read_library()
    watch = compile_watch(library.exercises["chair_spinal_twist"], library.measures)
    frames = slowly_then(tempo)
    begins_s = frames[-1].t_s - clip_of("chair_spinal_twist_abrupt").duration_s / tempo

    state, stops = None, []
    for frame in frames[::every]:
        state, seen = engine.step(watch, state, frame)
        stops += [event for event in seen.events if isinstance(event, StopRaised)]

    assert [stop.reason for stop in stops] == ["abrupt"]
    one_more_s = every / 15
    assert (stops[0].t_s - begins_s) * tempo <= TURN_ENDS_S + one_more_s
