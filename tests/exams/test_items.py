"""The bank as it is shipped, and how a bad file is refused."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from broker_admin.exams.items import (
    BANK,
    KIND_LABELS,
    TRUE_OR_FALSE,
    BankError,
    ItemKind,
    ItemText,
    load_bank,
)
from broker_admin.exams.statutes import load_statutes
from broker_admin.exams.topics import TOPICS, Subject

ITEMS = load_bank()
STATUTES = load_statutes()
SINGLE = [item for item in ITEMS if item.kind is ItemKind.SINGLE]


def test_each_item_cites_an_article_that_exists():
    assert [item.code for item in ITEMS if item.law not in STATUTES] == []
    assert [item.code for item in ITEMS
            if not 1 <= item.article <= STATUTES[item.law].articles] == []


def test_every_statute_is_cited():
    assert {item.law for item in ITEMS} == set(STATUTES)


def test_each_rationale_says_something_of_its_own():
    assert [item.code for item in ITEMS if len(item.rationale.zh) < 12] == []
    assert [item.code for item in ITEMS if item.rationale.zh in item.stem.zh] == []


def test_each_code_names_subject_and_topic():
    for item in ITEMS:
        assert item.code.startswith(f"{item.subject}-{item.topic}-")
        assert item.code[-3:].isdigit()


def test_the_bank_is_sorted_by_code():
    codes = [item.code for item in ITEMS]

    assert codes == sorted(set(codes))


def test_true_or_false_items_share_their_options():
    judged = [item for item in ITEMS if item.kind is ItemKind.TRUE_FALSE]

    assert {item.options for item in judged} == {TRUE_OR_FALSE}


def test_true_is_not_more_often_right_than_false():
    answers = Counter(key for item in ITEMS if item.kind is ItemKind.TRUE_FALSE
                      for key in item.answer)

    assert abs(answers["T"] - answers["F"]) <= 2


@pytest.mark.parametrize("subject", list(Subject))
def test_each_place_is_right_about_equally_often(subject):
    right = Counter(key for item in SINGLE if item.subject is subject for key in item.answer)

    assert set(right) == set("ABCD")
    assert max(right.values()) - min(right.values()) <= right.total() // 8


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("extreme", [max, min])
def test_the_right_option_is_not_betrayed_by_length(language, extreme):
    betrayed = [item.code for item in SINGLE if right_is(extreme, item, language)]

    assert len(betrayed) <= len(SINGLE) // 4


def right_is(extreme, item: ItemText, language: str) -> bool:
    """Whether the right option alone is the longest (``max``) or shortest (``min``)."""
    lengths = {option.key: len(getattr(option.text, language)) for option in item.options}
    (right,) = item.answer
    others = [length for key, length in lengths.items() if key != right]
    return lengths[right] == extreme(lengths.values()) and lengths[right] not in others


def test_multiple_choice_items_differ_in_how_many_are_right():
    sizes = Counter(len(item.answer) for item in ITEMS if item.kind is ItemKind.MULTIPLE)

    assert sizes[2]
    assert sizes[3]


def test_every_difficulty_is_represented():
    assert {item.difficulty for item in ITEMS} == {1, 2, 3}


def test_another_key_is_another_digest():
    first = ITEMS[0]
    changed = ItemText(**{**vars(first), "answer": frozenset({"D"})})

    assert changed.digest != first.digest
    assert len({item.digest for item in ITEMS}) == len(ITEMS)


def test_correcting_a_rationale_keeps_the_digest():
    first = ITEMS[0]

    assert ItemText(**{**vars(first), "rationale": first.stem}).digest == first.digest


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A directory with one sound file of the bank, to be spoiled."""
    shutil.copy(BANK / "law-dsl.toml", tmp_path)
    return tmp_path


def test_a_bank_may_hold_a_single_topic(shelf):
    assert {item.topic for item in load_bank(shelf)} == {"DSL"}


def test_every_fault_of_a_file_is_named(shelf):
    spoil(shelf, ('answer = ["B"]', 'answer = ["E"]'), ("article = 33", "article = 99"))

    with pytest.raises(BankError) as refused:
        load_bank(shelf)

    assert "LAW-DSL-001: the answer names options that are not offered, or one twice." in (
        refused.value.faults
    )
    assert "LAW-DSL-001: 数据安全法 has 55 articles, not an article 99." in refused.value.faults


def spoil(shelf: Path, *changes: tuple[str, str]) -> None:
    path = shelf / "law-dsl.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_a_code_may_not_be_used_twice(shelf):
    spoil(shelf, ("LAW-DSL-002", "LAW-DSL-001"))

    with pytest.raises(BankError, match="LAW-DSL-001: the code is used 2 times"):
        load_bank(shelf)


def test_the_same_question_may_not_be_asked_twice(shelf):
    twice = (shelf / "law-dsl.toml").read_text(encoding="utf-8").replace("LAW-DSL-0", "LAW-DSL-1")
    with (shelf / "law-dsl.toml").open("a", encoding="utf-8") as file:
        file.write(twice)

    with pytest.raises(BankError, match=r"The stem .* is used 2 times"):
        load_bank(shelf)


def test_an_item_without_code_is_still_reported(shelf):
    spoil(shelf, ('code = "LAW-DSL-001"\n', ""))

    with pytest.raises(BankError, match="an item without code: the field code is missing"):
        load_bank(shelf)


@pytest.mark.parametrize("name", ["law-xyz.toml", "practice-dsl.toml", "pdf-dsl.toml"])
def test_a_file_must_be_named_after_its_topic(shelf, name):
    (shelf / "law-dsl.toml").rename(shelf / name)

    with pytest.raises(BankError, match=f"{name}: there is no topic"):
        load_bank(shelf)


@pytest.mark.parametrize("content", [b"[[item", b"title = 'no items'", b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_refused(shelf, content):
    (shelf / "law-dsl.toml").write_bytes(content)

    with pytest.raises(BankError, match=r"law-dsl\.toml: not a table of items"):
        load_bank(shelf)


@pytest.mark.parametrize(("subject", "kind", "least"), [
    (Subject.LAW, ItemKind.SINGLE, 45), (Subject.LAW, ItemKind.MULTIPLE, 18),
    (Subject.LAW, ItemKind.TRUE_FALSE, 15), (Subject.PRACTICE, ItemKind.SINGLE, 40),
    (Subject.PRACTICE, ItemKind.MULTIPLE, 16), (Subject.PRACTICE, ItemKind.TRUE_FALSE, 5),
])
def test_the_bank_holds_enough_of_each_kind(subject, kind, least):
    held = [item for item in ITEMS if item.subject is subject and item.kind is kind]

    assert len(held) >= least
    assert {item.topic for item in held} <= set(TOPICS)


def test_every_kind_has_its_name():
    assert set(KIND_LABELS) == set(ItemKind)


def test_every_topic_has_items():
    assert {item.topic for item in ITEMS} == set(TOPICS)
