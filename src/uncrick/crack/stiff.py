"""A clock for stiff equations: a Rosenbrock method of order 4 that stays calm where an explicit one would crawl.

Same doors as crack/solve: ``rosenbrock(rhs)`` gives the solver made for the equations, a run goes in, a path comes out.
The slopes' derivatives are taken by small differences, so the unknowns must be of order one (logarithms of volumes and
of amounts are).
"""

from collections.abc import Callable

import numpy as np

from uncrick.crack.compiled import Floats, Params, kernel
from uncrick.crack.solve import DONE, STUCK, TOO_MANY_STEPS, Path, Rhs, Run

_GAMMA = 0.25
_NODES = (0.0, 0.386, 0.21, 0.63, 1.0, 1.0)
_GAMMAS = (0.25, -0.1043, 0.1035, -0.0362, 0.0, 0.0)
_A = np.array(
    [
        [0.0, 0.0, 0.0, 0.0, 0.0],
        [1.544, 0.0, 0.0, 0.0, 0.0],
        [0.9466785280815826, 0.2557011698983284, 0.0, 0.0, 0.0],
        [3.314825187068521, 2.896124015972201, 0.9986419139977817, 0.0, 0.0],
        [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950, 0.0],
        [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950, 1.0],
    ]
)
_C = np.array(
    [
        [0.0, 0.0, 0.0, 0.0, 0.0],
        [-5.6688, 0.0, 0.0, 0.0, 0.0],
        [-2.430093356833875, -0.2063599157091915, 0.0, 0.0, 0.0],
        [-0.1073529058151375, -9.594562251023355, -20.47028614809616, 0.0, 0.0],
        [7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160, 0.0],
        [8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054],
    ]
)
"""Method RODAS of order 4(3), stiffly accurate. Source: hairer1996, IV.7."""

_SMALL = 1.5e-8


@kernel
def _factor(matrix: Floats, pivots: Floats) -> bool:
    """Factor a small matrix in place with row exchanges; return whether it could be done."""
    n = matrix.shape[0]
    for k in range(n):
        best = k
        for i in range(k + 1, n):
            if abs(matrix[i, k]) > abs(matrix[best, k]):
                best = i
        if not abs(matrix[best, k]) > 0.0:
            return False
        pivots[k] = best
        if best != k:
            for j in range(n):
                matrix[k, j], matrix[best, j] = matrix[best, j], matrix[k, j]
        for i in range(k + 1, n):
            matrix[i, k] /= matrix[k, k]
            for j in range(k + 1, n):
                matrix[i, j] -= matrix[i, k] * matrix[k, j]
    return True


@kernel
def _solve_factored(matrix: Floats, pivots: Floats, b: Floats) -> None:
    """Overwrite *b* with the solution of the factored system."""
    n = b.size
    for k in range(n):
        other = int(pivots[k])
        if other != k:
            b[k], b[other] = b[other], b[k]
    for i in range(n):
        for j in range(i):
            b[i] -= matrix[i, j] * b[j]
    for i in range(n - 1, -1, -1):
        for j in range(i + 1, n):
            b[i] -= matrix[i, j] * b[j]
        b[i] /= matrix[i, i]


def _linearised(rhs: Rhs) -> Callable[[Params, tuple[float, float], tuple[Floats, ...]], None]:
    """Return what fills the matrix of derivatives, (n, n), and the derivative by time, (n,)."""

    @kernel
    def linearise(params: Params, moment: tuple[float, float], work: tuple[Floats, ...]) -> None:
        t, h = moment
        y, slope, jacobian, by_time, moved, moved_slope = work
        n = y.size
        for i in range(n):
            moved[i] = y[i]
        for j in range(n):
            nudge = _SMALL * max(abs(y[j]), 1e-2)
            moved[j] = y[j] + nudge
            rhs(t, moved, params, moved_slope)
            for i in range(n):
                jacobian[i, j] = (moved_slope[i] - slope[i]) / nudge
            moved[j] = y[j]
        nudge = max(1e-4 * h, 1e-12 * abs(t))
        rhs(t + nudge, y, params, by_time)
        rhs(t - nudge, y, params, moved_slope)
        for i in range(n):
            by_time[i] = (by_time[i] - moved_slope[i]) / (2.0 * nudge)

    return linearise


@kernel
def _error_of(y: Floats, y_next: Floats, error: Floats, rtol: float, atol: float) -> float:
    """Return the estimated error of a tried step as a multiple of what is allowed."""
    total = 0.0
    for i in range(y.size):
        total += (error[i] / (atol + rtol * max(abs(y[i]), abs(y_next[i])))) ** 2
    return float(np.sqrt(total / y.size))


@kernel
def _fill(ends: tuple[Floats, ...], span: tuple[float, float], times: Floats, ys: Floats, i_time: int) -> int:
    """Write the cubic through both ends of the step at all *times* in it and return the next index."""
    y, slope, y_next, slope_next = ends
    t, t_next = span
    h = t_next - t
    while i_time < times.size and times[i_time] <= t_next:
        x = (times[i_time] - t) / h
        for i in range(y.size):
            rise = y_next[i] - y[i]
            bend = h * slope[i] - rise
            twist = rise - h * slope_next[i] - bend
            ys[i_time, i] = y[i] + x * (rise + (1.0 - x) * (bend + x * twist))
        i_time += 1
    return i_time


def _stepper(rhs: Rhs) -> Callable[[Params, tuple[float, float], tuple[Floats, ...], Floats, Floats], bool]:
    """Return what tries one step: it fills the six stages (6, n) and the landing point, or finds no way through."""

    @kernel
    def stages(
        params: Params, moment: tuple[float, float], work: tuple[Floats, ...], ks: Floats, y_next: Floats
    ) -> bool:
        t, h = moment
        y, _, jacobian, by_time, matrix, pivots, k = work
        n = y.size
        for i in range(n):
            for j in range(n):
                matrix[i, j] = -jacobian[i, j]
            matrix[i, i] += 1.0 / (h * _GAMMA)
        if not _factor(matrix, pivots):
            return False
        for s in range(6):
            for i in range(n):
                y_next[i] = y[i]
                for j in range(s):
                    y_next[i] += _A[s, j] * ks[j, i]
            rhs(t + _NODES[s] * h, y_next, params, k)
            for i in range(n):
                k[i] += h * _GAMMAS[s] * by_time[i]
                for j in range(s):
                    k[i] += _C[s, j] / h * ks[j, i]
            _solve_factored(matrix, pivots, k)
            for i in range(n):
                ks[s, i] = k[i]
        for i in range(n):
            y_next[i] += ks[5, i]
        return True

    return stages


def rosenbrock(rhs: Rhs) -> Callable[[Params, Run], Path]:
    """Return the compiled solver of the stiff system dy/dt = rhs from the first to the last of a run's times.

    Source: hairer1996, IV.7 (method, step control).
    """
    linearise, stages = _linearised(rhs), _stepper(rhs)

    @kernel
    def solve(params: Params, run: Run) -> Path:
        y0, times, accuracy = run
        n = len(y0)
        y, slope, y_next, slope_next = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
        jacobian, by_time, ks = np.empty((n, n)), np.empty(n), np.empty((6, n))
        work = (y, slope, jacobian, by_time, np.empty((n, n)), np.empty(n), np.empty(n))
        for i in range(n):
            y[i] = y0[i]
        ys = np.full((times.size, n), np.nan)
        ys[0] = y
        t, t_stop, i_time, n_steps = times[0], times[-1], 1, 0
        rhs(t, y, params, slope)
        fixed = accuracy.step_fixed
        h, grow_max, fresh = fixed if fixed > 0.0 else 1e-6 * (t_stop - t), 6.0, True
        while t < t_stop:
            if n_steps >= accuracy.n_steps_max:
                return Path(ys, t, y, n_steps, TOO_MANY_STEPS)
            n_steps += 1
            last = t + 1.0000001 * h >= t_stop
            t_next = t_stop if last else t + h
            if fresh:
                linearise(params, (t, t_next - t), (y, slope, jacobian, by_time, y_next, slope_next))
            error = np.inf
            if stages(params, (t, t_next - t), work, ks, y_next):
                error = 0.5 if fixed > 0.0 else _error_of(y, y_next, ks[5], accuracy.rtol, accuracy.atol)
            rhs(t_next, y_next, params, slope_next)
            fresh = error <= 1.0 and bool(np.isfinite(slope_next).all())
            if not fresh:
                h = (t_next - t) * (min(0.9, max(0.1, 0.9 * error**-0.25)) if np.isfinite(error) else 0.1)
                grow_max = 1.0
                if h <= 1e-15 * max(abs(t), abs(t_stop)):
                    return Path(ys, t, y, n_steps, STUCK)
                continue
            i_time = _fill((y, slope, y_next, slope_next), (t, t_next), times, ys, i_time)
            t = t_next
            y[:] = y_next
            slope[:] = slope_next
            if fixed <= 0.0:
                h *= min(grow_max, max(0.2, 0.9 * max(error, 1e-8) ** -0.25))
                grow_max = 6.0
        return Path(ys, t, y, n_steps, DONE)

    return solve
