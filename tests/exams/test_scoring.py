"""Marks, the pass line and marking again."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker_admin.exams.drawing import Line
from broker_admin.exams.items import ItemKind, load_bank
from broker_admin.exams.scoring import (
    FLAW_LABELS,
    WITHDRAWN,
    Flaw,
    Key,
    KeyVersion,
    Rescore,
    TopicResult,
    in_marks,
    mark,
    passes,
    read_answer,
    score,
)
from tests.exams.pools import LAW_PAPER, POOL_KEYS

SINGLE = Line(1, "I-1", "DSL", ItemKind.SINGLE, ("C", "A", "B", "D"), 125)
MULTIPLE = Line(2, "I-2", "DSL", ItemKind.MULTIPLE, ("A", "B", "C", "D"), 250)
JUDGED = Line(3, "I-3", "PIP", ItemKind.TRUE_FALSE, ("T", "F"), 125)
PAPER = [SINGLE, MULTIPLE, JUDGED]
KEYS = KeyVersion(1, {"I-1": Key.of("A"), "I-2": Key.of("AC"), "I-3": Key.of("F")})
ALL_RIGHT = {1: ["B"], 2: ["A", "C"], 3: ["B"]}


def perfect(lines: tuple[Line, ...], keys: KeyVersion) -> dict[int, list[str]]:
    """The letters that a candidate who knows everything would tick on this paper."""
    return {
        line.position: [letter for letter in line.letters
                        if line.key_behind(letter) in next(iter(keys.keys[line.code].accepted))]
        for line in lines
    }


@pytest.mark.parametrize(("line", "letters", "chosen", "flaw"), [
    (SINGLE, ["A"], {"C"}, None),
    (SINGLE, ["B"], {"A"}, None),
    (SINGLE, [], set(), None),
    (SINGLE, ["A", "A"], {"C"}, None),
    (SINGLE, ["A", "B"], set(), Flaw.SEVERAL_CHOSEN),
    (SINGLE, ["E"], set(), Flaw.UNKNOWN_OPTION),
    (SINGLE, ["b"], set(), Flaw.UNKNOWN_OPTION),
    (SINGLE, [""], set(), Flaw.UNKNOWN_OPTION),
    (MULTIPLE, ["A", "D"], {"A", "D"}, None),
    (MULTIPLE, ["A", "Z"], set(), Flaw.UNKNOWN_OPTION),
    (JUDGED, ["A"], {"T"}, None),
    (JUDGED, ["A", "B"], set(), Flaw.SEVERAL_CHOSEN),
    (JUDGED, ["C"], set(), Flaw.UNKNOWN_OPTION),
])
def test_what_was_sent_is_read_or_refused(line, letters, chosen, flaw):
    reading = read_answer(line, letters)

    assert (reading.chosen, reading.flaw) == (frozenset(chosen), flaw)


@pytest.mark.parametrize(("letters", "marks"), [
    (["A", "C"], 250), (["C", "A"], 250), (["A"], 0), (["A", "B", "C"], 0), (["B", "D"], 0), ([], 0),
])
def test_a_partly_right_multiple_choice_earns_nothing(letters, marks):
    assert mark(MULTIPLE, letters, Key.of("AC")).marks == marks


def test_every_flaw_can_be_told_to_a_person():
    assert set(FLAW_LABELS) == set(Flaw)


def test_a_perfect_paper_earns_every_mark():
    result = score(PAPER, ALL_RIGHT, KEYS)

    assert (result.earned, result.possible, result.answered) == (500, 500, 3)
    assert result.passed


def test_an_empty_paper_is_scored_zero_and_kept():
    result = score(PAPER, {}, KEYS)

    assert (result.earned, result.possible, result.answered) == (0, 500, 0)
    assert len(result.lines) == 3
    assert not result.passed


def test_unanswered_lines_stay_in_the_denominator():
    assert score(PAPER, {1: ["B"]}, KEYS).possible == 500


def test_a_flawed_answer_counts_as_unanswered():
    line = score(PAPER, {1: ["A", "B"]}, KEYS).lines[0]

    assert (line.marks, line.answered, line.flaw) == (0, False, Flaw.SEVERAL_CHOSEN)


def test_answers_to_other_positions_change_nothing():
    assert score(PAPER, {**ALL_RIGHT, 99: ["A"]}, KEYS) == score(PAPER, ALL_RIGHT, KEYS)


def test_an_item_without_key_is_not_guessed():
    with pytest.raises(KeyError, match="I-3"):
        score(PAPER, {}, KeyVersion(1, {"I-1": Key.of("A"), "I-2": Key.of("AC")}))


@pytest.mark.parametrize(("earned", "possible", "passed"), [
    (60_00, 100_00, True), (59_99, 100_00, False), (59_75, 100_00, False), (63_00, 105_00, True),
    (62_99, 105_00, False), (100_00, 100_00, True), (0, 100_00, False), (0, 0, False),
])
def test_sixty_passes_and_nothing_is_rounded_up(earned, possible, passed):
    assert passes(earned, possible) is passed


def test_the_profile_follows_the_topics_of_the_paper():
    profile = score(PAPER, {1: ["B"], 3: ["B"]}, KEYS).profile

    assert profile == (TopicResult("DSL", 125, 375), TopicResult("PIP", 125, 125))
    assert [topic.share for topic in profile] == [Fraction(1, 3), 1]


def test_the_result_names_its_key_version():
    assert score(PAPER, {}, KEYS).key_version == 1
    assert score(PAPER, {}, KEYS.rekeyed("I-1", Key.of("D"))).key_version == 2


def test_rekeying_leaves_the_earlier_version_alone():
    rekeyed = KEYS.rekeyed("I-1", Key.of("D"))

    assert score(PAPER, ALL_RIGHT, KEYS).earned == 500
    assert score(PAPER, ALL_RIGHT, rekeyed).earned == 375


def test_an_unknown_item_cannot_be_rekeyed():
    with pytest.raises(KeyError, match="I-9"):
        KEYS.rekeyed("I-9", Key.of("A"))


def test_two_answers_may_both_be_accepted():
    either = Key.of("A", "C")

    assert [mark(SINGLE, [letter], either).marks for letter in "ABCD"] == [125, 125, 0, 0]


def test_a_withdrawn_item_gives_everybody_its_marks():
    for letters in ([], ["A"], ["A", "B"], ["?"]):
        assert mark(SINGLE, letters, WITHDRAWN).marks == 125


def test_marking_again_lists_what_would_change():
    rekeyed = KEYS.rekeyed("I-1", Key.of("D"))
    rescore = Rescore(score(PAPER, ALL_RIGHT, KEYS), score(PAPER, ALL_RIGHT, rekeyed))

    assert [(old.code, old.marks, new.marks) for old, new in rescore.changed] == [("I-1", 125, 0)]
    assert not rescore.takes_a_pass_away


def test_a_lost_pass_is_announced_before_it_happens():
    answers = {2: ["A", "C"], 3: ["B"]}
    before = score(PAPER, answers, KEYS)
    after = score(PAPER, answers, KEYS.rekeyed("I-2", Key.of("AB")))

    assert Rescore(before, after).takes_a_pass_away
    assert Rescore(after, before).gives_a_pass
    assert not Rescore(before, before).gives_a_pass


@pytest.mark.parametrize(("hundredths", "shown"), [
    (0, "0"), (60_00, "60"), (59_99, "59.99"), (61_25, "61.25"), (97_50, "97.5"), (5, "0.05"),
])
def test_marks_are_shown_without_rounding(hundredths, shown):
    assert in_marks(hundredths) == shown


def test_the_first_keys_are_those_of_the_bank():
    bank = load_bank()
    keys = KeyVersion.first(bank)

    assert keys.number == 1
    assert all(keys.keys[item.code].honours(item.answer) for item in bank)


def test_a_drawn_paper_can_be_answered_perfectly():
    result = score(LAW_PAPER, perfect(LAW_PAPER, POOL_KEYS), POOL_KEYS)

    assert result.earned == result.possible == 100_00


LETTERS = st.lists(st.sampled_from(["A", "B", "C", "D", "E", "F", "?", ""]), max_size=5)
ANSWERS = st.dictionaries(st.integers(0, 70), LETTERS)


@given(ANSWERS)
def test_scoring_twice_gives_the_same_result(answers):
    first = score(LAW_PAPER, answers, POOL_KEYS)

    assert score(LAW_PAPER, dict(reversed(answers.items())), POOL_KEYS) == first
    assert 0 <= first.earned <= first.possible == 100_00


@given(ANSWERS)
def test_topics_add_up_to_the_total(answers):
    result = score(LAW_PAPER, answers, POOL_KEYS)

    assert sum(topic.earned for topic in result.profile) == result.earned
    assert sum(topic.possible for topic in result.profile) == result.possible


@given(ANSWERS, st.sampled_from(LAW_PAPER))
def test_withdrawing_an_item_costs_nobody_a_mark(answers, line):
    withdrawn = POOL_KEYS.rekeyed(line.code, WITHDRAWN)

    before, after = (score(LAW_PAPER, answers, keys) for keys in (POOL_KEYS, withdrawn))

    assert after.earned >= before.earned


@given(st.sampled_from(LAW_PAPER), st.randoms(use_true_random=False))
def test_the_option_order_never_changes_a_mark(line, random):
    order = list(line.option_order)
    random.shuffle(order)
    shuffled = replace(line, option_order=tuple(order))

    for each in (line, shuffled):
        letters = perfect((each,), POOL_KEYS)[each.position]
        assert mark(each, letters, POOL_KEYS.keys[each.code]).marks == each.marks
