"""What keeps an item out of the bank."""

from copy import deepcopy
from typing import Any

import pytest

from broker_admin.exams.faults import faults_of
from broker_admin.exams.statutes import load_statutes
from broker_admin.exams.topics import TOPICS

STATUTES = load_statutes()


def make_row(**differences: object) -> dict[str, Any]:
    """A single-choice item as a file of the bank holds it, fit but for the differences."""
    options = [{"key": key, "zh": f"选项{key}", "en": f"Option {key}"} for key in "ABCD"]
    row = {
        "code": "LAW-DSL-001", "kind": "single", "difficulty": 1, "answer": ["B"],
        "law": "数据安全法", "article": 33, "options": options,
        "stem": {"zh": "哪一项正确？", "en": "Which one is right?"},
        "rationale": {"zh": "见第33条。", "en": "See Art. 33."},
    }
    return deepcopy(row | differences)


def faults(**differences: object) -> list[str]:
    return faults_of(make_row(**differences), TOPICS["DSL"], STATUTES)


def options(*texts: str) -> list[dict[str, str]]:
    return [{"key": key, "zh": zh, "en": f"Option {key}"}
            for key, zh in zip("ABCDEF", texts, strict=False)]


def test_a_fit_item_has_no_faults():
    assert faults() == []


def test_a_fit_true_or_false_item_writes_no_options():
    assert faults(kind="true_false", options=[], answer=["T"]) == []


def test_a_fit_multiple_choice_item_may_offer_five():
    five = options("一", "二", "三", "四", "五")

    assert faults(kind="multiple", options=five, answer=["A", "E"]) == []


@pytest.mark.parametrize(("differences", "fault"), [
    ({"kind": "essay"}, "there is no kind essay."),
    ({"code": "LAW-DSL-1"}, "the code must be LAW-DSL- and three digits."),
    ({"code": "LAW-PIP-001"}, "the code must be LAW-DSL- and three digits."),
    ({"difficulty": 4}, "the difficulty must be 1, 2 or 3."),
    ({"answer": ["E"]}, "the answer names options that are not offered, or one twice."),
    ({"answer": ["B", "B"]}, "the answer names options that are not offered, or one twice."),
    ({"answer": []}, "the kind single has exactly one right answer."),
    ({"answer": ["A", "B"]}, "the kind single has exactly one right answer."),
    ({"law": "合同法"}, "the law 合同法 is not among the statutes that may be cited."),
    ({"article": 56}, "数据安全法 has 55 articles, not an article 56."),
    ({"article": 0}, "数据安全法 has 55 articles, not an article 0."),
    ({"options": options("一", "二", "三")}, "3 options do not fit the kind single."),
    ({"options": options("一", "二", "二", "四")}, "two options read the same (zh)."),
])
def test_a_fault_is_named_in_a_sentence(differences, fault):
    assert faults(**differences) == [fault]


@pytest.mark.parametrize("answer", [["A"], ["A", "B", "C", "D"]])
def test_a_multiple_choice_item_needs_right_and_wrong_options(answer):
    assert faults(kind="multiple", answer=answer) == [
        "a multiple-choice item has two or more right answers, but not every option."
    ]


def test_options_are_keyed_in_order():
    swapped = options("一", "二", "三", "四")[::-1]

    assert faults(options=swapped) == ["the options must be keyed A, B, C … in order."]


def test_missing_fields_are_all_named():
    row = make_row()
    del row["law"], row["rationale"]

    assert faults_of(row, TOPICS["DSL"], STATUTES) == [
        "the field law is missing.", "the field rationale is missing.",
    ]


@pytest.mark.parametrize("zh", ["正确,还是错误", "哪一项正确?", "甲(乙)", "完。对:错", "结束."])
def test_half_width_punctuation_is_refused_in_chinese(zh):
    stem = {"zh": zh, "en": "Which?"}

    assert faults(stem=stem) == ["the Chinese stem uses half-width punctuation."]


@pytest.mark.parametrize("zh", ["第3.5条，见API v2.1？", "按1:1抽取", "罚款10,000元"])
def test_latin_marks_are_right_inside_numbers(zh):
    assert faults(stem={"zh": zh, "en": "Which?"}) == []


@pytest.mark.parametrize(("stem", "fault"), [
    ({"zh": "哪一项？", "en": " "}, "the stem must be written in both languages."),
    ({"zh": "", "en": "Which?"}, "the stem must be written in both languages."),
    ({"zh": "哪一项？", "en": "Which 一项?"}, "the English stem contains Chinese characters."),
])
def test_both_languages_are_written(stem, fault):
    assert faults(stem=stem) == [fault]


@pytest.mark.parametrize(("zh", "en"), [("以上都对", "Every one"), ("丁", "All of the above")])
def test_no_option_speaks_of_the_others(zh, en):
    row = make_row()
    row["options"][3] = {"key": "D", "zh": zh, "en": en}

    assert faults_of(row, TOPICS["DSL"], STATUTES) == [
        "the option D speaks of all or none of the other options."
    ]
