"""What a movement asks of a body, as numbers: the attributes that conditions are held against."""

from collections.abc import Mapping
from typing import Final

RANGES: Final = ("spine_flexion", "spine_extension", "spine_rotation", "spine_side_bend",
    "neck_flexion", "neck_extension", "neck_rotation", "neck_side_bend",
    "shoulder_elevation", "shoulder_horizontal_adduction", "shoulder_horizontal_abduction",
    "hip_flexion", "hip_extension", "hip_twist", "knee_flexion_deep", "neural_tension")  # fmt: skip
"""Parts of a joint's range: 0 none, 1 small (under a third), 2 middle, 3 near the end of range."""

LOADS: Final = {
    "muscle_effort": 3, "balance_demand": 3,
    "shoulder_weight_bearing": 2, "wrist_weight_bearing": 2, "kneeling": 2, "head_below_heart": 2,
    "breath_hold_risk": 2, "abdominal_pressure": 2, "direct_spinal_pressure": 2, "position_change": 2,
    "trunk_curl_effort": 1, "loaded_spine": 1,
}  # fmt: skip
"""What else it asks, with the highest level. loaded_spine: a bent or turned spine carries upright body weight."""

POSITIONS: Final = ("supine", "prone", "side_lying", "sitting", "standing", "quadruped",
    "rolling_on_spine", "unstable_support", "floor_transfer")  # fmt: skip
"""Where the body is, yes (1) or no. floor_transfer: getting down to the floor and up again."""

ATTRIBUTES: Final[Mapping[str, int]] = {
    **dict.fromkeys(RANGES, 3),
    **LOADS,
    **dict.fromkeys(POSITIONS, 1),
}
"""Every attribute with its highest level; one that an exercise does not name is 0. Scale: ours (docs/care.md)."""
