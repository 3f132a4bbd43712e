"""How fast one driven bubble is followed, and ten thousand of them, as ratios against SciPy in the same run.

The case of gate A5: R0 130 um, 20 kHz, 70 kPa, 1 ms, Keller-Miksis. SciPy is given the same equation in Python and its
DOP853, the fastest of its explicit solvers here, at the same tolerances. Run it as

    python benchmarks/keller_miksis.py [--json]
"""

import argparse
import json
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy.integrate import solve_ivp

from uncrick.app.compiling import COMPILED_FOLDER
from uncrick.crack.bubble import Bubble, end_radius_m, radius_over_time
from uncrick.crack.compiled import Floats
from uncrick.crack.solve import Accuracy
from uncrick.files.curve_file import read_reference_curve

END_S = 1e-3
N_RUNS = 10_000
TIGHT, LOOSE = Accuracy(1e-9, 1e-9), Accuracy(1e-6, 1e-6)


def best_s(job: Callable[[], object], n_times: int) -> float:
    """Return the least time of several tries, after one that warms up."""
    job()
    times_s = []
    for _ in range(n_times):
        start = time.perf_counter()
        job()
        times_s.append(time.perf_counter() - start)
    return min(times_s)


def cpu_s(job: Callable[[], object], n_times: int) -> float:
    """Return the least processor time of several tries, all threads together: steady on a busy machine."""
    times_s = []
    for _ in range(n_times):
        start = time.process_time()
        job()
        times_s.append(time.process_time() - start)
    return min(times_s)


def by_scipy(rtol: float) -> Floats:
    """Return SciPy's end state at a tolerance, from a Python right-hand side."""
    b = Bubble()
    gas0, omega, rho, c = b.p0_pa + 2 * b.sigma_n_m / b.radius_m, 2 * np.pi * b.drive_hz, b.rho_kg_m3, b.sound_speed_m_s

    def slope(t: float, y: Floats) -> tuple[float, float]:
        r, u = y
        gas = gas0 * (b.radius_m / max(r, 1e-9)) ** (3 * b.kappa)
        wall = gas - 2 * b.sigma_n_m / r - 4 * b.mu_pa_s * u / r
        far = b.p0_pa + b.drive_pa * np.sin(omega * t)
        rate = -3 * b.kappa * gas * u / r + (2 * b.sigma_n_m * u + 4 * b.mu_pa_s * u * u) / r**2
        push = (1 + u / c) * (wall - far) / rho + r / (rho * c) * (rate - b.drive_pa * omega * np.cos(omega * t))
        return u, (push - 1.5 * u * u * (1 - u / (3 * c))) / ((1 - u / c) * r + 4 * b.mu_pa_s / (rho * c))

    atol = [rtol * b.radius_m, rtol * 10.0]
    found = solve_ivp(slope, (0.0, END_S), [b.radius_m, 0.0], "DOP853", rtol=rtol, atol=atol, first_step=1e-9)
    end: Floats = found.y[:, -1]
    return end


def many(drives_pa: Floats, n_threads: int) -> Floats:
    """Return the end radii (D,) of one bubble under many drives, shared among threads."""
    parts = np.array_split(drives_pa, n_threads)
    with ThreadPoolExecutor(n_threads) as pool:
        return np.concatenate(list(pool.map(lambda part: end_radius_m(Bubble(), part, END_S, LOOSE), parts)))


def deviation(rtol: float) -> float:
    """Return the worst deviation from the published curve at a tolerance, in units of R0."""
    curve = read_reference_curve()
    path = radius_over_time(Bubble(), curve.t_s, Accuracy(rtol, rtol))
    return float(np.abs(path.ys[:, 0] - curve.radius_m / Bubble().radius_m).max())


def measure() -> dict[str, float]:
    """Return every number of the benchmark."""
    n_threads = os.cpu_count() or 1
    ends = np.array([0.0, END_S])
    spread_pa = -np.linspace(0.0, 70e3, N_RUNS)
    hardest_pa = np.full(N_RUNS, -70e3)
    one_by_one_s = N_RUNS * cpu_s(lambda: radius_over_time(Bubble(), ends, LOOSE), 50)
    hardest_s = cpu_s(lambda: many(hardest_pa, n_threads), 3)
    tight_s = best_s(lambda: radius_over_time(Bubble(), ends, TIGHT), 50)
    loose_s = best_s(lambda: radius_over_time(Bubble(), ends, LOOSE), 50)
    scipy_tight_s, scipy_loose_s = best_s(lambda: by_scipy(1e-9), 2), best_s(lambda: by_scipy(1e-6), 2)
    return {
        "single_1e-9_ms": tight_s * 1e3,
        "single_1e-6_ms": loose_s * 1e3,
        "scipy_single_1e-9_ms": scipy_tight_s * 1e3,
        "scipy_single_1e-6_ms": scipy_loose_s * 1e3,
        "times_faster_1e-9": scipy_tight_s / tight_s,
        "times_faster_1e-6": scipy_loose_s / loose_s,
        "threads": float(n_threads),
        "10000 runs, drives 0-70 kPa, s": best_s(lambda: many(spread_pa, n_threads), 3),
        "the same, processor s / threads": cpu_s(lambda: many(spread_pa, n_threads), 3) / n_threads,
        "10000 runs, all at 70 kPa, s": best_s(lambda: many(hardest_pa, n_threads), 3),
        "all at 70 kPa, processor s / threads": hardest_s / n_threads,
        "side by side, times one by one": one_by_one_s / hardest_s,
        "deviation_1e-9_R0": deviation(1e-9),
        "deviation_1e-6_R0": deviation(1e-6),
    }


def main() -> None:
    """Print the numbers as columns or as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    as_json = parser.parse_args().json
    found = measure()
    if as_json:
        print(json.dumps(found))
        return
    print(f"compiled code in {COMPILED_FOLDER.name}")
    for name, value in found.items():
        print(f"{name:36} {value:10.4g}")


if __name__ == "__main__":
    main()
