"""The second opinion: SciPy's implicit Radau follows a stretch when our own solver could not, under a cap of steps."""

import numpy as np
from scipy.integrate import Radau

from uncrick.crack.compiled import Floats
from uncrick.crack.joint import Joint, stretch_of
from uncrick.crack.outcome import REST, times_ms
from uncrick.crack.solve import DONE, STUCK, TOO_MANY_STEPS, Accuracy, Path
from uncrick.crack.stretch import slopes

N_STEPS_MAX = 20_000


def follow_by_scipy(joint: Joint, accuracy: Accuracy) -> Path:
    """Return the path of the scaled unknowns as crack/outcome.follow does, by SciPy; its status may be a failure."""
    stretch, times = stretch_of(joint), times_ms(joint)

    def rhs(t_ms: float, y: Floats) -> Floats:
        dy = np.empty(8)
        slopes(t_ms, y, stretch, dy)
        return dy

    ys = np.full((len(times), 8), np.nan)
    ys[0] = REST
    solver = Radau(rhs, 0.0, np.array(REST), times[-1], rtol=accuracy.rtol, atol=accuracy.atol)
    i_time, n_steps, status = 1, 0, DONE
    while solver.status == "running":
        if n_steps >= min(accuracy.n_steps_max, N_STEPS_MAX):
            status = TOO_MANY_STEPS
            break
        n_steps += 1
        solver.step()
        if solver.status == "failed" or not np.isfinite(solver.y).all():
            status = STUCK
            break
        i_next = int(np.searchsorted(times, solver.t, side="right"))
        if i_next > i_time:
            ys[i_time:i_next] = solver.dense_output()(times[i_time:i_next]).T
            i_time = i_next
    return Path(ys, float(solver.t), np.array(solver.y), n_steps, status)
