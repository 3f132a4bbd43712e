"""A program that plays one person's session and may be killed at any moment: what `test_killed_session` starts.

What happens is decided from where the session stands, so that a program that goes on does what the first one would have
done: a pop in the first set, a skip of the second, pain in the last.
"""

from multiprocessing.connection import Connection
from pathlib import Path

from tests.app.lives import evening_at
from uncrick.app.live import Live
from uncrick.app.pain import PainAnswers
from uncrick.app.records import open_records
from uncrick.app.session import open_book
from uncrick.app.sessions import Sessions
from uncrick.coach import person
from uncrick.coach.played import HoldDone, PainReported, PopNoted, SetEnded
from uncrick.store.sessions import load_sessions

STEP_S = 0.5
EXERCISES = ("butterfly_stretch", "chair_spinal_twist", "rounded_back_stretch")

open_book()  # read once where the programs are forked from


class Clock:
    """A clock that this program moves itself."""

    now = 1_000.0

    def __call__(self) -> float:
        """Return what it stands at."""
        return self.now


def play(database: Path, folder: Path, who: str, tell: Connection) -> None:
    """Go on with the session of a person, or begin it, until it is over; tell what stands in it after every step."""
    db = open_records(database)
    sessions = Sessions(folder, database=db, now=lambda: evening_at(0))
    with db.reading() as c:
        if any(one.state == "finished" for one in load_sessions(c, who)):
            tell.send("over")
            return
    id_ = sessions.latest(who)
    live = sessions.find(id_) if id_ is not None else None
    clock = Clock()
    if live is None:
        id_ = sessions.new_id()
        live = sessions.begin(id_, person=who)
        assert sessions.may_begin(id_, 2) is None
        _set(live, clock, 0.0)
        live.take(person.Begun(0.0, 2))
    else:
        _set(live, clock, live.state.t_s)
        live.take(person.Resumed(0.0))
    tell.send((live.now_s(), counted(live)))
    while not live.is_over:
        step(live, clock)
        tell.send((live.now_s(), counted(live)))
    live.take(person.Finished(0.0, 3, "yes", "warm room"))
    tell.send("felt")
    sessions.put_away(id_)
    sessions.close()
    db.close()
    tell.send("over")


def step(live: Live, clock: Clock) -> None:
    """Let half a second pass, then press what is due."""
    clock.now += STEP_S
    live.tick()
    at, stage = live.state.at, live.state.stage
    if at == 0 and stage == "hold" and not any(isinstance(e, PopNoted) for e in live.played):
        live.take(person.PopHeard(0.0, pain=False, probability=0.9))
    elif at == 1 and stage == "hold":
        live.take(person.Skipped(0.0, "no_time"))
    elif at == 2 and stage == "hold" and live.n_stops == 0:
        live.take(person.PainFelt(0.0))
        live.hurt(PainAnswers("lower back", 7))
    elif stage == "pain":
        live.hurt(PainAnswers("lower back", 7))


def counted(live: Live) -> tuple[int, int, int, int]:
    """Return how many sets and holds are over, and how often it popped and hurt."""
    kinds = (SetEnded, HoldDone, PopNoted, PainReported)
    return tuple(sum(isinstance(e, kind) for e in live.played) for kind in kinds)


def _set(live: Live, clock: Clock, t_s: float) -> None:
    """Put a session on a clock of our own, where it stands at *t_s*."""
    live._clock, live._started_s = clock, clock() - t_s
