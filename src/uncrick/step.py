"""Everything that remembers is three things: frozen settings, a state value, and a pure step."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

SettingsT = TypeVar("SettingsT", contravariant=True)
StateT = TypeVar("StateT")
InT = TypeVar("InT", contravariant=True)
OutT = TypeVar("OutT", covariant=True)


class Step(Protocol[SettingsT, StateT, InT, OutT]):
    """One tick of a stream: old state and one input in, new state and one output out.

    The state is None before the first input. A step never changes the state it was given, so any state may be kept
    and gone on from later: cutting a stream anywhere changes nothing.
    """

    def __call__(self, settings: SettingsT, state: StateT | None, x: InT, /) -> tuple[StateT, OutT]:
        """Take one input."""
        ...


def run(
    step: Step[SettingsT, StateT, InT, OutT], settings: SettingsT, xs: Iterable[InT], state: StateT | None = None
) -> Iterator[OutT]:
    """Yield the output of *step* for each of *xs*; live and recorded streams go through this same loop."""
    for x in xs:
        state, out = step(settings, state, x)
        yield out
