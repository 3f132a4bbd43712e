"""COCO key points (17 of x, y, score) as a clip: a flat picture without depth."""

import numpy as np

from uncrick.errors import Problem, ProblemsError
from uncrick.files.clip_check import ReadClip
from uncrick.pose.frame import Floats
from uncrick.pose.landmark import INDEX, N_LANDMARKS
from uncrick.pose.room import clip_from_picture
from uncrick.pose.skeleton import COCO_17, COCO_17_NAMES, landmarks_from


def clip_from_coco(t_s: Floats, keypoints: Floats, size_px: tuple[int, int] | None, where: str) -> ReadClip:
    """Make a clip of (T, 17, 3) key points: x, y in px and a score.

    A score of 0 or NaN means not seen; scores above 1, which some models give, count as 1. Without *size_px* the
    picture is the smallest that holds every point. Raises ProblemsError where the points are shares of the picture.
    """
    score = np.nan_to_num(keypoints[..., 2], nan=0.0, posinf=1.0, neginf=0.0)
    points = np.where(score[..., None] > 0, keypoints[..., :2], np.nan)
    points[~np.isfinite(points).all(axis=2)] = np.nan
    seen = points[np.isfinite(points).all(axis=2)]
    if len(seen) and float(np.abs(seen).max()) <= 2.0:
        says = f"the key points lie between {seen.min():.3g} and {seen.max():.3g}, wanted pixels"
        raise ProblemsError([Problem(where, says, "multiply x by the width and y by the height of the picture")])
    flat, used = landmarks_from(points, COCO_17_NAMES, COCO_17)
    visibility = np.zeros((len(points), N_LANDMARKS))
    for landmark, part in used.items():
        visibility[:, INDEX[landmark]] = np.clip(score[:, COCO_17_NAMES.index(part.names[0])], 0.0, 1.0)
    clip = clip_from_picture(t_s, flat, visibility, size_px, "coco-17")
    notes = ["COCO key points have no depth, hands or feet: what needs them is not seen"]
    if size_px is None:
        notes.append(f"the picture's size is not said: taken as {clip.width_px} x {clip.height_px} px")
    return ReadClip(clip, notes)
