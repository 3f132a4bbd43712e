"""The same clip through legacy MediaPipe 0.10.21 and through this pipeline: how far apart, and how fast.

    uv run python benchmarks/against_mediapipe.py [CLIP] [--rounds N]

The full model, the only one in MediaPipe's wheel. MediaPipe runs in an environment of its own that uv makes for it and
is no dependency of this project. Both read the file and answer with raw landmarks, turn by turn in one run; the ratio
is the median of neighbouring turns. MediaPipe uses as many threads as it likes, this pipeline one for the network and
one for decoding.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "src" / "uncrick" / "library" / "demo" / "chair_spinal_twist.mp4"
PEER = "mediapipe==0.10.21"


def main() -> int:
    """Run both and print one JSON line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("clip", nargs="?", type=Path, default=DEMO)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--as-peer", type=Path, help=argparse.SUPPRESS)
    args = asked.parse_args()
    if args.as_peer:
        return watch_as_peer(args.clip, args.as_peer)
    ratios, peer_fps, own_fps, apart_px = [], [], [], np.empty(0)
    for _ in range(args.rounds):
        theirs = run_peer(args.clip)
        if theirs is None:
            print(f"{PEER} cannot be installed here, so there is nothing to compare with.", file=sys.stderr)
            return 1
        ours = run_own(args.clip)
        peer_fps.append(float(theirs["fps"]))
        own_fps.append(ours[0])
        ratios.append(ours[0] / peer_fps[-1])
        apart_px = np.linalg.norm(ours[1] - theirs["image_px"], axis=-1)
    both = apart_px[np.isfinite(apart_px)]
    answer = {
        "clip": args.clip.name,
        "model": "full",
        "own_over_mediapipe": median(ratios),
        "own_fps": median(own_fps),
        "mediapipe_fps": median(peer_fps),
        "apart_px_median": float(np.median(both)),
        "apart_px_p90": float(np.percentile(both, 90)),
        "frames_in_both": int(np.isfinite(apart_px).all(axis=1).sum()),
        "frames": len(apart_px),
    }
    print(json.dumps({key: round(value, 3) if isinstance(value, float) else value for key, value in answer.items()}))
    return 0


def run_peer(clip: Path) -> dict[str, np.ndarray] | None:
    """Run this very file in MediaPipe's environment; None when that cannot be made."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "peer.npz")
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        uv = ["uv", "run", "--quiet", "--no-project", "--python", python, "--with", PEER, "python"]
        done = subprocess.run([*uv, __file__, str(clip), "--as-peer", str(out)], capture_output=True, check=False)
        if done.returncode or not out.exists():
            return None
        with np.load(out) as kept:
            return dict(kept)


def run_own(clip: Path) -> tuple[float, np.ndarray]:
    """Return frames/s and (T, 33, 2) px of this pipeline, networks loaded before the clock starts."""
    from uncrick.vision.blazepose import VisionSettings, open_eyes
    from uncrick.vision.recording import Recording
    from uncrick.vision.watch import watch_with

    eyes = open_eyes(VisionSettings(n_threads=1, turn=0))
    start_s = time.perf_counter()
    points = [seen.frame.image_px[:, :2] for seen in watch_with(eyes, Recording(clip, 1))]
    return len(points) / (time.perf_counter() - start_s), np.array(points)


def watch_as_peer(clip: Path, out: Path) -> int:
    """Inside MediaPipe's environment: watch the clip with its legacy solution and keep landmarks and frames/s."""
    import cv2
    import mediapipe  # type: ignore[import-not-found]

    pose = mediapipe.solutions.pose.Pose(model_complexity=1, smooth_landmarks=False)
    pose.process(np.zeros((480, 640, 3), np.uint8))  # loads the networks
    pose.reset()
    capture = cv2.VideoCapture(str(clip))
    points, start_s = [], time.perf_counter()
    while True:
        taken, bgr = capture.read()
        if not taken:
            break
        found = pose.process(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)).pose_landmarks
        height, width = bgr.shape[:2]
        points.append([(p.x * width, p.y * height) for p in found.landmark] if found else np.full((33, 2), np.nan))
    np.savez(out, image_px=np.array(points), fps=len(points) / (time.perf_counter() - start_s))
    return 0


if __name__ == "__main__":
    sys.exit(main())
