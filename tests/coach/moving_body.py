"""A body made of sticks that raises an arm or lifts a knee as often as it is told; joints turn by exact angles."""

from collections.abc import Sequence

import numpy as np

from uncrick.pose.clip import Clip
from uncrick.pose.landmark import INDEX, N_LANDMARKS

STANDING_M = {
    "nose": (0.0, -0.65, -0.1),
    "shoulder_left": (0.18, -0.5, 0.0), "elbow_left": (0.2, -0.2, 0.0), "wrist_left": (0.2, 0.05, 0.0),
    "shoulder_right": (-0.18, -0.5, 0.0), "elbow_right": (-0.2, -0.2, 0.0), "wrist_right": (-0.2, 0.05, 0.0),
    "hip_left": (0.1, 0.0, 0.0), "knee_left": (0.1, 0.4, 0.0), "ankle_left": (0.1, 0.8, 0.0),
    "hip_right": (-0.1, 0.0, 0.0), "knee_right": (-0.1, 0.4, 0.0), "ankle_right": (-0.1, 0.8, 0.0),
    "foot_index_left": (0.1, 0.85, -0.15), "foot_index_right": (-0.1, 0.85, -0.15),
}  # fmt: skip
"""x to the right of the picture, y down, z away; facing the camera, so the person's left is at the picture's right."""

LIMBS = {
    "arm_left": ("shoulder_left", ("elbow_left", "wrist_left"), 2),
    "arm_right": ("shoulder_right", ("elbow_right", "wrist_right"), 2),
    "leg_left": ("hip_left", ("knee_left", "ankle_left", "foot_index_left"), 0),
    "leg_right": ("hip_right", ("knee_right", "ankle_right", "foot_index_right"), 0),
}
"""Where each limb turns, what turns with it, and about which axis."""


def hills(n: int, period_s: float = 2.5, rest: float = 0.4, fps: float = 30.0, height: Sequence[float] = (1.0,)):
    """Return times and how far out (0..1) a movement of *n* repetitions is, resting for a part *rest* of each.

    height : of the repetitions, repeated in turn. Starts and ends in the middle of a rest.
    """
    t_s = np.arange(round(n * period_s * fps) + 1) / fps
    which = np.minimum((t_s / period_s).astype(int), n - 1)
    within = t_s / period_s - which
    out = np.clip((within - rest / 2) / (1 - rest), 0.0, 1.0)
    return t_s, (1 - np.cos(2 * np.pi * out)) / 2 * np.array([height[i % len(height)] for i in which])


def body(t_s, angle_deg, limbs: Sequence[str] = ("arm_right",), jitter_m: float = 0.0, seed: int = 0) -> Clip:
    """Return a clip of a standing body whose *limbs* are turned by *angle_deg* (T,) at times *t_s* (T,)."""
    world = np.full((len(t_s), N_LANDMARKS, 3), np.nan)
    for name, place in STANDING_M.items():
        world[:, INDEX[name]] = place
    turn = np.radians(angle_deg)
    for limb in limbs:
        pivot_name, names, axis = LIMBS[limb]
        pivot = np.array(STANDING_M[pivot_name])
        sign = -1.0 if limb == "arm_left" or axis == 0 else 1.0
        a, b = (axis + 1) % 3, (axis + 2) % 3
        for name in names:
            off = np.array(STANDING_M[name]) - pivot
            world[:, INDEX[name], a] = pivot[a] + np.cos(turn) * off[a] - sign * np.sin(turn) * off[b]
            world[:, INDEX[name], b] = pivot[b] + sign * np.sin(turn) * off[a] + np.cos(turn) * off[b]
    world += np.random.default_rng(seed).normal(0.0, jitter_m, world.shape) if jitter_m else 0.0
    image = world * 200 + np.array([320.0, 240.0, 0.0])
    seen = np.where(np.isfinite(world[..., 0]), 1.0, 0.0)
    return Clip(np.asarray(t_s, dtype=float), image, world, seen, 640, 480, "sticks")


def raises(n: int, limbs: Sequence[str] = ("arm_right",), top_deg: float = 90.0, jitter_m: float = 0.004, **timing):
    """Return a clip of *n* repetitions of turning *limbs* to *top_deg* and back; see `hills` for the timing."""
    t_s, out = hills(n, **timing)
    return body(t_s, top_deg * out, limbs, jitter_m)
