"""A plan for somebody without a therapist."""

import pytest

from tests.plan.evenings import EXERCISES, ON
from uncrick.app.planning import chosen_programme, excluded_by, new_plan
from uncrick.errors import ProblemsError
from uncrick.files.programme_file import read_programmes
from uncrick.plan.draft import Signatory, draft
from uncrick.plan.programme import Wish

WHO = Signatory("Kim", "person", "Kim", ON)


@pytest.mark.parametrize(
    ("wish", "programme"),
    [
        (Wish("lower", 8, "floor"), "gentle_start"),
        (Wish("upper", 2, "chair"), "desk_reset"),
        (Wish("upper", 9, "chair"), "no_floor"),
        (Wish("upper", 6, "floor"), "article_four"),
    ],
)
def test_wishes_lead_to_the_programme_that_fits(wish, programme):
    """Upper or lower back, minutes, floor or chair: the programme that fits is chosen."""
    assert chosen_programme(wish, frozenset()).id == programme


def test_conditions_choose_the_programme_of_which_most_is_left():
    """With a shoulder that excludes most of one programme, another that keeps more is chosen."""
    left_out = excluded_by(("shoulder_problem",))

    assert chosen_programme(Wish("upper", 6, "floor"), left_out).id == "article_four"
    assert chosen_programme(Wish("upper", 2, "chair"), excluded_by(("spinal_stenosis",))).id == "no_floor"


def test_nothing_left_is_said_and_not_made_up():
    """Where conditions leave nothing of any programme there is no plan, but advice."""
    with pytest.raises(ProblemsError, match="physical therapist"):
        chosen_programme(Wish("upper", 6, "floor"), frozenset(EXERCISES))


def test_draft_leaves_out_what_is_excluded():
    """A plan made for somebody with thin bones has nothing in it that is excluded for them."""
    left_out = excluded_by(("osteoporosis",))

    plan = draft(read_programmes()["article_four"], EXERCISES, WHO, "seed_strict", left_out)

    assert [p.id for p in plan.prescriptions] == ["butterfly_stretch"]


def test_props_that_are_not_at_hand_leave_their_exercises_out():
    """Somebody with a chair only gets nothing that needs a mat or a roller."""
    left_out = excluded_by((), ("chair",))

    assert "chair_spinal_twist" not in left_out
    assert {"rocking_floor_stretch", "foam_roller_upper_back", "ball_back_stretch"} <= left_out


def test_unknown_prop_and_programme_are_told():
    """A prop or programme that does not exist is told with the nearest."""
    with pytest.raises(ProblemsError, match="did you mean 'chair'"):
        excluded_by((), ("cheir",))
    with pytest.raises(ProblemsError, match="did you mean 'gentle_start'"):
        new_plan("gentel_start", WHO, frozenset())
