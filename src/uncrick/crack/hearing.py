"""From pops to cracks: pops close together are one crack, and only what falls into a watched moment counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from uncrick.crack.pop import Pop

ONE_CRACK_S: Final = 0.2
"""Pops no further apart than this are one crack. Thrusts last 97 ms (neck, dunning2013), 139 ms (back, mourad2019)."""

BEST_AT_LEAST: Final = 0.8
"""A crack counts when its best pop is this likely. On made-up cracks this loses none; lone knocks it halves."""


@dataclass(frozen=True, slots=True)
class Crack:
    """One crack: its pops in order of time."""

    pops: tuple[Pop, ...]

    @property
    def t_s(self) -> float:
        """When its first pop was heard."""
        return self.pops[0].t_s

    @property
    def probability(self) -> float:
        """The greatest of its pops' probabilities."""
        return max(pop.probability for pop in self.pops)


def group_pops(pops: Iterable[Pop]) -> list[Crack]:
    """Return the cracks that *pops*, in order of time, belong to, without those whose best pop is too unlikely."""
    cracks: list[list[Pop]] = []
    for pop in pops:
        if cracks and pop.t_s - cracks[-1][-1].t_s <= ONE_CRACK_S:
            cracks[-1].append(pop)
        else:
            cracks.append([pop])
    return [crack for crack in map(Crack, map(tuple, cracks)) if crack.probability >= BEST_AT_LEAST]


def within(pops: Iterable[Pop], moments_s: Sequence[tuple[float, float]]) -> list[Pop]:
    """Return the pops within any of *moments_s* (from, to): the stretches near their end; all when there is none."""
    return [pop for pop in pops if not moments_s or any(start <= pop.t_s <= end for start, end in moments_s)]
