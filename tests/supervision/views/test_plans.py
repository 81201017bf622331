import hashlib
import json
import re

import pytest
from sqlalchemy import func, select

from broker_admin.clock import at
from broker_admin.db import db
from broker_admin.permissions import Role
from broker_admin.supervision import drawing, recusal
from broker_admin.supervision.inspection_workflow import InspectionStatus as J
from broker_admin.supervision.models import Draw, Inspection, InspectionPlan
from tests.factories import make_member, make_user
from tests.supervision.factories import JUNE, MadeInspection, make_holder, make_inspection

READERS = {Role.SUPERVISION_OFFICER, Role.ENFORCEMENT_OFFICER, Role.DECIDER, Role.AUDITOR}
NEW = {"title": "Half-year plan", "items": "I01"}


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


@pytest.fixture
def committed(app):
    with app.test_request_context():
        return MadeInspection()


def of_draw(made, rest=""):
    return f"/supervision/draws/{made.draw.reference}{rest}"


def of_plan(made, rest="/case"):
    return f"/supervision/plans/{made.plan.reference}{rest}"


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def published_pool(page):
    return re.search(r"<pre[^>]*>([^<]*)</pre>", page)[1].replace("&#34;", '"')


def test_an_auditor_derives_the_published_pool_again(browser, make):
    made = make(J.NOTIFIED, officers=4)
    public = published_pool(browser.get(of_draw(made)).text)
    assert sha256(public) == made.draw.pool_sha256
    browser.sign_in(make_user(Role.AUDITOR))
    opened = browser.get(of_draw(made, "/pool.json")).json
    for kind in ("holders", "officers"):
        again = sorted(sha256(f"{e['salt']}\n{json.dumps(e['entry'], separators=(',', ':'), sort_keys=True)}")
                       for e in opened[kind])
        assert again == json.loads(public)[kind]
    drawn = {i.license.number for i in made.draw.inspections}
    assert drawn <= {e["entry"]["license"] for e in opened["holders"]}


@pytest.mark.parametrize("status", [J.DRAWN, J.NOTIFIED, J.PUBLISHED])
def test_the_transcript_tells_no_risk_and_no_officer(browser, make, status):
    made = make(status)
    page = browser.get(of_draw(made)).text
    for word in ("weight", "barred", "last_pair", made.draw.pool["salt"],
                 *(officer.name for officer in made.officers)):
        assert word not in page


def test_the_transcript_names_only_those_drawn(browser, make, app):
    others = [make_holder()[1] for _ in range(7)]
    made = make(J.DRAWN)
    with app.test_request_context():
        for inspection in made.draw.inspections:
            made.draw.inspections.sort(key=lambda i: i is not inspection)
            made.notify()
        db.session.flush()
    page = browser.get(of_draw(made)).text
    drawn = {inspection.license_id for inspection in made.draw.inspections}
    assert 0 < len(drawn) < 8
    for license in [made.license, *others]:
        assert (license.display_number in page) is (license.id in drawn)


def test_the_hashes_stand_before_the_draw(browser, committed):
    page = browser.get(of_draw(committed)).text
    assert sha256(published_pool(page)) == committed.draw.pool_sha256
    assert committed.draw.commitment in page
    assert "Not disclosed yet" in page
    assert committed.draw.sealed_seed not in page


def test_the_transcript_tells_of_a_recusal_without_a_name(browser, make, app):
    made = make()
    with app.test_request_context():
        recusal.recuse(made.inspection, made.inspection.first_officer_id, reason="A cousin.",
                       actor=made.planner, at=made.at)
        made.notify()
        db.session.flush()
    page = browser.get(of_draw(made)).text
    assert "One officer stood back; the draw named the next." in page
    assert "with the same result" in page
    assert "cousin" not in page


def test_the_transcript_says_that_nobody_stood_back(browser, make):
    assert "As drawn" in browser.get(of_draw(make(J.NOTIFIED))).text


def test_the_transcript_is_in_chinese_too(browser, make):
    page = browser.get("/zh" + of_draw(make(J.NOTIFIED))).text
    assert "检查对象和检查人员均随机抽取" in page
    assert "与抽取结果一致" in page
    assert "尚未公开" in page


def test_the_desk_shows_who_stood_back(browser, make, app):
    made = make()
    leaving = made.inspection.first_officer
    with app.test_request_context():
        recusal.recuse(made.inspection, leaving.id, reason="A cousin.", actor=made.planner, at=made.at)
    page = browser.sign_in(made.planner).get(of_draw(made, "/case")).text
    assert leaving.name in page
    assert made.inspection.first_officer.name in page
    assert "This draw was repeated from its pool and seed, with the same result." in page


def test_a_draw_that_was_bent_is_shown_in_red(browser, make):
    made = make()
    made.draw.result = []
    db.session.flush()
    page = browser.sign_in(made.planner).get(of_draw(made, "/case")).text
    assert "Pool, seed and result do not fit together." in page


@pytest.mark.parametrize("role", sorted(Role))
def test_only_those_who_supervise_open_the_pool(browser, make, role):
    made = make()
    browser.sign_in(make_user(role))
    expected = 200 if role in READERS else 404
    for path in (of_draw(made, "/pool.json"), of_draw(made, "/case"), of_plan(made), "/supervision/plans"):
        assert browser.get(path).status_code == expected


def test_outsiders_reach_no_page_of_the_desk(browser, make):
    made = make()
    for user in (made.holder, make_member()[0], make_user()):
        browser.sign_in(user)
        for path in (of_draw(made, "/pool.json"), of_draw(made, "/case"), of_plan(made),
                     "/supervision/plans", "/supervision/plans/publish"):
            assert browser.get(path).status_code == 404
    assert browser.sign_out().get(of_draw(made, "/pool.json")).status_code == 302


def test_a_plan_is_published_from_its_page(browser):
    browser.sign_in(make_user(Role.SUPERVISION_OFFICER))
    answer = browser.submit("/supervision/plans/publish", title="Half-year plan", items=["I07", "I01"])
    plan = db.session.scalars(select(InspectionPlan)).one()
    assert answer.location == f"/supervision/plans/{plan.reference}/case"
    assert (plan.title, plan.items, plan.year) == ("Half-year plan", ["I01", "I07"], 2026)
    page = browser.get(answer.location).text
    assert "The plan is published." in page
    assert "No draw has been committed" in page


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"title": ""}, "Give the plan a title."), ({"title": " "}, "Give the plan a title."),
    ({"items": []}, "Choose at least one item of the checklist."), ({"items": "I99"}, "Not a valid choice."),
    ({"title": "x" * 201}, "200"),
    ({"title": "Ring 13812345678"}, "Leave mobile numbers out"), ({"title": "\0"}, "Give the plan a title."),
])
def test_a_faulty_plan_is_kept_for_correction(browser, wrong, sentence):
    browser.sign_in(make_user(Role.SUPERVISION_OFFICER))
    answer = browser.submit("/supervision/plans/publish", **{**NEW, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert count(InspectionPlan) == 0


def test_what_was_typed_stays_in_the_form(browser):
    browser.sign_in(make_user(Role.SUPERVISION_OFFICER))
    page = browser.submit("/supervision/plans/publish", title="Half-year plan", items=[]).text
    assert 'value="Half-year plan"' in page


def test_a_faulty_plan_is_explained_in_chinese(browser):
    browser.sign_in(make_user(Role.SUPERVISION_OFFICER, language="zh"))
    answer = browser.submit("/zh/supervision/plans/publish", **{**NEW, "title": ""})
    assert answer.status_code == 422
    assert "请填写计划名称。" in answer.text


@pytest.mark.parametrize("role", sorted(READERS - {Role.SUPERVISION_OFFICER}))
def test_readers_neither_plan_nor_draw(browser, committed, role):
    browser.sign_in(make_user(role))
    assert browser.get("/supervision/plans/publish").status_code == 404
    assert "Publish an inspection plan" not in browser.get("/supervision/plans").text
    assert "Commit pool and seed of a draw" not in browser.get(of_plan(committed)).text
    assert "Reveal the seed and draw" not in browser.get(of_draw(committed, "/case")).text
    for path, page in ((of_draw(committed, "/draw"), of_draw(committed, "/case")),
                       (of_plan(committed, "/commit"), of_plan(committed))):
        assert browser.submit(path, page).status_code == 404
    assert (count(Draw), count(Inspection)) == (1, 0)


def test_a_draw_is_committed_from_the_plan(browser, app):
    make_holder()
    planner = make_user(Role.SUPERVISION_OFFICER)
    plan = drawing.publish_plan(title="Plan", items=["I01"], actor=planner, at=JUNE)
    page = f"/supervision/plans/{plan.reference}"
    answer = browser.sign_in(planner).submit(f"{page}/commit", f"{page}/case")
    draw = db.session.scalars(select(Draw)).one()
    assert answer.location == f"/supervision/draws/{draw.reference}/case"
    assert "Now make the draw." in browser.get(answer.location).text
    assert draw.reference in browser.get(f"{page}/case").text


def test_a_second_commitment_is_a_conflict(browser, committed):
    browser.sign_in(committed.planner)
    answer = browser.submit(of_plan(committed, "/commit"), of_plan(committed))
    assert answer.status_code == 409
    assert "has to be made first" in answer.text
    assert count(Draw) == 1


def test_a_draw_made_twice_is_a_conflict(browser, committed):
    browser.sign_in(committed.planner)
    page = of_draw(committed, "/case")
    assert browser.submit(of_draw(committed, "/draw"), page).status_code == 302
    assert browser.submit(of_draw(committed, "/draw"), page).status_code == 409
    assert count(Inspection) == 1


def test_too_few_officers_are_a_conflict(browser, app):
    with app.test_request_context():
        made = MadeInspection(officers=1)
    browser.sign_in(made.planner)
    answer = browser.submit(of_draw(made, "/draw"), of_draw(made, "/case"))
    assert answer.status_code == 409
    assert "Fewer than two officers may inspect" in answer.text
    assert count(Inspection) == 0


def test_an_empty_list_says_that_it_is_empty(browser):
    page = browser.sign_in(make_user(Role.AUDITOR)).get("/supervision/plans").text
    assert "No plan has been published." in page


def test_long_lists_of_plans_are_paged(browser, app):
    planner = make_user(Role.SUPERVISION_OFFICER)
    plans = [drawing.publish_plan(title=f"Plan {n}", items=["I01"], actor=planner, at=JUNE)
             for n in range(26)]
    browser.sign_in(planner)
    first, second = (browser.get(f"/supervision/plans?page={n}").text for n in (1, 2))
    assert plans[-1].reference in first
    assert plans[0].reference not in first
    assert plans[0].reference in second


@pytest.mark.parametrize("path", ["/supervision/plans/CC-2026-999999/case", "/supervision/draws/CC-1-1",
                                  "/supervision/draws/CC-2026-999999-1/case",
                                  "/supervision/draws/CC-2026-999999-1/pool.json"])
def test_an_unknown_number_is_not_found(browser, path):
    assert browser.sign_in(make_user(Role.AUDITOR)).get(path).status_code == 404
