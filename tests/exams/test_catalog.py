"""The Chinese words of the exam's rules."""

import re

import pytest
from babel.messages.pofile import read_po

from broker_admin.config import ROOT
from broker_admin.exams import items, scoring, timing

SENTENCES = [
    *items.KIND_LABELS.values(), *scoring.FLAW_LABELS.values(),
    *timing.SENTENCES.values(), *timing.ENTRY_LABELS.values(),
    "The bank cannot fill the paper %(paper)s: %(cells)s.",
]


@pytest.fixture(scope="module")
def catalog():
    path = ROOT / "broker_admin/translations/zh/LC_MESSAGES/exams.po"
    with path.open(encoding="utf-8") as file:
        return read_po(file, locale="zh")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_is_said_in_chinese(catalog, sentence):
    chinese = str(catalog[sentence].string)

    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert re.findall(r"%\(\w+\)s", chinese) == re.findall(r"%\(\w+\)s", sentence)
