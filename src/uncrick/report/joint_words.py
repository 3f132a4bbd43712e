"""What is said of a stretched joint wherever it is shown: what became of it, what is open, what a pop does not do."""

from typing import Final

from uncrick.crack.outcome import Outcome

UNSETTLED: Final = (
    "One theory hears the sound in the birth of the cavity, the other in its collapse. In this model both happen, and "
    "one number that nobody has measured decides which is louder: how easily the capsule gives fluid when pressure "
    "falls. A stiff capsule keeps its cavity open, and growth is heard; a giving one lets fluid rush back, and "
    "collapse is heard.",
    "Films of knuckles show the cavity staying after the sound (kawchuk2015); a model shows that a partial collapse is "
    "enough for the sound (chandran2018). Both fit into the same equations here.",
    "The joint's mass, stiffness, damping and force are guesses. The figures show what can happen, not what does "
    "happen in a back.",
)
DOES_NOT: Final = (
    "It is not what eases pain: relief after a manipulation came with or without a pop (bialosky2010).",
    "It does not show that anything was put back into place; the sound comes from gas and fluid.",
    "It does not treat why a back is stiff, and forcing it can injure.",
    "Doing it again at once is pointless: a knuckle stays quiet for about 20 minutes (unsworth1971). How long a joint "
    "of the back stays quiet is not established.",
)


def headline(outcome: Outcome) -> str:
    """Return what became of the stretch in one sentence."""
    if outcome.verdict == "no cavity":
        return "This stretch does not crack: the fluid flows, and no cavity forms."
    if outcome.verdict == "quiet cavity":
        return "This stretch opens a cavity too quietly to be heard."
    return f"This stretch cracks; the louder sound comes from the cavity's {outcome.sound_from}."
