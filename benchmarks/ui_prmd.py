"""UI-PRMD, streaming, one configuration for every movement: count, segment, recognise, judge, learn, frames/s.

    python benchmarks/ui_prmd.py --data DIR [--json] [--faults] [--fit]

DIR holds ``uiprmd_kinect_mNN.npz`` (vakanski2018). Whatever subjects it holds are tested; what is learned (references
for recognition, standards and the rule for quality) is learned from the other subjects in DIR, one left out at a time.
Intervals are 95 % bootstrap intervals over subjects.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

import ui_prmd_tasks as tasks
from ui_prmd_faults import FAULTS
from ui_prmd_learn import learned_and_counted
from ui_prmd_tasks import Watched
from uncrick.files.uiprmd_file import Session

N_RESAMPLED = 2000
TO_REACH = {
    "count.correct.mae": "<= 0.01", "count.correct.off_by_one": "", "count.correct.exact": ">= 0.99",
    "count.incorrect.mae": "<= 0.05", "count.incorrect.off_by_one": ">= 0.95", "count.incorrect.exact": ">= 0.80",
    "segmentation.correct.f1": ">= 0.98", "segmentation.incorrect.f1": ">= 0.95",
    "segmentation.correct.boundary_median_ms": "<= 80", "segmentation.incorrect.boundary_median_ms": "<= 80",
    "recognition.correct.accuracy": ">= 0.99", "recognition.incorrect.accuracy": ">= 0.95",
    "quality.accuracy": ">= 0.85", "learn.exact": ">= 0.90", "fps": ">= 20000",
}  # fmt: skip

Values = Mapping[int, Sequence[float]]
"""Of each subject, one number for each thing that is averaged."""


def main() -> int:
    """Run the benchmark; print a table, or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the npz files")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--faults", action="store_true", help="count under injected faults as well")
    parser.add_argument("--fit", action="store_true", help="the rule of quality fitted to all subjects, and no more")
    asked = parser.parse_args()
    sessions = tasks.read_sessions(asked.data)
    if not sessions:
        sys.stderr.write(f"{asked.data}  holds no uiprmd_kinect_m*.npz\n")
        return 1
    watched = [tasks.watch(session) for session in sessions]
    if asked.fit:
        print(json.dumps(tasks.shipped(watched)))
        return 0
    result: dict[str, object] = {
        "subjects": sorted({w.subject for w in watched}),
        "count": {which: counted(chosen) for which, chosen in _both(watched)},
        "segmentation": {which: segmented(chosen) for which, chosen in _both(watched)},
        "recognition": recognition(watched),
        "quality": quality(watched),
        "learn": shown(sessions),
        "fps": round(tasks.frames_per_s(sessions)),
    }
    if asked.faults:
        result["faults"] = {
            name: {which: counted(chosen) for which, chosen in _both([tasks.watch(s, change) for s in sessions])}
            for name, change in FAULTS.items()
        }
    print(json.dumps(result) if asked.json else table(result))
    return 0


def counted(watched: Sequence[Watched]) -> dict[str, object]:
    """Return relative mean absolute error, off by one and exact, over sessions."""
    off = [(w.subject, tasks.count_error(w), len(w.truth)) for w in watched]
    return {
        "mae": _mean({s: [abs(e) / n for t, e, n in off if t == s] for s, _, _ in off}),
        "off_by_one": _mean({s: [float(abs(e) <= 1) for t, e, _ in off if t == s] for s, _, _ in off}),
        "exact": _mean({s: [float(e == 0) for t, e, _ in off if t == s] for s, _, _ in off}),
        **_intervals(
            mae={s: [abs(e) / n for t, e, n in off if t == s] for s, _, _ in off},
            exact={s: [float(e == 0) for t, e, _ in off if t == s] for s, _, _ in off},
        ),
        "sessions": len(watched),
    }


def segmented(watched: Sequence[Watched]) -> dict[str, object]:
    """Return F1 at tIoU 0.5 and boundary errors, as told in the end and as told promptly; and the counting delay."""
    out: dict[str, object] = {}
    for prefix in ("", "prompt_"):
        told = [(w, w.prompt if prefix else w.spans) for w in watched]
        found = [(w.subject, *tasks.matches(spans, w.truth), len(spans), len(w.truth)) for w, spans in told]
        per_subject = {
            s: np.sum([[2 * n, k + m] for t, n, _, k, m in found if t == s], axis=0).tolist() for s, *_ in found
        }
        errors_ms = [1000 * e for _, _, errors, _, _ in found for e in errors]
        out |= {
            f"{prefix}f1": _ratio(list(per_subject.values())),
            f"{prefix}boundary_median_ms": round(float(np.median(errors_ms)), 1),
            f"{prefix}boundary_mean_ms": round(float(np.mean(errors_ms)), 1),
        }
        if not prefix:
            out["f1_interval"] = _interval(per_subject, _ratio)
    out["count_delay_median_s"] = round(float(np.median([d for w in watched for d in w.delays_s])), 2)
    return out


def recognition(watched: Sequence[Watched]) -> dict[str, object]:
    """Return how many repetitions were named rightly: with up to four before them, and each by itself."""
    named = tasks.recognised(watched)
    out: dict[str, object] = {}
    for which, correct in (("correct", True), ("incorrect", False)):
        together = _by_subject([(w, t) for w, _, t in named if w.correct == correct])
        alone = _by_subject([(w, a) for w, a, _ in named if w.correct == correct])
        out[which] = {"accuracy": _mean(together), "single": _mean(alone), **_intervals(accuracy=together)}
    return out


def quality(watched: Sequence[Watched]) -> dict[str, object]:
    """Return how many repetitions were rightly told to be correct or incorrect."""
    told = tasks.judged(watched)
    by_subject = _by_subject(told)
    parts = {
        which: _mean(_by_subject([(w, r) for w, r in told if w.correct == c]))
        for which, c in (("correct", True), ("incorrect", False))
    }
    return {"accuracy": _mean(by_subject), **parts, **_intervals(accuracy=by_subject)}


def shown(sessions: Sequence[Session]) -> dict[str, object]:
    """Return how many sessions are counted exactly by what another subject showed three times."""
    exact = learned_and_counted(sessions)
    return {"exact": _mean(exact), **_intervals(exact=exact)} if any(exact.values()) else {}


def table(result: Mapping[str, object]) -> str:
    """Return the result as plain columns: what, value, what was to be reached."""
    rows = [f"{'':44} {'value':>20}  to reach"]
    rows += [f"{name:44} {value!s:>20}  {TO_REACH.get(name, '')}".rstrip() for name, value in _flat(result, "")]
    return "\n".join(rows)


def _flat(value: object, path: str) -> list[tuple[str, object]]:
    if isinstance(value, Mapping):
        return [row for key, inner in value.items() for row in _flat(inner, f"{path}.{key}" if path else str(key))]
    return [(path, value)]


def _both(watched: Sequence[Watched]) -> list[tuple[str, list[Watched]]]:
    return [
        ("correct", [w for w in watched if w.correct]),
        ("incorrect", [w for w in watched if not w.correct]),
    ]


def _by_subject(rows: Sequence[tuple[Watched, Sequence[bool]]]) -> Values:
    subjects = sorted({w.subject for w, _ in rows})
    return {s: [float(x) for w, right in rows if w.subject == s for x in right] for s in subjects}


def _mean(values: Values) -> float:
    return round(float(np.mean([x for of_subject in values.values() for x in of_subject])), 4)


def _ratio(rows: Sequence[Sequence[float]]) -> float:
    above, below = np.sum(np.array(rows), axis=0)
    return round(float(above / below), 4)


def _intervals(**values: Values) -> dict[str, object]:
    def mean(rows: Sequence[Sequence[float]]) -> float:
        return float(np.mean([x for row in rows for x in row]))

    return {f"{name}_interval": _interval(v, mean) for name, v in values.items()}


def _interval(values: Values, of: Callable[[Sequence[Sequence[float]]], float]) -> list[float]:
    """Return the 2.5th and 97.5th percentile of *of* over subjects drawn with replacement (seed 0)."""
    subjects, rng = list(values), np.random.default_rng(0)
    drawn = [of([values[s] for s in rng.choice(subjects, len(subjects))]) for _ in range(N_RESAMPLED)]
    return [round(float(x), 4) for x in np.percentile(drawn, [2.5, 97.5])]


if __name__ == "__main__":
    sys.exit(main())
