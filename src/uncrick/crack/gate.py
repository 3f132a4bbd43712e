"""What a gate is: one thing the model must get right, what it got, what was wanted, and who says so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gate:
    """One acceptance case.

    case : its short name (A1..A10, S1..S2, B1..B6). got, wanted : in *unit*; a band shows its two ends in *wanted*.
    deviation : relative, or how far outside a band as a share of the band's nearer end (0 inside). limit : allowed.
    source : sources.bib key or the formula's name. joint : the joint measured, or ``any`` for a law of physics.
    chosen : whether this fact was used to choose a default, so that agreeing with it predicts nothing.
    """

    case: str
    what: str
    got: float
    wanted: str
    unit: str
    deviation: float
    limit: float
    source: str
    joint: str = "any"
    chosen: bool = False

    @property
    def passed(self) -> bool:
        """Whether the deviation is within the limit; one that is not a number is not."""
        return bool(self.deviation <= self.limit)


def relative(got: float, wanted: float) -> float:
    """Return how far *got* is from *wanted*, as a share of *wanted*."""
    return abs(got / wanted - 1.0)


def outside(got: float, low: float, high: float) -> float:
    """Return how far *got* lies outside a band, as a share of its nearer end; 0 inside, NaN when it is not a number."""
    if got < low:
        return 1.0 - got / low
    return got / high - 1.0 if got > high else got * 0.0
