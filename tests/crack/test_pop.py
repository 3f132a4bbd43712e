"""Hearing pops: made-up cracks are heard, other sounds mostly not, and cutting the stream changes nothing."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pop_sounds as made
from uncrick.crack.pop import Hearing, Knock, knock_features, pop_probability, silence_to_finish, start_hearing, step

RATE_HZ = made.RATE_HZ


def heard(sound, hearing=None, cuts=()):
    """Return all pops of a recording taken in pieces cut at *cuts*."""
    hearing = hearing or Hearing()
    state, pops = None, []
    for piece in [*np.split(sound, list(cuts)), silence_to_finish(hearing)]:
        state, found = step(hearing, state, piece)
        pops += found
    return pops


def quiet_room(seed, seconds, level=1e-4):
    return level * made.hiss(np.random.default_rng(seed), int(seconds * RATE_HZ))


def with_pops(times_s, seed=1, seconds=6.0):
    """Return a quiet room with ringing pops at *times_s*."""
    rng = np.random.default_rng(seed)
    sound = quiet_room(seed, seconds)
    for t_s in times_s:
        at = int(t_s * RATE_HZ)
        pop = 0.1 * made.ringing_pop(rng)
        sound[at : at + len(pop)] += pop
    return sound


def test_a_pop_is_heard_where_it_is():
    """A pop in a quiet room is heard within 3 ms of where it is, with reasons."""
    (pop,) = heard(with_pops([2.5]))

    assert pop.t_s == pytest.approx(2.5, abs=3e-3)
    assert 0.5 <= pop.probability <= 1.0
    assert "dB above the room" in pop.why
    assert "no other knocks around" in pop.why


def test_pops_six_milliseconds_apart_are_two():
    """Two clicks 6 ms apart are two pops; 2 ms apart they are one."""
    click = 0.2 * np.sin(2 * np.pi * 2000 * np.arange(96) / RATE_HZ) * made.decay(96, 4e-4)
    for gap_s, wanted in ((6e-3, 2), (2e-3, 1)):
        sound = quiet_room(3, 6.0, 1e-5)
        for t_s in (3.0, 3.0 + gap_s):
            at = int(t_s * RATE_HZ)
            sound[at : at + 96] += click

        assert len(heard(sound)) == wanted


def test_silence_and_hiss_are_no_pops():
    """Digital silence, a minute of hiss and a minute of hum hold no pop."""
    hum = 0.2 * np.sin(2 * np.pi * 50 * np.arange(60 * RATE_HZ) / RATE_HZ)

    assert heard(np.zeros(60 * RATE_HZ)) == []
    assert heard(quiet_room(4, 60.0, 0.05)) == []
    assert heard(hum + quiet_room(5, 60.0, 1e-3)) == []


def test_typing_is_mostly_not():
    """Two minutes of made-up typing hold fewer than one pop a minute, of hundreds of knocks."""
    rng = np.random.default_rng(6)
    typing = 0.1 * made.typing(rng, 120.0, made.key_stroke, 6.0) + quiet_room(6, 120.0)

    knocks = heard(typing, Hearing(accept=-1.0))

    assert len(knocks) > 200
    assert sum(knock.probability >= Hearing().accept for knock in knocks) < 2


def test_recall_in_a_reverberant_room():
    """Of twenty made-up cracks 30 dB over the noise, each in its own reverberant room, at least 90 % are heard."""
    rng = np.random.default_rng(7)
    n_heard = 0
    for _ in range(20):
        dry, at_s = made.crack(rng, [made.ringing_pop(rng) for _ in range(5)])
        wet = made.in_room(dry, made.room(rng))
        wet /= np.sqrt(made.loudest_power(wet))
        sound = 10**-1.5 * made.hiss(rng, 5 * RATE_HZ)
        sound[2 * RATE_HZ : 2 * RATE_HZ + len(wet)] += wet
        times_s = 2.0 + at_s
        n_heard += any(np.abs(pop.t_s - times_s).min() < 3e-3 for pop in heard(0.05 * sound))

    assert n_heard >= 18


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 6 * RATE_HZ), max_size=12))
def test_cutting_the_stream_changes_nothing(cuts):
    """Cut the stream anywhere, as often as you like: the same pops with the same numbers."""
    sound = with_pops([1.0, 1.03, 1.9, 4.0])

    whole = heard(sound)

    assert len(whole) >= 2
    assert heard(sound, cuts=sorted(cuts)) == whole


def test_a_step_leaves_its_state_alone():
    """Going on from a kept state twice gives the same pops twice."""
    sound = with_pops([1.0, 2.0])
    before, rest = sound[: RATE_HZ * 3 // 2], sound[RATE_HZ * 3 // 2 :]
    state, _ = step(Hearing(), None, before)

    first = step(Hearing(), state, rest)[1]
    again = step(Hearing(), state, rest)[1]

    assert first == again
    assert start_hearing().n_hops == 0


@settings(max_examples=10, deadline=None)
@given(st.floats(0.05, 5.0))
def test_loudness_does_not_matter(gain):
    """Room and pop both louder or softer: the same pops."""
    sound = with_pops([1.0, 2.7])

    times = [pop.t_s for pop in heard(gain * sound)]

    assert times == [pop.t_s for pop in heard(sound)]


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 44_100, 96_000])
def test_other_rates(rate_hz):
    """A pop is heard where it is at other rates of sampling too."""
    t_s = np.arange(6 * rate_hz) / rate_hz
    rng = np.random.default_rng(8)
    sound = 1e-4 * rng.standard_normal(len(t_s))
    ring = t_s >= 2.5
    sound[ring] += 0.1 * np.sin(2 * np.pi * 900 * (t_s[ring] - 2.5)) * np.exp(-(t_s[ring] - 2.5) / 2e-3)

    (pop,) = heard(sound, Hearing(rate_hz=rate_hz))

    assert pop.t_s == pytest.approx(2.5, abs=3e-3)


def test_company_lowers_the_probability():
    """The same knock is the less likely a pop the more others surround it."""
    knock = Knock(1.0, 35.0, 3.0, 15.0, 30.0, 20.0, -5.0, -10.0)

    probabilities = [pop_probability(knock, n) for n in range(10)]

    assert all(a > b for a, b in itertools.pairwise(probabilities))
    assert all(np.isfinite(knock_features(knock, 3)))
