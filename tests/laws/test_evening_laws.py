"""What holds on every evening, however somebody answers, exercises, stops and rates, and whatever their clock does."""

import shutil
import tempfile
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.app.lives import BOOK, plan_text_of
from tests.plan.nights import done_set, session
from uncrick.app.answering import answer_now, conditions, put_conditions, put_pain
from uncrick.app.evening import EveningSheet, evening_of
from uncrick.app.people import Settings, new_person
from uncrick.app.plans import add_plan
from uncrick.app.recording import keep_session, rate_morning
from uncrick.app.records import open_records
from uncrick.app.whose import chosen, wishes_of
from uncrick.care.contraindication import judge_all
from uncrick.files.library import read_library
from uncrick.files.reason_file import read_reasons
from uncrick.plan.ladder import is_no_more
from uncrick.plan.reason import RULES, told
from uncrick.plan.record import Amount
from uncrick.store.answers import save_answers
from uncrick.store.ids import new_id

EXERCISES = read_library().exercises
PLANNED = ("butterfly_stretch", "chair_spinal_twist", "glute_bridge", "walking")
QUESTIONS = sorted(BOOK.questions)
EMERGENCIES = {q for q in QUESTIONS if BOOK.questions[q].if_yes == "emergency"}
NUMBER = "0118 999"


class Evenings(RuleBasedStateMachine):
    """Somebody with a plan, lived in any order, with any clock."""

    @initialize()
    def begin(self) -> None:
        """Begin records."""
        self.folder = Path(tempfile.mkdtemp())
        self.db = open_records(self.folder / "uncrick.db")
        self.me = new_person(self.db, "me", Settings(emergency_number=NUMBER)).id
        self.plan = add_plan(self.db, self.me, plan_text_of(*PLANNED, from_on=date(2020, 1, 1)))
        self.now = datetime(2026, 11, 23, 18, tzinfo=UTC)
        self.emergency = False
        self.stopped_at: dict[str, tuple[Amount, int]] = {}

    def teardown(self) -> None:
        """Put the records away."""
        self.db.close()
        shutil.rmtree(self.folder)

    def sheet(self) -> EveningSheet:
        """Return the evening now."""
        return evening_of(self.db, self.me, self.now)

    @rule(yes=st.none() | st.sampled_from(QUESTIONS), full=st.booleans())
    def answer(self, yes: str | None, full: bool) -> None:
        """Answer everything with no, but perhaps one thing."""
        self.now += timedelta(minutes=1)
        asked = [q for q in QUESTIONS if full or BOOK.questions[q].short_set or q == yes]
        said = [answer_now(q, "yes" if q == yes else "no", self.now, plainer=True) for q in asked]
        with self.db.writing() as c:
            save_answers(c, self.me, said)
        self.emergency |= yes in EMERGENCIES

    @rule()
    def answer_what_is_due(self) -> None:
        """Answer the questions that are due with no."""
        self.now += timedelta(minutes=1)
        with self.db.writing() as c:
            due = [q.question.id for q in self.sheet().sheet.questions]
            save_answers(c, self.me, [answer_now(q, "no", self.now, plainer=True) for q in due])

    @rule(condition=st.sampled_from(sorted(BOOK.conditions)))
    def declare(self, condition: str) -> None:
        """Tell of one condition more: nothing of the plan comes back by it."""
        before = {i.prescription for i in self.sheet().sheet.tonight.items if not i.instead_of}
        has = {one.condition for one in conditions(self.db, self.me)}
        put_conditions(self.db, self.me, {*has, condition}, (), self.now.date())
        after = self.sheet().sheet.tonight
        assert {i.prescription for i in after.items if not i.instead_of} <= before

    @rule(stops=st.sets(st.sampled_from(PLANNED), max_size=2), whole=st.booleans(), pain=st.integers(0, 6))
    def exercise(self, stops: set[str], whole: bool, pain: int) -> None:
        """Do tonight's sheet, with stops."""
        found = self.sheet()
        wishes = wishes_of(found)
        if not wishes:
            return
        self.now += timedelta(minutes=10)
        hurt = tuple(w.exercise for w in wishes if w.exercise in stops)
        sets = [
            done_set(n, w.prescription, exercise=w.exercise, n_done=0 if w.exercise in stops else 5, n_asked=5)
            for n, w in enumerate(wishes[: None if whole else 1])
        ]
        zone = self.now.utcoffset() or timedelta()
        record = session(
            self.now.date(), *sets, stopped=hurt, id=new_id(), person=self.me, plan=self.plan.id, pain_before=pain,
            started_at=self.now.astimezone(UTC), ended_at=self.now.astimezone(UTC) + timedelta(minutes=8),
            utc_offset_min=round(zone.total_seconds() / 60), ending="pain" if len(hurt) > 1 else "done",
        )  # fmt: skip
        assert keep_session(self.db, record)
        standings = found.sheet.standings
        for id_, (amount, n) in list(self.stopped_at.items()):
            self.stopped_at[id_] = (amount, n + 1)
        for id_ in hurt:
            own = next((p for p in standings if standings[p].amount.exercise == id_), None)
            if own is not None:
                self.stopped_at[own] = (standings[own].amount, 0)

    @rule(level=st.integers(0, 10))
    def rate_the_morning(self, level: int) -> None:
        """Rate this morning."""
        rate_morning(self.db, self.me, level, self.now)

    @rule(level=st.integers(0, 10))
    def rate_rest(self, level: int) -> None:
        """Rate pain at rest."""
        put_pain(self.db, self.me, "rest", level, self.now)

    @rule(days=st.sampled_from([1, 1, 1, 1, 2, 7, 20, 40]))
    def let_days_pass(self, days: int) -> None:
        """Wake up on another day."""
        self.now = (self.now + timedelta(days=days)).replace(hour=8)

    @rule(days=st.sampled_from([-400, -7, -1, 1, 365]))
    def set_the_clock(self, days: int) -> None:
        """Set the clock wrong."""
        self.now += timedelta(days=days)

    @rule(hours=st.integers(-12, 14))
    def travel(self, hours: int) -> None:
        """Come into another time zone."""
        self.now = self.now.astimezone(timezone(timedelta(hours=hours)))

    @rule()
    def start_again(self) -> None:
        """End the program and start it again: the evening is the same."""
        before = self.sheet().sheet
        self.db.close()
        self.db = open_records(self.folder / "uncrick.db")
        assert self.sheet().sheet == before

    @invariant()
    def what_is_excluded_is_never_on(self) -> None:
        """No answer, no wish and no substitute brings what a condition excludes."""
        found = self.sheet()
        has = [BOOK.conditions[one.condition] for one in conditions(self.db, self.me)]
        excluded = {id_ for id_, verdict in judge_all(has, EXERCISES).items() if verdict.ruling == "exclude"}
        asked = {item.amount.exercise for item in found.sheet.tonight.items}
        from uncrick.app.session import Wish

        everything = tuple(Wish(id_) for id_ in EXERCISES)
        assert not excluded & asked
        assert not excluded & {wish.exercise for wish in chosen(found, everything)}

    @invariant()
    def an_emergency_leaves_nothing_to_do(self) -> None:
        """After an emergency answer there is the message with the own number, and nothing else, whatever came after."""
        found = self.sheet()
        if self.emergency:
            assert found.sheet.tonight.level == "emergency"
            assert NUMBER in found.message
        if found.sheet.tonight.level == "emergency":
            assert (found.sheet.tonight.items, found.sheet.questions, wishes_of(found)) == ((), (), ())

    @invariant()
    def what_is_due_comes_first(self) -> None:
        """While questions are due nothing is begun, and everything the plan asks today has its reason."""
        tonight = self.sheet().sheet.tonight
        if self.sheet().sheet.questions:
            assert tonight.items == ()
        named = {i.prescription for i in tonight.items} | {left.prescription for left in tonight.left_out}
        assert tonight.level == "emergency" or named == set(PLANNED)

    @invariant()
    def every_change_has_its_reason(self) -> None:
        """Every decision has a rule with words, inputs and what would undo it; one thing at most gets harder."""
        words = read_reasons()
        for turn in self.sheet().sheet.turns:
            stops = {stop.exercise for one in turn.night.sessions for stop in one.stops}
            assert sum(d.change == "harder" for d in turn.decisions) <= (0 if stops & set(PLANNED) else 1)
            for decision in turn.decisions:
                assert tuple(name for name, _ in decision.inputs) == RULES[decision.rule][0]
                assert told(words, decision.rule, decision.inputs) and words[decision.rule].undo
                if decision.before.exercise in stops:
                    assert (
                        is_no_more(decision.after, decision.before)
                        or decision.after.exercise != decision.before.exercise
                    )

    @precondition(lambda self: self.stopped_at)
    @invariant()
    def no_dose_rises_after_a_stop(self) -> None:
        """Until three sessions after a stop nothing asks for more of that exercise than when it was stopped."""
        standings = self.sheet().sheet.standings
        for id_, (amount, n_sessions) in self.stopped_at.items():
            if n_sessions < 3:
                now = standings[id_].amount
                assert now.exercise != amount.exercise or is_no_more(now, amount)


Evenings.TestCase.settings = settings(
    max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestEvenings = Evenings.TestCase
