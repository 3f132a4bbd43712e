"""Other skeletons' points as the 33 landmarks: which point is which, and which only stands in for one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from uncrick.pose.frame import Floats
from uncrick.pose.landmark import INDEX, N_LANDMARKS


class Part(NamedTuple):
    """Where a landmark comes from: the mean of the named source points.

    stands_in : the point is near the landmark but not it; whoever reads the clip is told so.
    """

    names: tuple[str, ...]
    stands_in: bool = False


Skeleton: TypeAlias = Mapping[str, tuple[Part, ...]]
"""For each landmark the parts it may come from, the best first. Landmarks without an entry are never seen."""

KINECT_25_NAMES: Final = (
    "SpineBase", "SpineMid", "Neck", "Head",
    "ShoulderLeft", "ElbowLeft", "WristLeft", "HandLeft",
    "ShoulderRight", "ElbowRight", "WristRight", "HandRight",
    "HipLeft", "KneeLeft", "AnkleLeft", "FootLeft",
    "HipRight", "KneeRight", "AnkleRight", "FootRight",
    "SpineShoulder", "HandTipLeft", "ThumbLeft", "HandTipRight", "ThumbRight",
)  # fmt: skip
"""Joints of a Kinect v2 body in the order of its JointType numbers."""

KINECT_22_NAMES: Final = (
    "Waist", "Spine", "Chest", "Neck", "Head", "HeadTip",
    "LCollar", "LUpperArm", "LForearm", "LHand",
    "RCollar", "RUpperArm", "RForearm", "RHand",
    "LUpperLeg", "LLowerLeg", "LFoot", "LToes",
    "RUpperLeg", "RLowerLeg", "RFoot", "RToes",
)  # fmt: skip
"""Joints of the UI-PRMD recordings (vakanski2018), each named after the segment that begins at it."""

COCO_17_NAMES: Final = (
    "nose", "left_eye", "right_eye", "left_ear", "right_ear",
    "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist",
    "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
)  # fmt: skip
"""Key points of the COCO data set (lin2014), in its order."""


def _sided(table: Mapping[str, Sequence[Part]]) -> dict[str, tuple[Part, ...]]:
    """Write a table of one side for both: ``{Side} {side} {S}`` become Left left L, then Right right R."""
    out: dict[str, tuple[Part, ...]] = {}
    for landmark, parts in table.items():
        if landmark in INDEX:
            out[landmark] = tuple(parts)
            continue
        for side in ("left", "right"):
            words = {"Side": side.capitalize(), "side": side, "S": side[0].upper()}
            out[f"{landmark}_{side}"] = tuple(
                Part(tuple(name.format_map(words) for name in part.names), part.stands_in) for part in parts
            )
    return out


def _is(*names: str) -> Part:
    return Part(names)


def _near(*names: str) -> Part:
    return Part(names, stands_in=True)


KINECT_25: Final[Skeleton] = _sided({
    "nose": [_near("Head")],  # the middle of the head: good for where the head is, not for where it looks
    "shoulder": [_is("Shoulder{Side}")], "elbow": [_is("Elbow{Side}")], "wrist": [_is("Wrist{Side}")],
    "index": [_near("HandTip{Side}")], "thumb": [_is("Thumb{Side}")],
    "hip": [_is("Hip{Side}")], "knee": [_is("Knee{Side}")], "ankle": [_is("Ankle{Side}")],
    "foot_index": [_near("Foot{Side}")],
})  # fmt: skip

KINECT_22: Final[Skeleton] = _sided({
    "nose": [_near("Head")],
    "shoulder": [_is("{S}UpperArm")], "elbow": [_is("{S}Forearm")], "wrist": [_is("{S}Hand")],
    "hip": [_is("{S}UpperLeg")], "knee": [_is("{S}LowerLeg")], "ankle": [_is("{S}Foot")],
    "foot_index": [_near("{S}Toes")],
})  # fmt: skip

COCO_17: Final[Skeleton] = _sided({
    "nose": [_is("nose")],
    **{name: [_is(f"{{side}}_{name}")]
       for name in ("eye", "ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle")},
})  # fmt: skip

MARKERS: Final[Skeleton] = _sided({
    "nose": [_is("nose"), _near("fhd_left", "fhd_right")],
    "eye_inner": [_is("eyeinner_{side}")],
    "eye": [_is("eye_{side}")],
    "eye_outer": [_is("eyeouter_{side}")],
    "ear": [_is("ear_{side}"), _near("fhd_{side}", "bhd_{side}")],
    "mouth": [_is("mouth_{side}")],
    "shoulder": [_is("shoulder_{side}"), _is("sjc_{side}"), _near("shoulderstudy_{side}"), _near("sho_{side}"),
                 _near("acromion_{side}"), _near("acr_{side}")],
    "elbow": [_is("elbow_{side}"), _is("ejc_{side}"), _is("lelbowstudy_{side}", "melbowstudy_{side}"),
              _is("elb_{side}", "elbm_{side}"), _near("elb_{side}")],
    "wrist": [_is("wrist_{side}"), _is("wjc_{side}"), _is("lwriststudy_{side}", "mwriststudy_{side}"),
              _is("wra_{side}", "wrb_{side}"), _near("wra_{side}")],
    "pinky": [_is("pinky_{side}")],
    "index": [_is("index_{side}"), _near("fin_{side}")],
    "thumb": [_is("thumb_{side}")],
    "hip": [_is("hip_{side}"), _is("hjc_{side}"), _is("hjcstudy_{side}"), _is("fep_{side}"),
            _near("asisstudy_{side}", "psisstudy_{side}"), _near("asi_{side}", "psi_{side}"),
            _near("asis_{side}", "psis_{side}")],
    "knee": [_is("knee_{side}"), _is("kjc_{side}"), _is("kneestudy_{side}", "mkneestudy_{side}"), _is("feo_{side}"),
             _is("kne_{side}", "knem_{side}"), _near("kne_{side}")],
    "ankle": [_is("ankle_{side}"), _is("ajc_{side}"), _is("anklestudy_{side}", "manklestudy_{side}"),
              _is("tio_{side}"), _is("ank_{side}", "ankm_{side}"), _near("ank_{side}")],
    "heel": [_is("heel_{side}"), _is("hee_{side}"), _is("calcstudy_{side}"), _is("calc_{side}")],
    "foot_index": [_is("footindex_{side}"), _is("bigtoe_{side}"), _near("toestudy_{side}"), _near("toe_{side}")],
})  # fmt: skip
"""Markers and joint centres by their plain names (see plain_name): video key points (Pose2Sim, Sports2D, OpenCap:
RShoulder, LBigToe, r_knee_study), Plug-in Gait (LSHO, RASI; joint centres LHJC, LFEP), and the landmarks' own names.
Skin markers lie on the bone's edge: a marker pair is averaged to its joint, a single marker stands in for it. The mean
of the front and back iliac spines lies some centimetres above the hip joint and stands in for it."""

_BASES: Final = frozenset(
    name.rsplit("_", 1)[0] if name.endswith(("_left", "_right")) else name
    for parts in MARKERS.values()
    for part in parts
    for name in part.names
)


def plain_name(name: str) -> str:
    """Return a marker's name in one spelling: ``LShoulder``, ``left_shoulder``, ``Ann:ShoulderLeft`` are shoulder_left.

    What is no known marker comes back in small letters and digits.
    """
    word = re.sub(r"[^a-z0-9]", "", name.rsplit(":", 1)[-1].lower())
    if word in _BASES:
        return word
    for side in ("left", "right"):
        for short in (side, side[0]):
            for rest, cut in (
                (word[len(short) :], word.startswith(short)),
                (word[: -len(short)], word.endswith(short)),
            ):
                if cut and rest in _BASES:
                    return f"{rest}_{side}"
    return word


def skeleton_of(names: Iterable[str]) -> tuple[str, Skeleton, list[str]]:
    """Return which skeleton a list of point names is: its name, its table, and the names as that table spells them."""
    kept = list(names)
    for label, known, table in (("kinect-25", KINECT_25_NAMES, KINECT_25), ("kinect-22", KINECT_22_NAMES, KINECT_22)):
        if set(known) <= set(kept):
            return label, table, kept
    return "markers", MARKERS, [plain_name(name) for name in kept]


def landmarks_from(points: Floats, names: Sequence[str], skeleton: Skeleton) -> tuple[Floats, dict[str, Part]]:
    """Pick the landmarks out of another skeleton's points.

    points : (T, N, D), any unit; *names* has the N names as *skeleton* spells them. The first of equal names counts.
    Returns (T, 33, D) in the same unit, NaN for what the source does not have, and the part each landmark came from.
    A landmark averaged from several points is NaN where one of them is.
    """
    place = {name: i for i, name in reversed(list(enumerate(names)))}
    out = np.full((len(points), N_LANDMARKS, points.shape[2]), np.nan)
    used: dict[str, Part] = {}
    for landmark, parts in skeleton.items():
        part = next((part for part in parts if all(name in place for name in part.names)), None)
        if part is not None:
            out[:, INDEX[landmark]] = points[:, [place[name] for name in part.names]].mean(axis=1)
            used[landmark] = part
    return out, used
