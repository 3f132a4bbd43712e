"""What a person can do with a joint on paper: stretch it, try ten thousand of them, check the equations."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from uncrick.app.compiling import COMPILED_FOLDER  # noqa: F401  # first: it says where compiled code is kept
from uncrick.crack.bands import band_gates, rest_sensitivity
from uncrick.crack.compiled import Floats
from uncrick.crack.draws import Drawn, deciders, run_draw, table_of, theory_map
from uncrick.crack.fallback import follow_by_scipy
from uncrick.crack.gate import Gate
from uncrick.crack.gates_bubble import bubble_gates
from uncrick.crack.gates_film import film_gates
from uncrick.crack.joint import Joint, check_joint, joint_with
from uncrick.crack.outcome import Course, Outcome, StretchFailedError, course_of, follow, outcome_of, sound_pa
from uncrick.crack.solve import DONE, Accuracy
from uncrick.crack.sound import RATE_HZ, playable, slowed
from uncrick.errors import Problem, ProblemsError
from uncrick.files.curve_file import read_reference_curve
from uncrick.files.sound_file import write_wav
from uncrick.files.sweep_file import write_sweep
from uncrick.files.theories_file import read_theories
from uncrick.files.whole_file import whole_file

ACCURACY: Final = Accuracy(1e-7, 1e-7, 400_000)
SLOWER: Final = 4
N_DRAWS_MAX: Final = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Stretched:
    """A joint, what happened to it over time, what became of it, and its sound at the microphone (Pa, 48 kHz)."""

    joint: Joint
    course: Course
    outcome: Outcome
    sound: Floats


def joint_from(base: Joint, settings: Iterable[str]) -> Joint:
    """Return *base* with ``name=value`` settings put in. Raises ProblemsError with every problem of all of them."""
    values: dict[str, float] = {}
    problems = []
    for setting in settings:
        name, equals, text = setting.partition("=")
        try:
            values[name.strip()] = float(text)
        except ValueError:
            says = f"'{text}' is not a number" if equals else f"'{setting}' is not name=value"
            problems.append(Problem("--set " + (name.strip() if equals else setting), says, "e.g. --set ramp_s=0.3"))
    problems += [Problem(f"--set {p.where}", p.says, p.hint) for p in check_joint(values)]
    if problems:
        raise ProblemsError(problems)
    return joint_with(base, values)


def stretch_joint(joint: Joint, accuracy: Accuracy = ACCURACY) -> Stretched:
    """Stretch one joint; where our solver cannot, SciPy's does. Raises ProblemsError when neither can."""
    path, solver = follow(joint, accuracy), "rosenbrock"
    if path.status != DONE:
        path, solver = follow_by_scipy(joint, Accuracy(1e-6, 1e-6)), "SciPy Radau"
    try:
        course = course_of(joint, path)
    except StretchFailedError as failure:
        hint = "try a value nearer to the default; see uncrick crack simulate --help"
        raise ProblemsError([Problem("stretch", str(failure), hint)]) from None
    return Stretched(joint, course, outcome_of(joint, course, path, solver), sound_pa(joint, course))


def verify() -> list[Gate]:
    """Return every acceptance case and every published band with what was measured just now."""
    curve = read_reference_curve()
    return [*bubble_gates(curve.t_s, curve.radius_m), *film_gates(), *band_gates(stretch_joint(Joint()).outcome)]


def run_draw_or_ask_scipy(i_draw: int) -> Drawn:
    """Return one draw of a sweep, by SciPy where our solver failed; the reason of both where neither could."""
    drawn = run_draw(i_draw)
    if drawn.outcome is not None:
        return drawn
    path = follow_by_scipy(drawn.joint, Accuracy(1e-6, 1e-6))
    try:
        outcome = outcome_of(drawn.joint, course_of(drawn.joint, path), path, "SciPy Radau")
        return Drawn(i_draw, drawn.joint, outcome, "")
    except StretchFailedError as failure:
        return Drawn(i_draw, drawn.joint, None, f"{drawn.failed}; SciPy: {failure}")


def sweep(n_draws: int, n_workers: int | None, after_each: Callable[[], None]) -> list[Drawn]:
    """Return draws 0 to n - 1, run by a pool of processes; the same whatever their number."""
    if not 1 <= n_draws <= N_DRAWS_MAX:
        raise ProblemsError([Problem("--n", f"{n_draws} draws; 1 to {N_DRAWS_MAX} can be run")])
    workers = n_workers or os.cpu_count() or 1
    drawn = [run_draw_or_ask_scipy(0)]
    after_each()
    if n_draws == 1:
        return drawn
    with ProcessPoolExecutor(min(workers, n_draws - 1), mp_context=get_context("spawn")) as pool:
        for one in pool.map(run_draw_or_ask_scipy, range(1, n_draws), chunksize=min(25, -(-n_draws // workers))):
            drawn.append(one)
            after_each()
    return drawn


def save_sweep(path: Path, drawn: list[Drawn]) -> None:
    """Write the draws as Parquet, the failed ones with their reason."""
    notes: Mapping[str, str] = {
        "about": "film model of a stretched facet joint; draw 0 is the median, all defaults; ranges are guesses",
        "units": "in the column names; _db over 20 uPa at the microphone; left: share of the greatest cavity",
    }
    write_sweep(path, table_of(drawn), notes)


def save_sound(path: Path, stretched: Stretched) -> tuple[Path, Path]:
    """Write the crack and the same slowed down, as loud as can be played; return both paths."""
    if stretched.outcome.verdict == "no cavity":
        raise ProblemsError([Problem(str(path), "this stretch does not crack, so there is no sound to write")])
    if path.suffix.lower() != ".wav":
        raise ProblemsError([Problem(str(path), "sound is written as WAV", f"call it {path.stem or 'crack'}.wav")])
    piece = playable(stretched.sound, stretched.outcome.crack_at_s)
    slow = path.with_name(f"{path.stem}_slow{path.suffix}")
    write_wav(path, piece, RATE_HZ)
    write_wav(slow, slowed(piece, SLOWER), RATE_HZ)
    return path, slow


def save_report(path: Path, stretched: Stretched) -> None:
    """Write the report of one stretch as one HTML page that needs nothing else."""
    from uncrick.report.joint_html import (  # brings the chart library: only for who wants a report
        JointStory,
        joint_html,
    )

    median = stretch_joint(Joint()).outcome
    story = JointStory(stretched.joint, stretched.course, stretched.outcome, stretched.sound, median, read_theories())
    page = joint_html(story)
    with whole_file(path) as new:
        new.write_text(page, encoding="utf-8")


def sweep_records(drawn: list[Drawn]) -> dict[str, list[dict[str, object]]]:
    """Return what a sweep shows, kind by kind: verdicts, theories, deciders, quiet times, failures."""
    verdicts = Counter(d.outcome.verdict if d.outcome else "failed" for d in drawn)
    loudest = Counter(d.outcome.sound_from for d in drawn if d.outcome and d.outcome.verdict == "crack")
    by_left, by_sound = deciders(drawn, "left"), deciders(drawn, "collapse_over_growth_db")
    return {
        "verdicts": [{"verdict": name, "n": n} for name, n in verdicts.most_common()]
        + [{"verdict": f"crack, louder in {name}", "n": n} for name, n in loudest.most_common()],
        "theories": [dict(row) for row in theory_map(drawn)],
        "deciders": [
            {"number": name, "rank_correlation_with_cavity_left": by_left[name],
             "rank_correlation_with_collapse_over_growth": by_sound[name]}
            for name in by_left
        ],
        "quiet": [{"leftover_radius_um": um, "minutes_until_dissolved": minutes} for um, minutes in rest_sensitivity()],
        "failed": [{"i_draw": d.i_draw, "why": d.failed} for d in drawn if d.failed],
    }  # fmt: skip
