"""The 33 named body points of a BlazePose frame, their left-right twins, and the bones drawn between them."""

from typing import Final

NAMES: Final = (
    "nose",
    "eye_inner_left", "eye_left", "eye_outer_left",
    "eye_inner_right", "eye_right", "eye_outer_right",
    "ear_left", "ear_right",
    "mouth_left", "mouth_right",
    "shoulder_left", "shoulder_right",
    "elbow_left", "elbow_right",
    "wrist_left", "wrist_right",
    "pinky_left", "pinky_right",
    "index_left", "index_right",
    "thumb_left", "thumb_right",
    "hip_left", "hip_right",
    "knee_left", "knee_right",
    "ankle_left", "ankle_right",
    "heel_left", "heel_right",
    "foot_index_left", "foot_index_right",
)  # fmt: skip
"""Landmark names in the order of the model's output. Left and right are the person's own. Source: bazarevsky2020."""

N_LANDMARKS: Final = len(NAMES)
INDEX: Final = {name: i for i, name in enumerate(NAMES)}


def mirrored_name(name: str) -> str:
    """Return the name of the landmark (or anything with a side suffix) on the other side of the body."""
    if name.endswith("_left"):
        return name.removesuffix("_left") + "_right"
    if name.endswith("_right"):
        return name.removesuffix("_right") + "_left"
    return name


MIRROR: Final = tuple(INDEX[mirrored_name(name)] for name in NAMES)
"""For each landmark the index of its twin, itself for the nose: ``points[MIRROR]`` swaps the sides."""

BONES: Final = tuple(
    (INDEX[a], INDEX[b])
    for a, b in (
        ("shoulder_left", "shoulder_right"),
        ("shoulder_left", "hip_left"),
        ("shoulder_right", "hip_right"),
        ("hip_left", "hip_right"),
        *(
            (f"{a}_{side}", f"{b}_{side}")
            for side in ("left", "right")
            for a, b in (
                ("shoulder", "elbow"),
                ("elbow", "wrist"),
                ("hip", "knee"),
                ("knee", "ankle"),
                ("ankle", "heel"),
                ("heel", "foot_index"),
                ("ankle", "foot_index"),
            )
        ),
    )
)
"""Pairs of landmark indices joined by a line when a body is drawn."""
