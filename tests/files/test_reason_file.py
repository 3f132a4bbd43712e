"""The words of the rules."""

from uncrick.files.library import library_folder
from uncrick.files.marked_yaml import read_marked
from uncrick.files.reason_file import check_reasons, read_reasons
from uncrick.files.screening_file import read_rulebook
from uncrick.plan.reason import RULES

TEXT = (library_folder() / "reasons/en.yaml").read_text(encoding="utf-8")


def problems(text: str) -> list[str]:
    return [str(p) for p in check_reasons(read_marked(text, "reasons.yaml"))[1]]


def test_every_rule_has_its_words_and_its_sources_exist():
    """Each rule says what it does and what would undo it; the sources it names are explained."""
    assert set(read_reasons()) == set(RULES)
    assert {key for _, source in RULES.values() for key in source} <= set(read_rulebook().sources)


def test_unknown_gaps_and_missing_rules_are_told():
    """A gap that no input fills, a rule nobody knows and a rule without words: all told at once."""
    wrong = TEXT.replace("{clean} of 3", "{cleen} of 3").replace("at_most:", "atmost:")

    found = problems(wrong)

    assert any("no input 'cleen'" in p for p in found)
    assert any("no rule 'atmost'; did you mean 'at_most'?" in p for p in found)
    assert any("no words for rule 'at_most'" in p for p in found)
