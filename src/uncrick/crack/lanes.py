"""Many runs of one oscillator at once: the step of crack/solve done for a row of them, each with a clock of its own.

One run waits for each of its sums before it can begin the next; a row of runs gives the processor something to do in
the meantime, and as many of them at a time as its registers are wide. The method and the control of the step are those
of crack/solve; a run that is through makes room for the next.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

import uncrick.crack.solve as dp
from uncrick.crack.compiled import Floats, Params, inlined, kernel
from uncrick.crack.elementary import exponential, logarithm
from uncrick.crack.solve import GROW_MAX, LOG_ERROR_MIN, Accuracy, first_step

Push = Callable[[float, float, float, float, Params], float]
"""x'' = push(t, x, x', the run's own number, what all runs share); compiled ``inlined``."""

N_LANES: Final = 64
_T, _H, _X, _V, _PUSHED, _OWN, _GROW, _LOG_ERROR, _STEPS = (i * N_LANES for i in range(9))
"""Where in the row of numbers each kind begins. One row for all, at distances known beforehand: of several arrays the
compiler could not know that they do not overlap, and would take one run at a time."""


class Start(NamedTuple):
    """Where every run begins, at time 0, and when it ends."""

    x: float
    v: float
    t_stop: float
    accuracy: Accuracy


class _Step(NamedTuple):
    """Where a tried step lands, the push there, and the logarithm of its error as a multiple of what is allowed."""

    x: float
    v: float
    pushed: float
    log_error: float


def _stepper(push: Push) -> Callable[[tuple[float, ...], float, float, Params, Accuracy], _Step]:
    """Return what tries one step of one run, without a branch; its state is (t, x, v, push there)."""

    @inlined
    def try_step(state: tuple[float, ...], h: float, own: float, params: Params, accuracy: Accuracy) -> _Step:
        t, x, v, k1 = state
        x2, v2 = x + h * (dp.A21 * v), v + h * (dp.A21 * k1)
        k2 = push(t + dp.C2 * h, x2, v2, own, params)
        x3, v3 = x + h * (dp.A31 * v + dp.A32 * v2), v + h * (dp.A31 * k1 + dp.A32 * k2)
        k3 = push(t + dp.C3 * h, x3, v3, own, params)
        x4 = x + h * (dp.A41 * v + dp.A42 * v2 + dp.A43 * v3)
        v4 = v + h * (dp.A41 * k1 + dp.A42 * k2 + dp.A43 * k3)
        k4 = push(t + dp.C4 * h, x4, v4, own, params)
        x5 = x + h * (dp.A51 * v + dp.A52 * v2 + dp.A53 * v3 + dp.A54 * v4)
        v5 = v + h * (dp.A51 * k1 + dp.A52 * k2 + dp.A53 * k3 + dp.A54 * k4)
        k5 = push(t + dp.C5 * h, x5, v5, own, params)
        x6 = x + h * (dp.A61 * v + dp.A62 * v2 + dp.A63 * v3 + dp.A64 * v4 + dp.A65 * v5)
        v6 = v + h * (dp.A61 * k1 + dp.A62 * k2 + dp.A63 * k3 + dp.A64 * k4 + dp.A65 * k5)
        k6 = push(t + h, x6, v6, own, params)
        x7 = x + h * (dp.B1 * v + dp.B3 * v3 + dp.B4 * v4 + dp.B5 * v5 + dp.B6 * v6)
        v7 = v + h * (dp.B1 * k1 + dp.B3 * k3 + dp.B4 * k4 + dp.B5 * k5 + dp.B6 * k6)
        k7 = push(t + h, x7, v7, own, params)
        off_x = h * (dp.E1 * v + dp.E3 * v3 + dp.E4 * v4 + dp.E5 * v5 + dp.E6 * v6 + dp.E7 * v7)
        off_v = h * (dp.E1 * k1 + dp.E3 * k3 + dp.E4 * k4 + dp.E5 * k5 + dp.E6 * k6 + dp.E7 * k7)
        off_x /= accuracy.atol + accuracy.rtol * max(abs(x), abs(x7))
        off_v /= accuracy.atol + accuracy.rtol * max(abs(v), abs(v7))
        total = 1e-20 + 0.5 * (off_x * off_x + off_v * off_v)
        return _Step(x7, v7, k7, 0.5 * logarithm(total if total < 1e300 else 1e300))

    return try_step


def _ticker(push: Push) -> Callable[[Floats, Params, Start], None]:
    """Return what tries the next step of every run in the row; runs that are through stay where they are."""
    try_step = _stepper(push)

    @kernel
    def tick(row: Floats, params: Params, start: Start) -> None:
        for i in range(N_LANES):
            t, h, own = row[_T + i], row[_H + i], row[_OWN + i]
            last = t + 1.0000001 * h >= start.t_stop
            t_next = start.t_stop if last else t + h
            h = t_next - t
            now = (t, row[_X + i], row[_V + i], row[_PUSHED + i])
            tried = try_step(now, h, own, params, start.accuracy)
            taken = tried.log_error <= 0.0
            growth = 0.9 * exponential(0.04 * row[_LOG_ERROR + i] - 0.17 * tried.log_error)
            longer = min(row[_GROW + i], max(0.2, growth))
            shorter = max(0.2, 0.9 * exponential(-0.2 * tried.log_error))
            row[_H + i] = h * (longer if taken else shorter)
            row[_T + i] = t_next if taken else t
            row[_X + i] = tried.x if taken else now[1]
            row[_V + i] = tried.v if taken else now[2]
            row[_PUSHED + i] = tried.pushed if taken else now[3]
            row[_GROW + i] = GROW_MAX if taken else 1.0
            row[_LOG_ERROR + i] = max(tried.log_error, LOG_ERROR_MIN) if taken else row[_LOG_ERROR + i]
            row[_STEPS + i] += 1.0

    return tick


def side_by_side(push: Push) -> Callable[[Params, Floats, Start, Floats], int]:
    """Return the compiled solver of x'' = push for many runs that differ in one number each.

    It is given what they share, their own numbers (D,) and where they start; it writes (x, v) at the end into (D, 2),
    NaN for a run that failed, and returns how many did. Source: dormand1980; step control of hairer1993.
    """
    tick = _ticker(push)

    @kernel
    def begin(row: Floats, i: int, own: float, params: Params, start: Start) -> None:
        state, slope = np.empty(2), np.empty(2)
        state[0], state[1] = start.x, start.v
        slope[0], slope[1] = start.v, push(0.0, start.x, start.v, own, params)
        row[_T + i], row[_X + i], row[_V + i], row[_PUSHED + i] = 0.0, start.x, start.v, slope[1]
        row[_H + i] = first_step(state, slope, start.accuracy, start.t_stop)
        row[_OWN + i], row[_GROW + i], row[_LOG_ERROR + i], row[_STEPS + i] = own, GROW_MAX, LOG_ERROR_MIN, 0.0

    @kernel
    def solve(params: Params, own: Floats, start: Start, ends: Floats) -> int:
        row = np.zeros(9 * N_LANES)
        row[_T : _T + N_LANES] = start.t_stop
        row[_X : _X + N_LANES] = 1.0
        run_of = np.full(N_LANES, -1)
        n_begun, n_through, n_failed = 0, 0, 0
        ends[:] = np.nan
        while n_through < own.size:
            for i in range(N_LANES):
                if run_of[i] >= 0:
                    arrived = row[_T + i] >= start.t_stop
                    too_many = row[_STEPS + i] >= start.accuracy.n_steps_max
                    if not arrived and not too_many and row[_H + i] > 1e-15 * start.t_stop:
                        continue
                    if arrived:
                        ends[run_of[i], 0], ends[run_of[i], 1] = row[_X + i], row[_V + i]
                    row[_T + i] = start.t_stop
                    n_failed += not arrived
                    n_through += 1
                    run_of[i] = -1
                if n_begun < own.size:
                    begin(row, i, own[n_begun], params, start)
                    run_of[i] = n_begun
                    n_begun += 1
            tick(row, params, start)
        return n_failed

    return solve
