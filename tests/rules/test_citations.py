from datetime import date

import pytest

from broker_admin.rules.citations import cited, named, quoted
from broker_admin.rules.limits import Limit, Unit
from broker_admin.rules.regime import regime_on

READ = Limit("decision", 20, Unit.WD, article="行政许可法第42条", confirmed=True)
REMEMBERED = Limit("publicity", 5, Unit.WD, article="双公示要求")
PROPOSED = Limit("exit_notice", 5, Unit.WD, basis="design")


@pytest.mark.parametrize(("provision", "lang", "expected"), [
    (READ, "zh", "行政许可法第42条"), (READ, "en", "行政许可法第42条"),
    (REMEMBERED, "zh", "双公示要求，未核对原文"), (REMEMBERED, "zh_Hans_CN", "双公示要求，未核对原文"),
    (REMEMBERED, "en", "双公示要求, text not checked"), (PROPOSED, "zh", ""), (PROPOSED, "en", ""),
])
def test_a_page_marks_what_was_not_read(provision, lang, expected):
    assert cited(provision, lang) == expected


@pytest.mark.parametrize(("code", "lang", "expected"), [
    ("STAFF_SHORT", "en", " (行政许可法第38、54条；认定条件G6, text not checked)"),
    ("STAFF_SHORT", "zh", "（行政许可法第38、54条；认定条件G6，未核对原文）"),
])
def test_a_ground_is_named_with_its_article(code, lang, expected):
    ground = regime_on(date(2026, 11, 22)).refusal_grounds[code]
    assert named(ground, lang) == ground.name(lang) + expected


@pytest.mark.parametrize(("provision", "expected"), [
    (READ, "行政许可法第42条"), (REMEMBERED, ""), (PROPOSED, ""),
])
def test_a_document_prints_only_law_that_was_read(provision, expected):
    assert quoted(provision) == expected


@pytest.mark.parametrize("lists", ["limits", "refusal_grounds", "non_acceptance_grounds",
                                   "complaint_grounds", "conduct", "measures", "penalty_bases"])
def test_every_list_of_the_law_can_be_cited(lists):
    for provision in getattr(regime_on(date(2026, 11, 22)), lists):
        assert bool(quoted(provision)) is provision.confirmed
        assert cited(provision, "en").startswith(provision.article)
