"""Hearing a pop: a stream of sound goes in, short sharp sounds that fade like a pop come out, each with its reasons.

No band of frequencies tells a pop (skin sensors peak at 86-1830 Hz, a microphone in air heard 3.9-6.5 kHz), so what
counts is the shape in time: how briefly it stays near its peak, how far it has faded 12-30 ms later, how spiky it is,
and whether other knocks surround it, as in typing. A probability is that of the simulated sounds the weights were
fitted on; it is no promise about real joints, of which none were recorded.
"""

import math
from typing import Final, NamedTuple

import numpy as np

from uncrick.crack.compiled import Floats, entry, kernel

HOP_S: Final = 0.5e-3
_BEFORE, _AFTER = 1200, 90
"""Half-milliseconds kept before a knock (0.6 s) and waited for after it (45 ms)."""
DEAF_S: Final = _BEFORE * HOP_S
"""So long at the beginning nothing can be told for a pop: there is not enough before it to stand out from."""
N_POWERS: Final = 5
LONGEST_MS: Final = 35.0
"""A pop stays within 10 dB of its peak for no longer, echoes and neighbouring pops included. Pops last 2-10 ms."""


class Hearing(NamedTuple):
    """How the detector listens. *rate_hz* is the sound's own rate, 16 to 192 kHz.

    apart_s : pops closer than this are one. floor_db, rise_db : how far a knock must stand out of the half second and
    of the milliseconds before it. past_s, future_s, own_s : other knocks are counted this long before and after, but
    not within *own_s*, where they are pops of the same crack. accept : the least probability that counts.
    """

    rate_hz: float = 48_000.0
    apart_s: float = 4e-3
    floor_db: float = 15.0
    rise_db: float = 6.0
    past_s: float = 4.0
    future_s: float = 2.0
    own_s: float = 0.3
    accept: float = 0.5


class Knock(NamedTuple):
    """One sharp sound and its shape: what the decision is made from.

    above_db : peak over the half second before. near_ms : time within 10 dB of the peak. faded_db : level 12-30 ms
    later and before_db : level 2-10 ms earlier, both below the peak. spiky : kurtosis over 10 ms. low_db, high_db :
    power below 800 Hz and above 3 kHz against all.
    """

    t_s: float
    above_db: float
    near_ms: float
    faded_db: float
    before_db: float
    spiky: float
    low_db: float
    high_db: float


class Pop(NamedTuple):
    """A knock taken for a pop, with the probability and the number of other knocks around it."""

    knock: Knock
    probability: float
    n_others: int

    @property
    def t_s(self) -> float:
        """When it was loudest."""
        return self.knock.t_s

    @property
    def why(self) -> str:
        """What spoke for it and against it, in words."""
        k = self.knock
        others = "no other knocks around" if self.n_others == 0 else f"{self.n_others} other knocks around"
        return (
            f"{k.above_db:.0f} dB above the room, near its peak for {k.near_ms:.1f} ms, "
            f"{k.faded_db:.0f} dB down 12-30 ms later, kurtosis {k.spiky:.0f}, {others}"
        )


class PopState(NamedTuple):
    """What the detector remembers: filters and the unfinished half-millisecond, the last powers, what is undecided."""

    filters: Floats
    powers: Floats
    n_hops: int
    knocks: tuple[Knock, ...]
    n_decided: int


@entry
def _hop_powers(sound: Floats, filters: Floats, gains: tuple[float, float, float], n_hop: int) -> Floats:
    """Return (H, 5) mean powers of finished half-milliseconds: all, low, mid, high, and the fourth power.

    filters : (10,) changed in place: high-pass twice, two low-passes, samples so far, five sums.
    One-pole filters at 60, 800 and 3000 Hz.
    """
    high_pass, to_low, to_mid = gains
    slow1, slow2, low, mid = filters[0], filters[1], filters[2], filters[3]
    n_in = int(filters[4])
    p_all, p_low, p_mid, p_high, p_four = filters[5], filters[6], filters[7], filters[8], filters[9]
    out = np.empty(((n_in + sound.size) // n_hop, 5))
    i_out = 0
    for x in sound:
        slow1 += high_pass * (x - slow1)
        y = x - slow1
        slow2 += high_pass * (y - slow2)
        y -= slow2
        low += to_low * (y - low)
        mid += to_mid * (y - mid)
        between, rest, square = mid - low, y - mid, y * y
        p_all += square
        p_low += low * low
        p_mid += between * between
        p_high += rest * rest
        p_four += square * square
        n_in += 1
        if n_in == n_hop:
            out[i_out, 0], out[i_out, 1], out[i_out, 2] = p_all / n_hop, p_low / n_hop, p_mid / n_hop
            out[i_out, 3], out[i_out, 4] = p_high / n_hop, p_four / n_hop
            i_out += 1
            n_in, p_all, p_low, p_mid, p_high, p_four = 0, 0.0, 0.0, 0.0, 0.0, 0.0
    filters[0], filters[1], filters[2], filters[3], filters[4] = slow1, slow2, low, mid, n_in
    filters[5], filters[6], filters[7], filters[8], filters[9] = p_all, p_low, p_mid, p_high, p_four
    return out


def start_hearing() -> PopState:
    """Return the state before the first sample."""
    return PopState(np.zeros(10), np.full((_BEFORE, N_POWERS), 1e-12), 0, (), 0)


def _gain(f_hz: float, rate_hz: float) -> float:
    """Return how much of its input a one-pole low-pass takes up each sample."""
    return 1.0 - math.exp(-2.0 * math.pi * f_hz / rate_hz)


@kernel
def _db(power: float, over: float) -> float:
    return float(10.0 * np.log10(max(power, 1e-20) / max(over, 1e-20)))


@kernel
def _mean(rows: Floats, i: int, first: int, last: int) -> float:
    """Return the mean of column *i* over the rows from *first* up to *last*."""
    total = 0.0
    for k in range(first, last):
        total += rows[k, i]
    return total / (last - first)


@kernel
def _is_knock(powers: Floats, k: int, limits: tuple[float, float, float]) -> bool:
    """Return whether a knock peaks at row *k* of the powers (H, 5), within Hearing's *limits*.

    It is the greatest within *apart_s* on either side, *rise_db* over the 2-8 ms before, and *floor_db* over the median
    of the half second before.
    """
    apart_s, rise_db, floor_db = limits
    peak, reach = powers[k, 0], round(apart_s / HOP_S)
    if not peak > 1e-11:
        return False
    for j in range(k - reach, k + reach + 1):
        if powers[j, 0] > peak:
            return False
    if not peak > _mean(powers, 0, k - 16, k - 4) * 10.0 ** (rise_db / 10.0):
        return False
    n_below, factor = 0, 10.0 ** (floor_db / 10.0)
    for j in range(k - 1000, k - 20):
        n_below += powers[j, 0] * factor <= peak
    return 2 * n_below > 980


@entry
def _knock_shapes(powers: Floats, limits: tuple[float, float, float]) -> Floats:
    """Return a row a knock (K, 8): its row in the powers (H, 5) and the seven numbers of its shape, see Knock.

    Looked for between the first _BEFORE and the last _AFTER rows.
    """
    found = np.empty((max(0, powers.shape[0] - _BEFORE - _AFTER), 8))
    n = 0
    for k in range(_BEFORE, powers.shape[0] - _AFTER):
        if not _is_knock(powers, k, limits):
            continue
        peak, n_near = powers[k, 0], 0
        for j in range(k - 20, k + 80):
            n_near += powers[j, 0] > 0.1 * peak
        mean_square = _mean(powers, 0, k - 10, k + 11)
        core = _mean(powers, 0, k - 2, k + 5)
        found[n, 0] = k
        found[n, 1] = _db(peak, np.median(powers[k - 1000 : k - 20, 0]))
        found[n, 2] = n_near * HOP_S * 1e3
        found[n, 3] = _db(peak, _mean(powers, 0, k + 24, k + 60))
        found[n, 4] = _db(peak, _mean(powers, 0, k - 20, k - 4))
        found[n, 5] = _mean(powers, 4, k - 10, k + 11) / max(mean_square**2, 1e-30)
        found[n, 6] = _db(_mean(powers, 1, k - 2, k + 5), core)
        found[n, 7] = _db(_mean(powers, 3, k - 2, k + 5), core)
        n += 1
    return found[:n]


# Weights of the logistic sum, in the order of knock_features. Source: benchmarks/pop_detector.py --fit.
WEIGHTS: Final = (
    -1.494, 11.455, -0.041, -1.799, 0.932, 0.813, 3.364, 3.584, 0.187, -0.153, -5.916, -3.947, -1.906,
)  # fmt: skip


def knock_features(knock: Knock, n_others: int) -> tuple[float, ...]:
    """Return the numbers the decision weighs, each of order one; the first is the constant."""
    return (
        1.0,
        min(knock.above_db, 60.0) / 20.0,
        math.log2(max(knock.near_ms, 0.5)),
        min(knock.faded_db, 50.0) / 20.0,
        min(knock.before_db, 50.0) / 20.0,
        math.log(max(knock.spiky, 1.0)),
        max(knock.low_db, -40.0) / 10.0,
        max(knock.high_db, -40.0) / 10.0,
        (max(knock.high_db, -40.0) / 10.0) ** 2,
        math.log2(max(knock.near_ms, 0.5)) ** 2,
        math.log1p(n_others),
        min(n_others, 6) / 6.0,
        (min(knock.above_db, 60.0) / 20.0) ** 2,
    )


def pop_probability(knock: Knock, n_others: int) -> float:
    """Return the probability, among the simulated sounds, that a knock of this shape in this company is a pop.

    A sound that stays near its peak is none: noise that sets in, a drum, a vowel.
    """
    if knock.near_ms > LONGEST_MS:
        return 0.0
    total = sum(w * x for w, x in zip(WEIGHTS, knock_features(knock, n_others), strict=True))
    return 1.0 / (1.0 + math.exp(-max(min(total, 50.0), -50.0)))


def others_around(hearing: Hearing, knocks: tuple[Knock, ...], t_s: float) -> int:
    """Return how many other knocks lie around *t_s*, outside the crack it would belong to."""
    return sum(hearing.own_s < abs(k.t_s - t_s) and -hearing.past_s < k.t_s - t_s < hearing.future_s for k in knocks)


def step(hearing: Hearing, state: PopState | None, sound: Floats) -> tuple[PopState, list[Pop]]:
    """Take the next samples (N,) in -1..1, any number of them, and return the pops decided by now, a second late."""
    state = start_hearing() if state is None else state
    filters = state.filters.copy()
    n_hop = round(hearing.rate_hz * HOP_S)
    hop_s = n_hop / hearing.rate_hz
    gains = (_gain(60.0, hearing.rate_hz), _gain(800.0, hearing.rate_hz), _gain(3000.0, hearing.rate_hz))
    fresh = _hop_powers(np.ascontiguousarray(sound, dtype=np.float64), filters, gains, n_hop)
    powers = np.concatenate([state.powers, fresh])
    first = state.n_hops + _BEFORE - len(state.powers)
    n_hops = state.n_hops + len(fresh)
    knocks = list(state.knocks)
    limits = (hearing.apart_s, hearing.rise_db, hearing.floor_db)
    for k, *shape in _knock_shapes(powers, limits).tolist():
        t_s = (first + k - _BEFORE + 0.5) * hop_s
        if t_s > _BEFORE * hop_s:
            knocks.append(Knock(t_s, *shape))
    heard_to_s = (n_hops - _AFTER) * hop_s
    pops, n_decided = [], state.n_decided
    while n_decided < len(knocks) and knocks[n_decided].t_s + hearing.future_s <= heard_to_s:
        knock = knocks[n_decided]
        n_others = others_around(hearing, tuple(knocks), knock.t_s)
        probability = pop_probability(knock, n_others)
        if probability >= hearing.accept:
            pops.append(Pop(knock, probability, n_others))
        n_decided += 1
    oldest_s = heard_to_s - hearing.past_s - hearing.future_s - 1.0
    n_old = sum(knock.t_s < oldest_s for knock in knocks[:n_decided])
    kept = powers[max(0, len(powers) - _BEFORE - _AFTER) :]
    return PopState(filters, kept, n_hops, tuple(knocks[n_old:]), n_decided - n_old), pops


def silence_to_finish(hearing: Hearing) -> Floats:
    """Return the silence that makes the detector decide on everything heard so far."""
    return np.zeros(math.ceil((hearing.future_s + (_AFTER + 2) * HOP_S) * hearing.rate_hz))
