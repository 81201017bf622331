"""What can be wrong with an item as it stands in a file of the bank."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from broker_admin.exams.statutes import Statute
from broker_admin.exams.topics import Topic

Row = Mapping[str, Any]

FIELDS = ("code", "kind", "difficulty", "stem", "answer", "law", "article", "rationale")
# A fifth option only where several may be right; single choice keeps its announced four.
OPTION_COUNTS = {"single": (4,), "multiple": (4, 5), "true_false": (0,)}
HAN = r"[\u3400-\u9fff]"
# An ASCII mark beside a Chinese character; inside numbers and Latin words it is right.
HALF_WIDTH = re.compile(rf"{HAN}\s*[,;:?!()\"']|[,;:?!()\"']\s*{HAN}|{HAN}\.(?!\d)")
ALL_OF_THEM = re.compile(r"以上(都|均|全|各项)|all of the above|none of the above", re.I)


def faults_of(row: Row, topic: Topic, statutes: Mapping[str, Statute]) -> list[str]:
    """Sentences about this item, without its code; none when it may be used."""
    missing = [f"the field {field} is missing." for field in FIELDS if field not in row]
    # The other checks read these fields, and would only repeat that they are missing.
    if missing:
        return missing
    if row["kind"] not in OPTION_COUNTS:
        return [f"there is no kind {row['kind']}."]
    found = [fault for check in CHECKS for fault in check(row)]
    return found + list(_place(row, topic)) + list(_citation(row, statutes))


def _place(row: Row, topic: Topic) -> Iterator[str]:
    prefix = f"{topic.subject}-{topic.code}-"
    if not re.fullmatch(re.escape(prefix) + r"\d{3}", row["code"]):
        yield f"the code must be {prefix} and three digits."


def _citation(row: Row, statutes: Mapping[str, Statute]) -> Iterator[str]:
    statute = statutes.get(row["law"])
    if statute is None:
        yield f"the law {row['law']} is not among the statutes that may be cited."
    elif not statute.has(row["article"]):
        yield f"{row['law']} has {statute.articles} articles, not an article {row['article']}."


def _difficulty(row: Row) -> Iterator[str]:
    if row["difficulty"] not in (1, 2, 3):
        yield "the difficulty must be 1, 2 or 3."


def _options(row: Row) -> Iterator[str]:
    options = row.get("options", [])
    keys = [option.get("key") for option in options]
    if len(options) not in OPTION_COUNTS[row["kind"]]:
        yield f"{len(options)} options do not fit the kind {row['kind']}."
    if keys != list("ABCDE")[: len(keys)]:
        yield "the options must be keyed A, B, C … in order."
    # Two options may differ in one language and be translated alike in the other.
    for language in ("zh", "en"):
        texts = [option.get(language) for option in options]
        if len(set(texts)) != len(texts):
            yield f"two options read the same ({language})."


def _answer(row: Row) -> Iterator[str]:
    answer, kind = set(row["answer"]), row["kind"]
    offered = {"T", "F"} if kind == "true_false" else {o.get("key") for o in row.get("options", [])}
    if not answer <= offered or len(answer) != len(row["answer"]):
        yield "the answer names options that are not offered, or one twice."
    elif kind != "multiple" and len(answer) != 1:
        yield f"the kind {kind} has exactly one right answer."
    # With every option right, ticking them all would need no knowledge.
    elif kind == "multiple" and not 2 <= len(answer) < len(offered):
        yield "a multiple-choice item has two or more right answers, but not every option."


def _texts(row: Row) -> Iterator[tuple[str, Any]]:
    yield "stem", row["stem"]
    yield "rationale", row["rationale"]
    for option in row.get("options", []):
        yield f"option {option.get('key')}", option


def _languages(row: Row) -> Iterator[str]:
    for name, text in _texts(row):
        zh, en = str(text.get("zh", "")), str(text.get("en", ""))
        if not zh.strip() or not en.strip():
            yield f"the {name} must be written in both languages."
        if re.search(HAN, en):
            yield f"the English {name} contains Chinese characters."
        if HALF_WIDTH.search(zh):
            yield f"the Chinese {name} uses half-width punctuation."


def _wording(row: Row) -> Iterator[str]:
    for name, text in _texts(row):
        if ALL_OF_THEM.search(f"{text.get('zh')} {text.get('en')}"):
            yield f"the {name} speaks of all or none of the other options."


CHECKS: tuple[Callable[[Row], Iterator[str]], ...] = (
    _difficulty, _options, _answer, _languages, _wording,
)
