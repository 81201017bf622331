import pytest

from broker_admin.rules.comparison import changes, provisions, unconfirmed
from broker_admin.rules.regime import regime_version, versions

FIRST, SECOND, THIRD, FOURTH = versions()


def test_every_provision_is_found_by_its_place():
    laid_open = provisions(FIRST)

    assert laid_open["limits.decision"] is FIRST.limits["decision"]
    assert laid_open["grades.1"] is FIRST.grades[1]
    assert laid_open["exam.subjects.LAW"] is FIRST.exam.subjects["LAW"]
    assert laid_open["authority.court"].name("zh") == "有管辖权的人民法院"
    assert laid_open["supervision.annual_report"].opens == "01-01"


def test_the_order_of_the_law_is_kept():
    places = list(provisions(FIRST))

    assert places.index("limits.correction_notice") < places.index("limits.decision")
    assert places.index("grades.3") < places.index("limits.correction_notice")


@pytest.mark.parametrize(("place", "expected"), [
    ("limits.decision", False),
    ("limits.correction_supply", True),
    ("limits.report_verify", True),
    ("exam", True),
    ("grades.1", True),
    ("conduct.C01", False),
    ("authority", False),
    ("thresholds.hearing_person", True),
])
def test_what_rests_on_no_read_text_is_listed(place, expected):
    assert (place in unconfirmed(FOURTH)) is expected


def test_what_is_unconfirmed_says_what_it_rests_on():
    assert {p.basis for p in unconfirmed(FOURTH).values()} == {"design", "memory", "page"}


def test_a_version_does_not_differ_from_itself():
    assert changes(FIRST, regime_version(FIRST.version)) == ()


def test_the_change_of_april_is_told_with_both_values():
    told = {change.place: change for change in changes(THIRD, FOURTH)}
    mediation = told["limits.mediation"]

    assert (mediation.before.amount, mediation.after.amount) == (45, 60)
    assert set(told) == {
        "limits.complaint_accept", "limits.mediation", "limits.mediation_end_notice",
        "limits.lead_verify", "limits.jurisdiction_dispute", "limits.report_tell",
        "thresholds.complaint_years", "thresholds.joint_complaint_representatives",
        *(f"complaint_grounds.{code}" for code in FOURTH.complaint_grounds.codes),
    }


def test_what_was_added_has_nothing_before():
    told = {change.place: change for change in changes(FIRST, SECOND)}

    assert told["penalty_bases.NDR55"].before is None
    assert told["penalty_bases.NDR55"].after.article == "网络数据安全管理条例第55条"


def test_read_backwards_an_addition_is_a_removal():
    told = {change.place: change for change in changes(SECOND, FIRST)}

    assert told["penalty_bases.NDR57"].after is None


def test_publication_is_all_that_changed_with_credit_repair():
    assert [change.place for change in changes(SECOND, THIRD)] == [
        "publication.minor", "publication.general", "publication.serious",
    ]
