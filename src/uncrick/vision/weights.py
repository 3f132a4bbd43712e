"""Where the neural networks' weights lie, and a clear sentence when they do not."""

from pathlib import Path
from typing import Final, Literal

from uncrick.errors import Problem, ProblemsError

Model = Literal["lite", "full", "heavy"]
MODELS: Final[tuple[Model, ...]] = ("lite", "full", "heavy")
"""The three sizes of the landmark model, fastest first."""

FOLDER: Final = Path(__file__).parent / "weights"
DETECTOR: Final = "pose_detection.tflite"


def landmark_weights(model: Model) -> Path:
    """Return the file of the landmark model of this size. Raises ProblemsError when it was never brought in."""
    return _present(FOLDER / f"pose_landmark_{model}.tflite")


def detector_weights() -> Path:
    """Return the file of the detector. Raises ProblemsError when it was never brought in."""
    return _present(FOLDER / DETECTOR)


def _present(path: Path) -> Path:
    if path.is_file():
        return path
    raise ProblemsError(
        [
            Problem(
                path.name,
                "the weights of the neural network are not part of this installation",
                "they come when it is built: uv sync --reinstall-package uncrick, with the npm registry in reach",
            )
        ]
    )
