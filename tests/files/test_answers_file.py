"""Answers to the safety questions as a file."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.care.screening import Answer
from uncrick.errors import ProblemsError
from uncrick.files.answers_file import KeptAnswers, read_answers, write_answers
from uncrick.files.screening_file import read_rulebook

BOOK = read_rulebook()
zones = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(hours=-9))])
answers = st.lists(
    st.builds(
        Answer,
        st.sampled_from(sorted(BOOK.questions)),
        st.sampled_from(["yes", "no", "not_sure", "skipped"]),
        st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=zones),
        st.just(BOOK.wording),
        st.booleans(),
        st.text(max_size=10).filter(lambda t: t.isprintable()),
    ),
    max_size=5,
).map(tuple)


@given(answers, st.lists(st.sampled_from(sorted(BOOK.conditions)), max_size=3).map(tuple))
def test_what_is_written_reads_back_the_same(tmp_path_factory, kept, conditions):
    """Answers that were written load as the same answers, to the microsecond and in any zone."""
    path = tmp_path_factory.mktemp("answers") / "answers.json"
    whole = KeptAnswers("full", conditions, kept)

    write_answers(whole, path)

    assert read_answers(path, BOOK) == whole


def test_everything_wrong_is_told_at_once(tmp_path):
    """An unknown question, an unknown condition: both are told, each with its line."""
    path = tmp_path / "answers.json"
    answer = {"question": "ces_sadle", "said": "no", "at": "2026-11-20T18:00:00+00:00", "wording": "x"}
    path.write_text(
        json.dumps({"uncrick_answers": 1, "extent": "short", "conditions": ["osteo"], "answers": [answer]}, indent=1)
    )

    with pytest.raises(ProblemsError) as error:
        read_answers(path, BOOK)

    assert len(error.value.problems) == 2
    assert "ces_saddle" in str(error.value)
    assert "osteoporosis" in str(error.value)


def test_time_without_zone_is_refused(tmp_path):
    """A time of answering without its zone could be any hour: refused, with the reason."""
    path = tmp_path / "answers.json"
    answer = {"question": "ces_saddle", "said": "no", "at": "2026-11-20T18:00:00", "wording": "x"}
    path.write_text(json.dumps({"uncrick_answers": 1, "extent": "short", "answers": [answer]}))

    with pytest.raises(ProblemsError, match="zone"):
        read_answers(path, BOOK)
