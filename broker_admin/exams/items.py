"""The texts of the item bank, read from the files under ``bank/`` and checked.

A file holds the items of one topic. It is refused as a whole, with every fault
named, because a paper drawn from half a topic would not be the announced one.
"""

import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from broker_admin.exams.faults import faults_of
from broker_admin.exams.statutes import STATUTES_FILE, Statute, load_statutes
from broker_admin.exams.topics import TOPICS, Subject, Text, Topic
from broker_admin.refusals import N_

BANK = STATUTES_FILE.parent


class ItemKind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"


KIND_LABELS: dict[StrEnum, str] = {
    ItemKind.SINGLE: N_("Single choice"),
    ItemKind.MULTIPLE: N_("Multiple choice"),
    ItemKind.TRUE_FALSE: N_("True or false"),
}


class BankError(ValueError):
    """The bank is not fit to be used; one line per fault."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class Option:
    key: str
    text: Text


# Keys of their own, so that nobody reads an A as "true" on a paper with shuffled letters.
TRUE_OR_FALSE = (Option("T", Text("正确", "True")), Option("F", Text("错误", "False")))


@dataclass(frozen=True)
class ItemText:
    """One question as its author wrote it: options in the author's order, with the key."""

    code: str
    topic: str
    kind: ItemKind
    difficulty: int
    stem: Text
    options: tuple[Option, ...]
    answer: frozenset[str]
    law: str
    article: int
    rationale: Text

    @property
    def subject(self) -> Subject:
        return TOPICS[self.topic].subject

    @property
    def digest(self) -> str:
        """SHA-256 of everything a mark depends on: stem, options and key."""
        # The rationale is left out: a better explanation does not change what was asked.
        content = [
            self.code, self.kind, self.stem.zh, self.stem.en,
            [[option.key, option.text.zh, option.text.en] for option in self.options],
            sorted(self.answer),
        ]
        canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def load_bank(directory: Path = BANK) -> tuple[ItemText, ...]:
    """Every item, by code. Raises BankError with all faults of all files."""
    statutes = load_statutes()
    topics = [_read(path) for path in sorted(directory.glob("*-*.toml"))]
    faults = [fault for topic, rows in topics for fault in _check(topic, rows, statutes)]
    faults += _repeated(row for _, rows in topics for row in rows)
    if faults:
        raise BankError(faults)
    items = (_item(topic, row) for topic, rows in topics for row in rows)
    return tuple(sorted(items, key=lambda item: item.code))


def _read(path: Path) -> tuple[Topic, list[dict[str, Any]]]:
    """``law-dsl.toml`` holds the items of topic DSL, and only those."""
    subject, _, code = path.stem.upper().partition("-")
    topic = TOPICS.get(code)
    # A misplaced file would silently thin out one topic and fill another.
    if topic is None or topic.subject != subject:
        raise BankError([f"{path.name}: there is no topic {code} in subject {subject}."])
    try:
        rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["item"]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise BankError([f"{path.name}: not a table of items ({error})."]) from error
    return topic, rows


def _check(
    topic: Topic, rows: list[dict[str, Any]], statutes: Mapping[str, Statute]
) -> Iterable[str]:
    for row in rows:
        code = row.get("code", "an item without code")
        for fault in faults_of(row, topic, statutes):
            yield f"{code}: {fault}"


def _repeated(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """A code names one item for ever, and the same question asked twice is one question."""
    kept = list(rows)
    codes = Counter(row.get("code") for row in kept)
    stems = Counter(row.get("stem", {}).get("zh") for row in kept)
    return [f"{code}: the code is used {n} times." for code, n in codes.items() if n > 1] + [
        f"The stem “{stem}” is used {n} times." for stem, n in stems.items() if n > 1
    ]


def _item(topic: Topic, row: Mapping[str, Any]) -> ItemText:
    kind = ItemKind(row["kind"])
    written = tuple(Option(o["key"], Text(o["zh"], o["en"])) for o in row.get("options", ()))
    return ItemText(
        code=row["code"], topic=topic.code, kind=kind, difficulty=row["difficulty"],
        stem=Text(**row["stem"]), answer=frozenset(row["answer"]),
        options=TRUE_OR_FALSE if kind is ItemKind.TRUE_FALSE else written,
        law=row["law"], article=row["article"], rationale=Text(**row["rationale"]),
    )
