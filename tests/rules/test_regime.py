from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from importlib.resources import files

import pytest

from broker_admin.rules.provisions import HearingOffer, LegalNature, Listed, Sourced
from broker_admin.rules.regime import (
    Direction,
    Limit,
    RegimeError,
    Unit,
    load,
    regime_on,
    regime_version,
    versions,
)

NOW = regime_on(date(2026, 11, 22))
MINIMAL = "regimes/guangdong/2024-01-01.toml"


def sourced(value):
    """Every provision below this one that says where it stands."""
    if isinstance(value, Sourced | Limit):
        yield value
    if isinstance(value, Listed):
        for entry in value:
            yield from sourced(entry)
    elif is_dataclass(value):
        for field in fields(value):
            yield from sourced(getattr(value, field.name))


def named(value):
    if hasattr(value, "zh"):
        yield value
    if isinstance(value, Listed):
        for entry in value:
            yield from named(entry)
    elif is_dataclass(value):
        for field in fields(value):
            yield from named(getattr(value, field.name))


@pytest.mark.parametrize(("day", "version"), [
    ("2024-01-01", "guangdong/2024-01-01"),
    ("2024-12-31", "guangdong/2024-01-01"),
    ("2025-01-01", "guangdong/2025-01-01"),
    ("2026-03-31", "guangdong/2025-01-01"),
    ("2026-04-01", "guangdong/2026-04-01"),
    ("2026-04-14", "guangdong/2026-04-01"),
    ("2026-04-15", "guangdong/2026-04-15"),
    ("2040-01-01", "guangdong/2026-04-15"),
])
def test_each_day_has_the_version_then_in_force(day, version):
    assert regime_on(date.fromisoformat(day)).version == version


def test_before_the_first_version_there_is_no_law():
    with pytest.raises(LookupError, match="2023-12-31"):
        regime_on(date(2023, 12, 31))


@pytest.mark.parametrize("version", ["guangdong/2023-01-01", "guangdong", "", "../x", "mars/1"])
def test_an_unknown_version_is_not_found(version):
    with pytest.raises(LookupError):
        regime_version(version)


def test_a_case_finds_the_version_it_was_opened_under():
    assert [regime_version(regime.version) for regime in versions()] == list(versions())
    assert regime_version("guangdong/2025-01-01").in_force_from == date(2025, 1, 1)


def test_versions_are_read_once():
    assert versions()[0] is versions("guangdong")[0]


@pytest.mark.parametrize(("day", "amount", "unit"), [
    (date(2026, 4, 14), 45, Unit.WD), (date(2026, 4, 15), 60, Unit.CD),
])
def test_mediation_changed_its_limit(day, amount, unit):
    limit = regime_on(day).limits["mediation"]

    assert (limit.amount, limit.unit) == (amount, unit)


@pytest.mark.parametrize(("day", "severity", "published", "least", "most"), [
    (date(2026, 3, 31), "minor", False, 0, 0),
    (date(2026, 3, 31), "general", True, 3, 3),
    (date(2026, 3, 31), "serious", True, 36, 36),
    (date(2026, 4, 1), "minor", False, 0, 3),
    (date(2026, 4, 1), "general", True, 3, 12),
    (date(2026, 4, 1), "serious", True, 12, 36),
])
def test_publication_follows_the_rule_of_its_day(day, severity, published, least, most):
    rule = regime_on(day).publication[severity]

    assert (rule.published, rule.least_months, rule.most_months) == (published, least, most)


def test_an_amendment_leaves_the_rest_alone():
    before, after = versions()[-2:]
    changed = {f.name for f in fields(after) if getattr(before, f.name) != getattr(after, f.name)}

    assert changed == {"version", "in_force_from", "limits", "thresholds", "complaint_grounds"}


LIMITS = """
    correction_notice 5 WD deemed_accepted
    correction_supply 10 WD withdrawn
    preliminary_review 20 WD alarm
    decision 20 WD alarm
    joint_decision 45 WD alarm
    deliver 10 WD alarm
    hearing_request 5 WD right_lapses
    hearing_hold 20 WD alarm
    hearing_notice 7 WD alarm
    publicity 5 WD objections_close
    license_publication 7 WD alarm
    renewal_close 30 CD treated_as_new
    change_decision 20 WD alarm
    cancellation_notice 10 WD alarm
    reconsideration 60 CD right_lapses
    reconsideration_longest 60 M right_lapses
    reconsideration_review 5 WD deemed_accepted
    reconsideration_decision 60 CD alarm
    reconsideration_decision_simplified 30 CD alarm
    reconsideration_reply 10 WD alarm
    reconsideration_reply_simplified 5 WD alarm
    litigation 6 M right_lapses
    litigation_longest 60 M right_lapses
    litigation_after_reconsideration 15 CD right_lapses
    inaction 2 M may_seek_remedy
    penalty_decision 90 CD alarm
    fine_payment 15 CD surcharge
    complaint_accept 7 WD alarm
    mediation 60 CD terminated
    report_verify 15 WD alarm
    report_tell 5 WD alarm
    rectification 15 WD overdue
    review_objection 5 WD final
    credit_objection 10 WD final
    material_event 5 WD late
    exam_registration_close 20 WD closed
    exam_ticket 5 WD alarm
    exam_results 20 WD alarm
    score_review_request 10 WD right_lapses
    penalty_hearing_request 5 WD right_lapses
    penalty_hearing_notice 7 WD alarm
    penalty_service 7 WD alarm
    evidence_disposal 7 WD released
    decision_retraction 3 WD alarm
    disclosure_answer 20 WD alarm
"""


@pytest.mark.parametrize("row", LIMITS.strip().splitlines())
def test_the_limits_in_force_are_meant(row):
    code, amount, unit, on_expiry = row.split()
    limit = NOW.limits[code]

    assert (limit.amount, limit.unit, limit.on_expiry) == (int(amount), unit, on_expiry)


@pytest.mark.parametrize(("code", "amount", "unit"), [
    ("decision", 10, Unit.WD), ("joint_decision", 15, Unit.WD), ("penalty_decision", 30, Unit.CD),
    ("reconsideration_decision", 30, Unit.CD), ("report_verify", 15, Unit.WD),
])
def test_what_may_be_extended_says_by_how_much(code, amount, unit):
    extension = NOW.limits[code].extension

    assert (extension.amount, extension.unit) == (amount, unit)
    assert extension.code == f"{code}.extension"


def test_only_notices_ahead_of_an_event_run_backwards():
    backwards = {limit.code for limit in NOW.limits if limit.direction is Direction.BEFORE}

    assert backwards == {
        "hearing_notice", "penalty_hearing_notice", "renewal_close",
        "exam_registration_close", "exam_ticket",
    }


@pytest.mark.parametrize("regime", versions(), ids=lambda regime: regime.version)
def test_every_number_says_where_it_stands(regime):
    for provision in sourced(regime):
        assert bool(provision.article) >= provision.confirmed, provision
        assert (provision.basis in {"design", "memory", "page"}) is not provision.confirmed


@pytest.mark.parametrize("regime", versions(), ids=lambda regime: regime.version)
def test_every_name_is_written_in_both_languages(regime):
    for provision in named(regime):
        assert provision.zh != provision.en, provision
        assert any("\u4e00" <= character <= "\u9fff" for character in provision.zh), provision
        assert provision.en.isascii(), provision
        assert provision.en, provision


@pytest.mark.parametrize("regime", versions(), ids=lambda regime: regime.version)
def test_no_article_is_cited_before_it_was_in_force(regime):
    cited = {provision.article for provision in sourced(regime)}
    network = [article for article in cited if "网络数据安全管理条例" in article]
    repair = [article for article in cited if "信用修复管理办法" in article]

    assert bool(network) is (regime.in_force_from >= date(2025, 1, 1))
    assert bool(repair) is (regime.in_force_from >= date(2026, 4, 1))


def test_the_act_is_a_recognition_by_the_province():
    assert NOW.legal_nature is LegalNature.RECOGNITION
    assert NOW.authority.name("zh") == "广东省政务服务和数据管理局"
    assert NOW.authority.reconsideration.name("zh") == "广东省人民政府"
    assert NOW.authority.hotline == "12345"
    assert NOW.authority.issuer_code == ""
    assert NOW.name("en").startswith("Guangdong")


def test_the_types_have_their_scopes():
    assert NOW.types.codes == ("TECH", "DATA", "FIDU")
    assert NOW.types["DATA"].name("zh") == "数据赋能型"
    assert "ENTRUST" in NOW.types["FIDU"].scopes
    assert "ENTRUST" not in NOW.types["TECH"].scopes
    assert NOW.scopes["ASSESS"].excludes == ("MATCH",)


def test_a_higher_grade_never_asks_for_less():
    numbers = [f.name for f in fields(NOW.grades[1]) if f.type == "int" or f.type is int]
    falling = {"code", "mlps_report_months"}

    assert NOW.grades.codes == (1, 2, 3)
    for name in set(numbers) - falling:
        first, second, third = (getattr(grade, name) for grade in NOW.grades)
        assert first >= second >= third, name


def test_the_papers_have_their_hundred_marks():
    law, practice = NOW.exam.subjects

    assert (law.minutes, practice.minutes) == (90, 120)
    assert [(part.count, part.marks) for part in law.parts] == [(60, 1), (15, 2), (10, 1)]
    assert [(part.count, part.marks) for part in practice.parts] == [(40, 1), (10, 2), (16, 2.5)]


def test_the_exam_has_its_rules():
    exam = NOW.exam

    assert (exam.pass_mark, exam.rolling_years, exam.retake_days) == (60, 2, 30)
    assert (exam.attempts_per_year, exam.sessions_per_year) == (4, 2)
    assert (exam.certificate_years, exam.training_hours, exam.least_age) == (3, 40, 18)


def test_reviews_grades_and_rates_are_the_published_ones():
    assert {part.code: part.weight for part in NOW.supervision.review} == {
        "compliance": 40, "performance": 20, "security": 20, "credit": 10, "reporting": 10,
    }
    assert [(g.code, g.least_score, g.inspection_rate, g.visits_per_year)
            for g in NOW.supervision.grades] == [
        ("A", 90, 0.05, 1), ("B", 75, 0.2, 1), ("C", 60, 0.5, 2), ("D", 0, 1.0, 4),
    ]
    assert (NOW.supervision.annual_report.opens, NOW.supervision.annual_report.closes) == (
        "01-01", "03-31",
    )


def test_the_measures_rise_rung_by_rung():
    assert [measure.code for measure in NOW.measures] == [
        "REMIND", "INTERVIEW", "RECTIFY", "CRITICISE_INTERNAL", "PAUSE", "END_RECOGNITION",
    ]
    assert [measure.rung for measure in NOW.measures] == [1, 2, 3, 4, 5, 6]
    assert NOW.measures["PAUSE"].most_months == 6


def test_heavy_penalties_call_for_a_hearing():
    offers = {kind.code: kind.hearing for kind in NOW.penalty_kinds}

    assert offers["WARNING"] is HearingOffer.NEVER
    assert offers["FINE"] is HearingOffer.ABOVE_THRESHOLD
    assert offers["DOWNGRADE"] is offers["REVOCATION"] is HearingOffer.ALWAYS


def test_there_are_thirty_eight_kinds_of_conduct():
    assert NOW.conduct.codes == tuple(f"C{number:02}" for number in range(1, 39))
    assert {conduct.severity for conduct in NOW.conduct} == {1, 2, 3}
    assert NOW.conduct["C01"].severity == 3


def test_the_intermediary_article_has_its_band():
    basis = NOW.penalty_bases["DSL47"]

    assert (basis.organisation_least, basis.organisation_most) == (100_000, 1_000_000)
    assert (basis.multiple_least, basis.multiple_most) == (1, 10)
    assert (basis.person_least, basis.person_most) == (10_000, 100_000)


@pytest.mark.parametrize("regime", versions(), ids=lambda regime: regime.version)
def test_no_band_ends_before_it_begins(regime):
    for basis in regime.penalty_bases:
        for who in ("organisation", "person", "multiple", "grave_organisation", "grave_person"):
            assert getattr(basis, f"{who}_least") <= getattr(basis, f"{who}_most"), basis.code


def test_nothing_costs_a_fee():
    assert all(fee.amount == 0 and fee.confirmed for fee in NOW.fees)


def test_every_refusal_names_its_article():
    assert all(ground.article for ground in NOW.refusal_grounds)
    assert all(ground.article for ground in NOW.non_acceptance_grounds)


def test_new_grounds_against_abuse_came_with_the_new_rule():
    assert "IDENTITY_UNVERIFIED" in NOW.complaint_grounds
    assert "IDENTITY_UNVERIFIED" not in regime_on(date(2026, 4, 14)).complaint_grounds


def test_an_unfavourable_decision_names_two_remedies():
    assert [limit.code for limit in NOW.remedy_limits()] == ["reconsideration", "litigation"]


def test_every_day_since_the_first_has_exactly_one_version():
    day = versions()[0].in_force_from
    while day < date(2026, 6, 1):
        in_force = [regime for regime in versions() if regime.in_force_from <= day]
        assert regime_on(day) is in_force[-1]
        day += timedelta(days=1)


def texts(**changes: str) -> dict[str, str]:
    """The shipped first version and an amendment of it that the test writes."""
    base = files("broker_admin.rules").joinpath(MINIMAL).read_text("utf-8")
    return {"guangdong/2024-01-01": base, **{
        f"guangdong/{name.removeprefix('v').replace('_', '-')}": text
        for name, text in changes.items()
    }}


AMENDS = 'amends = "guangdong/2024-01-01"\n'


def test_an_amendment_that_names_its_source_replaces_the_entry():
    changed = load(texts(v2030_01_01=AMENDS + (
        '[limits]\ndecision = { amount = 15, unit = "WD", article = "新法第1条", confirmed = true }'
    )))[1]

    assert changed.version == "guangdong/2030-01-01"
    assert (changed.limits["decision"].amount, changed.limits["decision"].extension) == (15, None)
    assert changed.limits["deliver"].amount == 10


@pytest.mark.parametrize(("text", "complaint"), [
    ("[[", "guangdong/2030-01-01: "),
    ('amends = "guangdong/2031-01-01"', "no earlier version"),
    ('amends = "guangdong/2030-01-01"', "no earlier version"),
    ("", "names is missing"),
    (AMENDS + "colour = 1", "unknown entry colour"),
    (AMENDS + '[limits]\nx = { amount = 1, unit = "WD" }', "regime.limits.x: confirmed is missing"),
    (AMENDS + '[limits]\nx = { amount = 0, unit = "WD", article = "a", confirmed = true }',
     "at least 1"),
    (AMENDS + '[limits]\nx = { amount = 1, unit = "Y", article = "a", confirmed = true }',
     "'Y' is none of WD, CD, M"),
    (AMENDS + '[types.TECH]\nzh = "技"\nen = "T"\nformer = ""\nscopes = ["FLY"]\n'
     'confirmed = false\nbasis = "design"', "FLY is used but not listed"),
    (AMENDS + '[exam.subjects.LAW]\nzh = "法"\nen = "L"\nminutes = 1\nmarks = 100\nparts = []\n'
     'confirmed = false\nbasis = "design"', "the parts do not add up"),
    (AMENDS + '[supervision.review]\nx = { zh = "其", en = "X", weight = 1, confirmed = false, '
     'basis = "design" }', "do not add up to 100"),
])
def test_a_faulty_file_is_refused_with_its_place(text, complaint):
    with pytest.raises(RegimeError) as refused:
        load(texts(v2030_01_01=text))

    assert str(refused.value).startswith("guangdong/2030-01-01: ")
    assert complaint in str(refused.value)


def test_a_file_must_be_named_after_a_day():
    with pytest.raises(RegimeError, match="guangdong/soon"):
        load(texts(soon=AMENDS))
