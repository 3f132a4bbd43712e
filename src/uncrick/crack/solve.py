"""A clock with an error bar: Dormand-Prince 5(4), stepping any small system of equations as finely as it asks for.

The solver, the equations and the event do not know each other. The equations are a compiled ``rhs(t, y, params, dy)``
that writes dy/dt into *dy*; the event is a compiled ``event(t, y, params)`` whose change of sign from plus to minus
ends the run. ``dormand_prince(rhs, event)`` gives the solver made for the two, compiled together with them, so nothing
is called through a pointer. Units are those of the equations; the unknowns should be of order one.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from uncrick.crack.compiled import Floats, Params, kernel

Rhs = Callable[[float, Floats, Params, Floats], None]
Event = Callable[[float, Floats, Params], float]

DONE: Final = 0
EVENT: Final = 1
TOO_MANY_STEPS: Final = 2
STUCK: Final = 3

STATUS_WORDS: Final = {
    DONE: "reached the end",
    EVENT: "stopped at the event",
    TOO_MANY_STEPS: "used up its steps",
    STUCK: "could not make its step small enough",
}


class Accuracy(NamedTuple):
    """How finely to step: *rtol* and *atol* bound the error of one step, *n_steps_max* bounds the work.

    A positive *step_fixed* makes every step this long and judges no error: for measuring the order of convergence.
    """

    rtol: float = 1e-9
    atol: float = 1e-12
    n_steps_max: int = 1_000_000
    step_fixed: float = 0.0


class Run(NamedTuple):
    """What to solve: from *y0*, a tuple so that its length is known to the compiler, at *times* (T,), increasing."""

    y0: tuple[float, ...]
    times: Floats
    accuracy: Accuracy


class Path(NamedTuple):
    """What a solver gives back.

    ys : (len(times), n), NaN at the times that were not reached.
    t_end, y_end : where the run ended, (n,).
    n_steps : steps tried, the refused ones too. status : DONE, EVENT, TOO_MANY_STEPS or STUCK.
    """

    ys: Floats
    t_end: float
    y_end: Floats
    n_steps: int
    status: int


@kernel
def never(t: float, y: Floats, params: Params) -> float:
    """Return the event that never happens."""
    return 1.0


# Nodes, weights, error weights. Source: dormand1980. Weights of the dense output: hairer1993, II.6.
C2, C3, C4, C5 = 1 / 5, 3 / 10, 4 / 5, 8 / 9
A21 = 1 / 5
A31, A32 = 3 / 40, 9 / 40
A41, A42, A43 = 44 / 45, -56 / 15, 32 / 9
A51, A52, A53, A54 = 19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729
A61, A62, A63, A64, A65 = 9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656
B1, B3, B4, B5, B6 = 35 / 384, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84
E1, E3, E4, E5, E6, E7 = 71 / 57600, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40
_D1, _D3, _D4 = -12715105075 / 11282082432, 87487479700 / 32700410799, -10690763975 / 1880347072
_D5, _D6, _D7 = 701980252875 / 199316789632, -1453857185 / 822651844, 69997945 / 29380423
GROW_MAX = 10.0
LOG_ERROR_MIN = float(np.log(1e-4))

Work = tuple[Floats, ...]
"""Nine arrays (n,): the seven slopes, where the step starts and where it lands."""


def _stepper(rhs: Rhs) -> Callable[[Params, float, float, Work], None]:
    """Return what fills slopes 2-7 and the landing point of the work array (9, n) from its slope 1 and its start."""

    @kernel
    def try_step(params: Params, t: float, h: float, work: Work) -> None:
        k1, k2, k3, k4, k5, k6, k7, y, z = work
        n = y.size
        for i in range(n):
            z[i] = y[i] + h * A21 * k1[i]
        rhs(t + C2 * h, z, params, k2)
        for i in range(n):
            z[i] = y[i] + h * (A31 * k1[i] + A32 * k2[i])
        rhs(t + C3 * h, z, params, k3)
        for i in range(n):
            z[i] = y[i] + h * (A41 * k1[i] + A42 * k2[i] + A43 * k3[i])
        rhs(t + C4 * h, z, params, k4)
        for i in range(n):
            z[i] = y[i] + h * (A51 * k1[i] + A52 * k2[i] + A53 * k3[i] + A54 * k4[i])
        rhs(t + C5 * h, z, params, k5)
        for i in range(n):
            z[i] = y[i] + h * (A61 * k1[i] + A62 * k2[i] + A63 * k3[i] + A64 * k4[i] + A65 * k5[i])
        rhs(t + h, z, params, k6)
        for i in range(n):
            z[i] = y[i] + h * (B1 * k1[i] + B3 * k3[i] + B4 * k4[i] + B5 * k5[i] + B6 * k6[i])
        rhs(t + h, z, params, k7)

    return try_step


@kernel
def _log_error(work: Work, h: float, rtol: float, atol: float) -> float:
    """Return the logarithm of a tried step's estimated error as a multiple of what is allowed; NaN when it blew up."""
    k1, _, k3, k4, k5, k6, k7, y, z = work
    total = 1e-20
    for i in range(y.size):
        error = h * (E1 * k1[i] + E3 * k3[i] + E4 * k4[i] + E5 * k5[i] + E6 * k6[i] + E7 * k7[i])
        error /= atol + rtol * max(abs(y[i]), abs(z[i]))
        total += error * error
    return float(0.5 * np.log(total / y.size))


@kernel
def _between(work: Work, h: float, theta: float, out: Floats) -> None:
    """Write into *out* the solution a fraction *theta* into the step just taken (fourth order)."""
    k1, _, k3, k4, k5, k6, k7, y, z = work
    rest = 1.0 - theta
    for i in range(y.size):
        rise = z[i] - y[i]
        bend = h * k1[i] - rise
        twist = rise - h * k7[i] - bend
        wiggle = h * (_D1 * k1[i] + _D3 * k3[i] + _D4 * k4[i] + _D5 * k5[i] + _D6 * k6[i] + _D7 * k7[i])
        out[i] = y[i] + theta * (rise + rest * (bend + theta * (twist + rest * wiggle)))


def _event_finder(event: Event) -> Callable[[Params, float, float, Work], tuple[float, Floats]]:
    """Return what finds the fraction of a step at which the event changes sign, by halving down to rounding."""

    @kernel
    def find_event(params: Params, t: float, h: float, work: Work) -> tuple[float, Floats]:
        low, high = 0.0, 1.0
        y = np.empty(work[0].size)
        for _ in range(60):
            middle = 0.5 * (low + high)
            _between(work, h, middle, y)
            if event(t + middle * h, y, params) > 0.0:
                low = middle
            else:
                high = middle
        _between(work, h, high, y)
        return t + high * h, y

    return find_event


@kernel
def first_step(y: Floats, slope: Floats, accuracy: Accuracy, span: float) -> float:
    """Return a cautious first step from the size of the unknowns and of their first slopes."""
    size, speed = 0.0, 0.0
    for i in range(y.size):
        scale = accuracy.atol + accuracy.rtol * abs(y[i])
        size += (y[i] / scale) ** 2
        speed += (slope[i] / scale) ** 2
    ratio = np.sqrt(size / speed) if speed > 0.0 and size > 0.0 else 1e-3 * span
    return min(1e-2 * ratio, 1e-2 * span)


@kernel
def _fill(work: Work, span: tuple[float, float], times: Floats, ys: Floats, i_time: int) -> int:
    """Write the solution at all *times* up to the end of the step *span* and return the next index."""
    t, t_next = span
    h = t_next - t
    while i_time < times.size and times[i_time] <= t_next:
        _between(work, h, (times[i_time] - t) / h, ys[i_time])
        i_time += 1
    return i_time


def dormand_prince(rhs: Rhs, event: Event = never) -> Callable[[Params, Run], Path]:
    """Return the compiled solver of dy/dt = rhs from the first to the last of a run's times, or to the event.

    Source: dormand1980; step control with a memory (PI, beta 0.04) of hairer1993.
    """
    try_step, find_event = _stepper(rhs), _event_finder(event)

    @kernel
    def solve(params: Params, run: Run) -> Path:
        y0, times, accuracy = run
        n = len(y0)
        slope, slope_next, y, y_next = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
        inner = (np.empty(n), np.empty(n), np.empty(n), np.empty(n), np.empty(n))
        work = (slope, *inner, slope_next, y, y_next)
        for i in range(n):
            y[i] = y0[i]
        ys = np.full((times.size, n), np.nan)
        ys[0] = y
        t, t_stop, i_time, n_steps, log_error_before = times[0], times[-1], 1, 0, LOG_ERROR_MIN
        rhs(t, y, params, slope)
        fixed = accuracy.step_fixed
        h = fixed if fixed > 0.0 else first_step(y, slope, accuracy, t_stop - t)
        grow_max = GROW_MAX
        while t < t_stop:
            if n_steps >= accuracy.n_steps_max:
                return Path(ys, t, y, n_steps, TOO_MANY_STEPS)
            n_steps += 1
            last = t + 1.0000001 * h >= t_stop
            t_next = t_stop if last else t + h
            try_step(params, t, t_next - t, work)
            log_error = -1.0 if fixed > 0.0 else _log_error(work, t_next - t, accuracy.rtol, accuracy.atol)
            if not log_error <= 0.0:
                h = (t_next - t) * (max(0.2, 0.9 * np.exp(-0.2 * log_error)) if np.isfinite(log_error) else 0.2)
                grow_max = 1.0
                if h <= 1e-15 * max(abs(t), abs(t_stop)):
                    return Path(ys, t, y, n_steps, STUCK)
                continue
            if event(t_next, y_next, params) <= 0.0:
                t_event, y_event = find_event(params, t, t_next - t, work)
                _fill(work, (t, t_next), times[times <= t_event], ys, i_time)
                return Path(ys, t_event, y_event, n_steps, EVENT)
            if times[i_time] <= t_next:
                i_time = _fill(work, (t, t_next), times, ys, i_time)
            t = t_next
            for i in range(n):
                y[i] = y_next[i]
                slope[i] = slope_next[i]
            if fixed <= 0.0:
                growth = 0.9 * np.exp(0.04 * log_error_before - 0.17 * log_error)
                h *= min(grow_max, max(0.2, growth))
                grow_max, log_error_before = GROW_MAX, max(log_error, LOG_ERROR_MIN)
        return Path(ys, t, y, n_steps, DONE)

    return solve
