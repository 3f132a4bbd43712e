"""Joints from the whole range that is allowed, its corners included: each is followed, or refused in a sentence.

Every number is spread evenly in its logarithm, a quarter of them put on an end of their range; of every third joint
only three numbers differ from the median. Exits 1 when a joint comes out with a number that is none. Run it as

    python benchmarks/joint_edges.py [--n 400] [--seed 5]
"""

import argparse
import math
from collections import Counter
from dataclasses import asdict

import numpy as np

import uncrick.app.compiling  # noqa: F401 - says where compiled code is kept, before any is
from uncrick.crack.draws import SWEEP_ACCURACY
from uncrick.crack.joint import PARAMETERS, Joint, check_joint, joint_with
from uncrick.crack.outcome import StretchFailedError, course_of, follow, outcome_of


def main() -> int:
    """Draw, follow, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--n", type=int, default=400)
    parser.add_argument("--seed", type=int, default=5)
    asked = parser.parse_args()
    chance = np.random.default_rng(asked.seed)
    ends = Counter(end_of(drawn(chance, few=i % 3 == 1)) for i in range(asked.n))
    for end, n in ends.most_common():
        print(f"{n:6d}  {end}")
    return int("a number that is none" in ends)


def drawn(chance: np.random.Generator, *, few: bool) -> dict[str, float]:
    """Draw a joint's numbers, all of them or only three."""
    which = chance.choice(len(PARAMETERS), 3 if few else len(PARAMETERS), replace=False)
    values = {}
    for p in (PARAMETERS[k] for k in which):
        low = p.low or 1e-3
        values[p.name] = low * (p.high / low) ** chance.random()
        if chance.random() < 0.25:
            values[p.name] = p.low if chance.random() < 0.5 else p.high
    return values


def end_of(values: dict[str, float]) -> str:
    """Follow one joint and say how that ended."""
    if check_joint(values):
        return "refused: its numbers do not go together"
    joint = joint_with(Joint(), values)
    try:
        path = follow(joint, SWEEP_ACCURACY)
        course = course_of(joint, path)
        outcome = outcome_of(joint, course, path)
    except StretchFailedError as error:
        return f"not followed: {str(error).split(' at ')[0]}"
    numbers = [value for value in asdict(outcome).values() if isinstance(value, float)]
    arrays = (course.gap_m, course.volume_m3, course.bubble_pa, course.moles)
    known = outcome.verdict == "no cavity" or not any(map(math.isnan, numbers))
    sound = known and all(np.isfinite(each).all() for each in arrays) and bool((course.gap_m > 0).all())
    return f"followed: {outcome.verdict}" if sound else "a number that is none"


if __name__ == "__main__":
    raise SystemExit(main())
