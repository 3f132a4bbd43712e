"""Recordings that are painted: what a figure does, from where it is seen, and what a coach should say of it."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from unseen_figure import Balls, Bytes, Camera, Joints, Look, Scene, chair, painted
from unseen_moves import (
    Shape,
    Truth,
    Ways,
    along,
    arms_as,
    leaned,
    lifted,
    posed,
    shaped,
    standing,
    swaying,
    truth_of,
    turned,
    walking,
)

FRONT = Camera()
SIDE = Camera(yaw_deg=90, height_m=1.0, target=(0.0, -0.15, 0.72))
FLOOR = Camera(yaw_deg=90, height_m=0.95, target=(0.0, 0.0, 0.3))
BLUE, GREEN, RED = Look(), Look(shirt=(60, 130, 70), stout=1.25), Look(shirt=(50, 50, 170), stout=0.9)
TWIST, BUTTERFLY = "chair_spinal_twist", "butterfly_stretch"
ROUNDED, ROCKING = "rounded_back_stretch", "rocking_floor_stretch"
Pose = Callable[[float], Joints]
AS_RENDERED, SLIGHT = Shape(), Shape(0.82, trunk=0.9, shoulders=0.85)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What should come of a recording.

    holds : side and length, s, of each hold; None where the holds are not compared. peak_deg : depth of every hold,
    NaN where it is not compared. within : how far hold, s, and depth, deg, may be off. stops : reasons of the stops, no
    others. cues : that must come; may : that may. why : part of what must be said to be unseen.
    """

    exercise: str | None
    n_reps: int | None = 0
    holds: tuple[tuple[str, float], ...] | None = ()
    peak_deg: float = math.nan
    within: tuple[float, float] = (0.5, 8.0)
    stops: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    why: str = ""


NOTHING = Wanted(None)


@dataclass(frozen=True, slots=True)
class Recording:
    """One recording. picture : what is seen at a time. asked : the exercise that was asked for, or empty."""

    name: str
    seconds: float
    picture: Callable[[float], Bytes]
    wanted: Wanted
    asked: str = ""
    fps: float = 15.0


@dataclass(frozen=True, slots=True)
class Set:
    """How the room is seen: camera, the look and shape of who exercises, others in the room, whether on a chair."""

    camera: Camera = FRONT
    look: Look = BLUE
    shape: Shape = AS_RENDERED
    others: tuple[Pose, ...] = ()
    seat: bool = True


def filmed(pose: Pose, scene: Set) -> Callable[[float], Bytes]:
    """Return the pictures of somebody who moves as *pose* says."""
    things: tuple[Balls, ...] = (chair(),) if scene.seat else ()

    def picture(t_s: float) -> Bytes:
        body = shaped(swaying(pose(t_s), t_s), scene.shape)
        figures = ((body, scene.look), *((other(t_s), RED) for other in scene.others))
        return painted(Scene(figures, scene.camera, things))

    return picture


def both_ways(ramp_s: float, hold_s: float, deep: float = 40.0, first_s: float = 2.0) -> Ways:
    """Return a turn to the left and one to the right, each held."""
    return out_and_back((deep, -deep), ramp_s, hold_s, first_s)


def out_and_back(depths: tuple[float, ...], ramp_s: float, hold_s: float, first_s: float = 2.0) -> Ways:
    """Return ways out to each depth and back to 0, each held."""
    knots, t = [(first_s, 0.0)], first_s
    for depth in depths:
        knots += [(t + ramp_s, depth), (t + ramp_s + hold_s, depth), (t + 2 * ramp_s + hold_s, 0.0)]
        t += 2 * ramp_s + hold_s + 1.0
        knots.append((t, 0.0))
    return knots


def painted_recordings(data: Path) -> Iterator[Recording]:
    """Yield everything that is painted."""
    twist, butterfly, rounded, rocking = (
        truth_of(data / "clips" / f"{name}.csv")
        for name in ("twist_male_front", "butterfly_female_front", "rounded_male_side", "rocking_female_side")
    )
    yield from twists(twist)
    yield from twists_gone_wrong(twist)
    yield from butterflies(butterfly)
    yield from rounded_backs(rounded)
    yield from rocks(rocking)
    yield from still((twist, butterfly, rounded, rocking))
    yield from company(twist)


def twists(truth: Truth) -> Iterator[Recording]:
    """Turns as they should be: other holds, cameras, bodies."""

    def one(name: str, ways: Ways, scene: Set = Set()) -> Recording:
        hold_s = ways[2][0] - ways[1][0]
        wanted = Wanted(TWIST, 1, (("left", hold_s), ("right", hold_s)), abs(ways[1][1]))
        return Recording(f"twist {name}", ways[-1][0], filmed(lambda t: posed(truth, along(ways, t)), scene), wanted)

    yield one("as rendered", both_ways(2, 5))
    for yaw in (20, -20, 10, -30, 30):
        yield one(f"camera {yaw:+d} deg", both_ways(2, 5), Set(replace(FRONT, yaw_deg=yaw)))
    for hold_s in (3, 10, 20):
        yield one(f"held {hold_s} s", both_ways(2, hold_s))
    yield one("slow, 6 s each way", both_ways(6, 5))
    yield one("small, 30 deg", both_ways(2, 5, 32))
    yield one("stout body", both_ways(2, 5), Set(look=GREEN, shape=Shape(1.05, shoulders=1.15, hips=1.2)))
    yield one("slight body", both_ways(2, 5), Set(replace(FRONT, distance_m=1.8), RED, SLIGHT))
    yield one(
        "long trunk, far away", both_ways(2, 5), Set(replace(FRONT, distance_m=4.0), BLUE, Shape(1.1, trunk=1.15))
    )
    yield one("camera above", both_ways(2, 5), Set(replace(FRONT, height_m=1.8)))


def twists_gone_wrong(truth: Truth) -> Iterator[Recording]:
    """Turns with one thing wrong."""
    ways = both_ways(2, 6)

    def one(name: str, pose: Pose, wanted: Wanted, scene: Set = Set()) -> Recording:
        return Recording(f"twist {name}", ways[-1][0], filmed(pose, scene), wanted)

    def plain(t_s: float) -> Joints:
        return posed(truth, along(ways, t_s))

    def out(t_s: float) -> float:
        return abs(along(ways, t_s)) / 40

    for deg, took_s in ((12, 0.4), (15, 0.3)):
        push = [(6.0, 0.0), (6.0 + took_s, float(deg)), (6.6 + took_s, float(deg)), (7.5 + took_s, 0.0)]
        wanted = Wanted(TWIST, 0, None, stops=("second_push",))
        yield one(f"second push, {deg} deg", lambda t, p=push: turned(plain(t), along(p, t)), wanted)  # type: ignore[misc]
    fast = both_ways(0.4, 5)
    yield one("abrupt", lambda t: posed(truth, along(fast, t)), Wanted(TWIST, 0, None, stops=("abrupt",)))
    brisk = both_ways(1.3, 5)
    cues = Wanted(TWIST, 1, (("left", 5), ("right", 5)), 40, cues=("moving_fast",))
    yield one("brisk, 1.3 s each way", lambda t: posed(truth, along(brisk, t)), cues)
    turning = Wanted(TWIST, 1, (("left", 6), ("right", 6)), cues=("hips_turn",))
    hips = ("hip", "knee")
    yield one("hips turn along", lambda t: turned(plain(t), 18 * along(ways, t) / 40, hips, "hip"), turning)
    lifts = Wanted(TWIST, 1, (("left", 6), ("right", 6)), 40, cues=("feet_lift",))
    yield one("a foot lifts", lambda t: lifted(plain(t), "left", 0.1 * out(t)), lifts)
    aslant = Set(replace(FRONT, yaw_deg=20))
    yield one(
        "abrupt, camera +20 deg",
        lambda t: posed(truth, along(fast, t)),
        Wanted(TWIST, 0, None, stops=("abrupt",)),
        aslant,
    )


def butterflies(truth: Truth) -> Iterator[Recording]:
    """Elbows together: other holds, cameras, bodies."""

    def one(name: str, ways: Ways, scene: Set = Set(), **more: tuple[str, ...]) -> Recording:
        hold_s = ways[2][0] - ways[1][0]
        wanted = Wanted(BUTTERFLY, 2, (("", hold_s),) * 2, **more)  # type: ignore[arg-type]
        return Recording(
            f"butterfly {name}", ways[-1][0], filmed(lambda t: posed(truth, along(ways, t)), scene), wanted
        )

    yield one("as rendered", out_and_back((1, 1), 2, 5))
    yield one("held 3 s", out_and_back((1, 1), 2, 3))
    yield one("held 10 s", out_and_back((1, 1), 2, 10))
    for yaw in (20, -20):
        yield one(f"camera {yaw:+d} deg", out_and_back((1, 1), 2, 5), Set(replace(FRONT, yaw_deg=yaw)))
    yield one("slight body", out_and_back((1, 1), 2, 5), Set(replace(FRONT, distance_m=1.8), RED, SLIGHT))


def rounded_backs(truth: Truth) -> Iterator[Recording]:
    """Rounding, and leaning instead."""
    ways = out_and_back((1, 1), 2, 5)

    def one(name: str, ways: Ways, scene: Set) -> Recording:
        hold_s = ways[2][0] - ways[1][0]
        wanted = Wanted(ROUNDED, 2, (("", hold_s),) * 2)
        return Recording(f"rounded {name}", ways[-1][0], filmed(lambda t: posed(truth, along(ways, t)), scene), wanted)

    yield one("as rendered", ways, Set(SIDE))
    yield one("held 3 s", out_and_back((1, 1), 2, 3), Set(SIDE))
    yield one("held 10 s", out_and_back((1, 1), 2, 10), Set(SIDE))
    for yaw in (70, 110, -90):
        yield one(f"camera {yaw:+d} deg", ways, Set(replace(SIDE, yaw_deg=yaw)))
    yield one("stout body", ways, Set(SIDE, GREEN, Shape(1.05, trunk=1.1)))

    def leaning(t_s: float) -> Joints:
        reach = arms_as(posed(truth, 0), posed(truth, min(1.0, 2 * along(ways, t_s))))
        lean = leaned(reach, 35 * along(ways, t_s))
        return arms_as(lean, reach)

    wanted = Wanted(ROUNDED, None, None, cues=("low_back_bend",), may=("head_up", "elbows_bent"))
    yield Recording("rounded leaning instead", ways[-1][0], filmed(leaning, Set(SIDE)), wanted, ROUNDED)


def rocks(truth: Truth) -> Iterator[Recording]:
    """Rocking, as slowly and as fast as told, five times."""

    def one(name: str, period_s: float, scene: Set, **more: tuple[str, ...]) -> Recording:
        def pose(t_s: float) -> Joints:
            at_s = min(max(0.0, t_s - 1.0) * 3.0 / period_s + 1.0, (len(truth.joints) - 1) / 15)
            i, u = int(at_s * 15), at_s * 15 % 1
            if i + 1 >= len(truth.joints):
                return truth.joints[-1]
            return {n: p * (1 - u) + truth.joints[i + 1][n] * u for n, p in truth.joints[i].items()}

        wanted = Wanted(ROCKING, 5, **more)  # type: ignore[arg-type]
        return Recording(f"rocking {name}", 2.5 + 5 * period_s, filmed(pose, scene), wanted)

    floor = Set(FLOOR, seat=False)
    yield one("as rendered, 3 s", 3.0, floor)
    yield one("slow, 6 s", 6.0, floor)
    yield one("fast, 1.5 s", 1.5, floor, cues=("fast_rock",))
    yield one("very fast, 1.1 s", 1.1, floor, cues=("fast_rock",))
    for yaw in (70, 110, -90):
        yield one(f"camera {yaw:+d} deg", 3.0, Set(replace(FLOOR, yaw_deg=yaw), seat=False))


def still(truths: tuple[Truth, ...]) -> Iterator[Recording]:
    """Twenty seconds of nothing, in every start position."""
    scenes = (Set(), Set(), Set(SIDE), Set(FLOOR, seat=False))
    names = ("on a chair", "elbows out", "from the side", "lying")
    for name, truth, scene in zip(names, truths, scenes, strict=True):
        rest = truth.joints[0]
        yield Recording(f"still {name}", 20, filmed(lambda _, r=rest: r, scene), NOTHING)  # type: ignore[misc]
    yield Recording("still standing", 20, filmed(lambda _: standing(), Set(seat=False)), NOTHING)


def company(truth: Truth) -> Iterator[Recording]:
    """Who comes late, who walks by, who sits beside, who is half out of the picture."""
    ways = both_ways(2, 5)
    wanted = Wanted(TWIST, 1, (("left", 5.0), ("right", 5.0)), 40)

    def plain(t_s: float) -> Joints:
        return posed(truth, along(ways, t_s))

    def late(t_s: float) -> Joints:
        return walking(t_s, lambda t: (-2.4 + 0.6 * t, -0.3)) if t_s < 3.6 else posed(truth, along(ways, t_s - 4.5))

    def beside(x_m: float) -> Pose:
        return lambda t_s: {n: p + np.array([x_m, 0.35, 0.0]) for n, p in standing().items()}

    end_s = ways[-1][0]
    yield Recording("company comes in late", end_s + 4.5, filmed(late, Set()), wanted)
    behind = Set(others=(lambda t: walking(t, lambda s: (-2.6 + 0.7 * (s - 3), 0.9)),))
    yield Recording("company walks by behind", end_s, filmed(plain, behind), wanted)
    before = Set(others=(lambda t: walking(t, lambda s: (-4.5 + 1.0 * (s - 3), -0.9)),))
    yield Recording("company walks by in front", end_s, filmed(plain, before), replace(wanted, holds=None))
    three = Set(others=(beside(-0.9), beside(0.9)))
    yield Recording("company of three", end_s, filmed(plain, three), wanted)
    low = Set(Camera(distance_m=1.0, target=(0.0, 0.0, 1.25), height_m=1.25))
    yield Recording("half out, no hips", end_s, filmed(plain, low), NOTHING)
    aside = Set(Camera(target=(1.18, 0.0, 0.74)))
    yield Recording("half out, one side", end_s, filmed(plain, aside), NOTHING)
