"""A running session: watched recordings, journals played again, and the decision of care after pain."""

import json
from pathlib import Path

import pytest

from uncrick.app.journal import input_of, input_record
from uncrick.app.live import Live, restore
from uncrick.app.pain import PainAnswers, decide_pain, may_begin
from uncrick.app.session import Wish, open_book, program_for, sentence
from uncrick.coach import events, person
from uncrick.coach.played import HoldDone, SetEnded, Spoken, StageEntered
from uncrick.files.clip_file import read_clip

CLIPS = Path(__file__).parents[1] / "clips"
INPUTS = [
    person.Begun(1.5, 3),
    person.CameraTurned(2.0, on=True),
    person.Watched(3.25, events.HoldCompleted(9.0, "left", 5.1, 3.9, 9.0, 38.5)),
    person.Watched(3.5, events.StopRaised(9.1, "abrupt", "right", "chair_spinal_twist.abrupt")),
    person.HoldSeen(4.0, "right", 0.7),
    person.Paced(5.0, 2.0, by_itself=False),
    person.PainDecided(6.0, "go_on", "why", "Neck", 4, "stop_pain"),
    person.Finished(7.0, 2, "yes", "fine"),
]


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Return what it was set to."""
        return self.now


@pytest.mark.parametrize("x", INPUTS, ids=lambda x: type(x).__name__)
def test_an_input_survives_the_journal(x) -> None:
    """An input written as JSON and read again is the same value."""
    assert input_of(json.loads(json.dumps(input_record(x)))) == x


def test_a_line_that_no_version_knows_is_refused() -> None:
    """A journal line that is no input raises instead of being taken for something else."""
    with pytest.raises(ValueError, match="no input"):
        input_of({"input": "Danced", "t_s": 1.0})


def watch(live: Live, clock: Clock, name: str) -> list:
    """Show a recorded clip to the session, frame by frame in its own time; return what came."""
    out = []
    for frame in read_clip(CLIPS / f"{name}.parquet").clip.frames():
        clock.now += 1 / 15
        out += [*live.frame(frame), *live.tick()]
    return out


def test_a_recorded_twist_is_followed_to_its_end() -> None:
    """Shown the recorded twist, the session holds on the recording's sides and ends the set as seen."""
    clock = Clock()
    live = Live(open_book(), (Wish("chair_spinal_twist", 1, 5.0),), clock)
    live.take(person.Begun(0.0))
    live.camera(on=True)
    live.take(person.WentOn(0.0))

    out = watch(live, clock, "chair_spinal_twist_both_sides")
    clock.now += 10
    out += live.tick()

    holds = [e for e in out if isinstance(e, HoldDone)]
    assert [(h.side, h.seen, h.completed) for h in holds] == [("left", True, True), ("right", True, True)]
    assert [(e.outcome, e.seen) for e in out if isinstance(e, SetEnded)] == [("done", True)]


def test_a_recorded_abrupt_twist_stops_the_set() -> None:
    """Shown the abrupt twist, the set ends as stopped."""
    clock = Clock()
    live = Live(open_book(), (Wish("chair_spinal_twist", 1, 5.0), Wish("butterfly_stretch")), clock)
    live.take(person.Begun(0.0))
    live.camera(on=True)

    out = watch(live, clock, "chair_spinal_twist_abrupt")

    assert [(e.outcome, e.reason) for e in out if isinstance(e, SetEnded)] == [("stopped", "abrupt")]


def test_a_camera_that_goes_quiet_counts_as_nobody() -> None:
    """When no frames come any more, the session says so and goes on by the clock."""
    clock = Clock()
    live = Live(open_book(), (Wish("butterfly_stretch", 2, 5.0),), clock)
    live.take(person.Begun(0.0))
    live.camera(on=True)
    live.take(person.WentOn(0.0))
    for frame in list(read_clip(CLIPS / "butterfly_stretch_two.parquet").clip.frames())[:60]:
        clock.now += 1 / 15
        live.frame(frame)
    assert live.screen().camera == "seeing"

    clock.now += 2.5
    out = live.tick()

    assert live.screen().camera == "lost"
    assert [e.says for e in out if isinstance(e, Spoken) and e.rank == "unseen"] == ["sight_lost"]


def test_a_journal_played_again_is_the_same_session(tmp_path) -> None:
    """Cut at any line, the journal of a watched session gives the state it had then, standing still."""
    clock = Clock()
    live = Live(open_book(), (Wish("chair_spinal_twist", 1, 5.0), Wish("butterfly_stretch")), clock)
    live.write_to(tmp_path / "running" / "a.jsonl")
    live.take(person.Begun(0.0, 2))
    live.camera(on=True)
    watch(live, clock, "chair_spinal_twist_both_sides")
    was = live.screen()

    again = restore(live.book, tmp_path / "running" / "a.jsonl", Clock())

    assert again is not None
    now = again.screen()
    kept = ("stage", "at", "side", "rep", "outcomes", "n_sets")
    assert {k: getattr(now, k) for k in kept} == {k: getattr(was, k) for k in kept}
    assert now.paused
    assert again.pain_before == 2
    assert [e for e in again.played if isinstance(e, HoldDone)] == [e for e in live.played if isinstance(e, HoldDone)]


def test_a_hold_that_is_not_asked_for_yet_is_not_written_down(tmp_path) -> None:
    """Who holds while the session still shows how it goes is waited for; only the two holds that count are written."""
    clock = Clock()
    live = Live(open_book(), (Wish("chair_spinal_twist", 1, 5.0),), clock)
    live.write_to(tmp_path / "running" / "a.jsonl")
    live.take(person.Begun(0.0))
    live.camera(on=True)

    out = watch(live, clock, "chair_spinal_twist_both_sides")

    inputs = [json.loads(line) for line in (tmp_path / "running" / "a.jsonl").read_text().splitlines()]
    assert [x["side"] for x in inputs if x.get("input") == "HoldSeen"] == ["left", "right"]
    assert [h.side for h in out if isinstance(h, HoldDone)] == ["left", "right"]


def test_nothing_is_written_before_the_session_begins(tmp_path) -> None:
    """Looking at the start screen leaves no file behind."""
    live = Live(open_book(), (Wish("butterfly_stretch"),))
    live.write_to(tmp_path / "running" / "a.jsonl")
    live.camera(on=True)
    live.take(person.Paced(0.0, 2.0, by_itself=True))

    assert not (tmp_path / "running").exists()


def test_doses_are_kept_within_their_range() -> None:
    """A wish beyond what the exercise allows is brought back to it, and an unknown exercise is left out."""
    program = program_for(open_book(), (Wish("chair_spinal_twist", 40, 500.0), Wish("no_such_thing")))

    assert [(a.n_reps, a.hold_s) for a in program.sets] == [(4, 30.0)]


def test_every_sentence_can_be_said_of_every_exercise() -> None:
    """No sentence of the session is left with a gap, whichever exercise of the library it is about."""
    book = open_book()
    program = program_for(book, (Wish(name) for name in book.library.exercises))
    for at in range(len(program.sets)):
        for key in book.session.said:
            text = sentence(book, program, Spoken(0.0, key, "information", at, "left"))
            assert "{" not in text
            assert text.strip() or key == "rest"


@pytest.mark.parametrize(
    ("answers", "n_stops", "action"),
    [
        (PainAnswers(level=3), 0, "go_on"),
        (PainAnswers(level=3), 1, "end"),
        (PainAnswers(level=7), 0, "clinician"),
        (PainAnswers(stop="stop_pop_pain"), 0, "end"),
        (PainAnswers(stop="stop_weak", yes=("neuro_progressive",)), 0, "emergency"),
        (PainAnswers(stop="no_such_stop"), 0, "go_on"),
    ],
)
def test_care_decides_what_follows_pain(answers, n_stops, action) -> None:
    """The answers lead to care's decision, which always has a reason and a source."""
    decision = decide_pain(answers, 2, n_stops)

    assert decision.action == action
    assert decision.why
    assert decision.sources


def test_care_decides_whether_to_begin() -> None:
    """At seven of ten at rest there are no exercises; below, or unsaid, there are."""
    assert may_begin(7) is not None
    assert may_begin(6) is None
    assert may_begin(None) is None


def test_the_session_enters_its_first_stage_when_begun() -> None:
    """The first thing that follows a start is getting ready for the first stretch."""
    live = Live(open_book(), (Wish("butterfly_stretch"),))

    entered = [e.stage for e in live.take(person.Begun(0.0)) if isinstance(e, StageEntered)]

    assert entered == ["get_ready"]
