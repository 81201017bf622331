import pytest

from broker_admin.clock import at
from broker_admin.permissions import Role
from broker_admin.supervision.inspection_workflow import InspectionResult as R
from broker_admin.supervision.inspection_workflow import InspectionStatus as J
from tests.factories import make_member, make_user
from tests.supervision.factories import JUNE, make_inspection

WORKLIST = "/supervision/inspections/worklist"
READERS = {Role.SUPERVISION_OFFICER, Role.ENFORCEMENT_OFFICER, Role.DECIDER, Role.AUDITOR}


@pytest.fixture(autouse=True)
def _june():
    with at(JUNE):
        yield


@pytest.fixture
def make(app):
    def made(status=J.DRAWN, **changes):
        with app.test_request_context():
            return make_inspection(status, **changes)
    return made


def path(made, rest="/case"):
    return f"/supervision/inspections/{made.inspection.reference}{rest}"


@pytest.mark.parametrize("role", sorted(Role))
def test_only_those_who_supervise_read_inspections(browser, make, role):
    made = make(J.PUBLISHED)
    browser.sign_in(make_user(role))
    for page in (WORKLIST, path(made)):
        assert browser.get(page).status_code == (200 if role in READERS else 404)


def test_outsiders_find_no_desk(browser, make):
    made = make(J.PUBLISHED)
    for user in (made.holder, make_member()[0], make_user()):
        browser.sign_in(user)
        for page in (WORKLIST, path(made), path(made, "/files/1")):
            assert browser.get(page).status_code == 404
    assert browser.sign_out().get(WORKLIST).status_code == 302


@pytest.mark.parametrize(("prefix", "words"), [
    ("", ("No inspection is open.", "No result has been published.")),
    ("/zh", ("没有进行中的检查。", "尚未公开检查结果。"))])
def test_empty_lists_say_so_in_both_languages(browser, prefix, words):
    page = browser.sign_in(make_user(Role.AUDITOR)).get(prefix + WORKLIST).text
    assert all(word in page for word in words)


@pytest.mark.parametrize("status", list(J))
def test_every_inspection_is_on_the_worklist(browser, make, status):
    made = make(status)
    page = browser.sign_in(made.planner).get(WORKLIST).text
    assert made.inspection.reference in page
    assert made.license.organization.name in page


def test_mine_are_those_of_the_pair(browser, make):
    made = make()
    third = next(o for o in made.officers if o.id not in made.inspection.officer_ids)
    for officer in (made.inspection.first_officer, made.inspection.second_officer):
        assert made.inspection.reference in browser.sign_in(officer).get(f"{WORKLIST}?mine=1").text
    assert made.inspection.reference not in browser.sign_in(third).get(f"{WORKLIST}?mine=1").text
    assert made.inspection.reference in browser.get(WORKLIST).text


STEPS = {J.DRAWN: "notify", J.NOTIFIED: "record", J.CONCLUDED: "tell", J.TOLD: "publish"}


@pytest.mark.parametrize("status", list(J))
def test_the_pair_are_offered_the_next_step_only(browser, make, status):
    made = make(status)
    page = browser.sign_in(made.inspection.first_officer).get(path(made)).text
    offered = {name for name in ("notify", "record", "conclude", "tell", "publish")
               if path(made, f"/{name}") in page}
    assert offered == ({STEPS[status]} if status in STEPS else set())


def test_only_the_second_officer_is_offered_the_conclusion(browser, make):
    made = make(J.RECORDED)
    conclude = path(made, "/conclude")
    assert conclude not in browser.sign_in(made.inspection.first_officer).get(path(made)).text
    assert conclude in browser.sign_in(made.inspection.second_officer).get(path(made)).text


def test_an_officer_who_was_not_drawn_is_offered_nothing(browser, make):
    made = make()
    third = next(o for o in made.officers if o.id not in made.inspection.officer_ids)
    page = browser.sign_in(third).get(path(made)).text
    assert path(made, "/notify") not in page
    assert path(made, "/recuse") not in page


@pytest.mark.parametrize("status", list(J))
def test_a_replacement_is_offered_before_the_notice_only(browser, make, status):
    made = make(status)
    page = browser.sign_in(made.planner).get(path(made)).text
    assert (path(made, "/recuse") in page) is (status is J.DRAWN)


def test_the_case_shows_findings_and_conclusion(browser, make):
    made = make(J.TOLD)
    page = browser.sign_in(made.planner).get(path(made)).text
    for word in ("We came and saw.", "Complied with", "Result: No issue found", "Keep records.",
                 made.inspection.notice_number, made.inspection.first_officer.name):
        assert word in page


@pytest.mark.parametrize(("status", "shown"), [
    (J.RECORDED, False), (J.CONCLUDED, True), (J.TOLD, True), (J.PUBLISHED, False)])
def test_the_time_to_publish_is_shown_while_it_runs(browser, make, status, shown):
    made = make(status)
    page = browser.sign_in(made.planner).get(path(made)).text
    assert ("How this deadline was counted" in page) is shown
    # Twenty working days after the eighth of June, over the Dragon Boat Festival.
    assert ("2026-07-07" in page) is shown


def test_what_follows_is_named(browser, make, app):
    made = make(J.RECORDED)
    with app.test_request_context():
        made.conclude(R.RECTIFY)
        made.tell()
    page = browser.sign_in(made.planner).get(path(made)).text
    assert made.inspection.follow_up in page
    assert made.inspection.follow_up.startswith("ZG-2026-")


def test_the_case_is_in_chinese_too(browser, make):
    page = browser.sign_in(make_user(Role.AUDITOR)).get(f"/zh{path(make(J.TOLD))}").text
    for word in ("检查人员", "检查日期", "检查结果"):
        assert word in page


@pytest.mark.parametrize("rest", ["/case", "/notify", "/recuse", "/files/1"])
def test_an_unknown_number_is_not_found(browser, rest):
    browser.sign_in(make_user(Role.ENFORCEMENT_OFFICER, Role.SUPERVISION_OFFICER))
    assert browser.get(f"/supervision/inspections/JC-2026-999999{rest}").status_code == 404
