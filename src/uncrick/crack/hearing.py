"""From pops to cracks: pops close together are one crack, and only what falls into a watched moment counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from uncrick.crack.pop import Pop

ONE_CRACK_S: Final = 0.2
"""Pops no further apart than this are one crack. Thrusts last 97 ms (neck, dunning2013), 139 ms (back, mourad2019)."""


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
    """Return the cracks that *pops*, in order of time, belong to."""
    cracks: list[list[Pop]] = []
    for pop in pops:
        if cracks and pop.t_s - cracks[-1][-1].t_s <= ONE_CRACK_S:
            cracks[-1].append(pop)
        else:
            cracks.append([pop])
    return [Crack(tuple(crack)) for crack in cracks]


def within(pops: Iterable[Pop], moments_s: Sequence[tuple[float, float]]) -> list[Pop]:
    """Return the pops within any of *moments_s* (from, to): the stretches near their end; all when there is none."""
    return [pop for pop in pops if not moments_s or any(start <= pop.t_s <= end for start, end in moments_s)]
