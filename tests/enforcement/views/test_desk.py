from io import BytesIO

import pytest

from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.documents import service as documents
from broker_admin.enforcement import time_limits
from broker_admin.enforcement.models import Case
from broker_admin.enforcement.workflow import STEPS
from broker_admin.enforcement.workflow import CaseStatus as S
from broker_admin.licenses import service as licenses
from broker_admin.permissions import GRANTS, Permission, Role
from broker_admin.rules.calendar import SHIPPED
from tests.documents.files import pdf, picture
from tests.enforcement.factories import (
    PAUSE,
    Cast,
    make_acquitted,
    make_cleared,
    make_closed,
    make_dropped,
    make_imposed,
    make_investigated,
    make_notified,
    make_referred,
    make_stated,
    open_case,
)
from tests.factories import make_member, make_organization, make_user

PDF, PNG = pdf(), picture()
FINDING = {"conduct_code": "C01", "established": "yes", "facts": "Seen.", "evidence": "Contract."}
NOTICE = {"measure": "PAUSE", "months": "3", "basis": PAUSE["basis"], "reasons": "Unmet."}
WEB_STEPS = {name: f"/{name.replace('_', '-')}" for name in STEPS}


def buttons(browser, case):
    page = browser.get(f"/cases/{case.reference}/case").text
    return {name for name, end in WEB_STEPS.items() if f"/cases/{case.reference}{end}\"" in page}


def step(browser, case, name, **answers):
    return browser.submit(f"/cases/{case.reference}{WEB_STEPS[name]}", **answers)


@pytest.mark.parametrize("role", sorted(Role))
def test_the_desk_is_for_those_who_read_cases(browser, cast, role):
    case = make_investigated(cast)
    browser.sign_in(make_user(role, password_hash="-"))
    code = 200 if Permission.CASE_READ in GRANTS[role] else 404
    assert browser.get("/cases/worklist").status_code == code
    assert browser.get(f"/cases/{case.reference}/case").status_code == code


def test_strangers_and_the_party_see_no_desk(browser, cast):
    case = make_imposed(cast)
    for user in (cast.member, make_member()[0], make_user()):
        browser.sign_in(user)
        for path in ("/cases/worklist", f"/cases/{case.reference}/case", "/cases/open"):
            assert browser.get(path).status_code == 404


def test_an_insider_finds_nothing_at_the_desk(browser, cast):
    case = make_investigated(cast)
    cast.organization.memberships[0].user = cast.second
    db.session.commit()
    assert browser.sign_in(cast.second).get(f"/cases/{case.reference}/case").status_code == 404
    assert case.reference not in browser.get("/cases/worklist").text


@pytest.mark.parametrize("query", ["", "?status=executing", "?status=nonsense", "?q=%25", "?mine=1",
                                   "?q=%00", "?q=" + "长" * 300])
def test_any_filter_gives_a_list(browser, cast, query):
    assert browser.sign_in(cast.first).get(f"/cases/worklist{query}").status_code == 200


def test_the_list_shows_case_and_time_left(browser, cast):
    case = make_investigated(cast)
    page = browser.sign_in(cast.decider).get("/cases/worklist").text
    assert case.reference in page
    assert "working days left" in page


def test_a_case_is_opened_of_own_motion(browser, cast):
    answer = browser.sign_in(cast.first).submit(
        "/cases/open", uscc=f" {cast.organization.uscc.lower()} ", conduct_codes=["C01"],
        facts="Advertised data.")
    case = db.session.scalars(db.select(Case)).one()
    assert answer.location.endswith(f"/cases/{case.reference}/case")
    assert (case.source, case.investigator_id) == ("own", cast.first.id)


@pytest.mark.parametrize("changes", [
    {"uscc": ""}, {"uscc": "91440300MA5NOBODY0"}, {"conduct_codes": []}, {"conduct_codes": ["C99"]},
    {"facts": ""}, {"facts": "x" * 6000}, {"uscc": "\0" * 18}, {"uscc": "9" * 500}])
def test_an_incomplete_opening_changes_nothing(browser, cast, changes):
    typed = {"uscc": cast.organization.uscc, "conduct_codes": ["C01"], "facts": "Facts.", **changes}
    assert browser.sign_in(cast.first).submit("/cases/open", **typed).status_code == 422
    assert db.session.scalar(db.select(db.func.count(Case.id))) == 0


@pytest.mark.parametrize(("make", "who", "expected"), [
    (open_case, "first", {"find", "evidence", "drop", "give_notice"}),
    (open_case, "second", {"join"}),
    (make_investigated, "first", {"find", "evidence", "drop", "give_notice"}),
    (make_notified, "first", {"refer"}), (make_notified, "lawyer", set()),
    (make_referred, "lawyer", {"reopen", "clear"}), (make_referred, "decider", set()),
    (make_cleared, "decider", {"impose", "acquit"}), (make_cleared, "lawyer", set()),
    (make_cleared, "first", set()), (make_imposed, "first", {"close"}),
])
def test_only_open_steps_have_buttons(browser, cast, make, who, expected):
    case = make(cast)
    assert buttons(browser.sign_in(getattr(cast, who)), case) == expected


def test_a_case_walks_through_the_pages(browser, cast):
    case = open_case(cast, license=None)
    steps = [
        ("second", "join", {}), ("first", "find", FINDING),
        ("first", "give_notice", {**NOTICE, "measure": "REMIND", "months": ""}),
        ("member", "state", {"statement": "No.", "sure": "y"}), ("second", "refer", {}),
        ("lawyer", "clear", {"opinion": "Fine."}), ("decider", "impose", {
            **NOTICE, "measure": "REMIND", "months": ""}),
        ("first", "close", {"reason": "Done."}),
    ]
    for who, name, answers in steps:
        answer = step(browser.sign_in(getattr(cast, who)), case, name, **answers)
        assert answer.status_code == 302, name
    assert case.status is S.CLOSED


@pytest.mark.parametrize("name", ["drop", "give_notice", "refer", "find", "evidence"])
def test_another_officer_meets_a_conflict(browser, cast, name):
    case = make_stated(cast) if name == "refer" else make_investigated(cast)
    browser.sign_in(make_user(Role.ENFORCEMENT_OFFICER))
    assert browser.get(f"/cases/{case.reference}{WEB_STEPS[name]}").status_code == 409


@pytest.mark.parametrize("name", [n for n in STEPS if n != "state"])
def test_steps_are_closed_after_the_decision(browser, cast, name):
    case = make_imposed(cast)
    if name == "close":
        return
    for who in ("first", "lawyer", "decider"):
        answer = browser.sign_in(getattr(cast, who)).get(f"/cases/{case.reference}{WEB_STEPS[name]}")
        assert answer.status_code in {404, 409} or name == "join"


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"months": "7"}, "longer than"), ({"months": ""}, "how many months"),
    ({"months": "0"}, "from 1 to"), ({"months": "-3"}, "from 1 to"), ({"months": "三"}, "digits"),
    ({"months": "9" * 40}, "digits"), ({"measure": ""}, "Choose the measure"),
    ({"measure": "CLOSURE"}, "Not a valid choice"), ({"basis": ""}, "Choose the legal basis"),
    ({"measure": "REVOCATION", "months": ""}, "does not carry"), ({"reasons": ""}, "Give the reasons"),
    ({"reasons": "Call 13812345678."}, "mobile numbers"),
])
def test_a_faulty_notice_is_explained_at_its_field(browser, cast, changes, sentence):
    case = make_investigated(cast)
    answer = step(browser.sign_in(cast.first), case, "give_notice", **{**NOTICE, **changes})
    assert (answer.status_code, case.status) == (422, S.INVESTIGATING)
    assert sentence in answer.text


def test_a_heavier_decision_is_explained(browser, cast):
    case = make_cleared(cast)
    answer = step(browser.sign_in(cast.decider), case, "impose", **{**NOTICE, "months": "4"})
    assert (answer.status_code, case.status) == (422, S.DECISION_PENDING)
    assert "may not be heavier" in answer.text


def test_the_decision_begins_with_the_announcement(browser, cast):
    case = make_cleared(cast)
    page = browser.sign_in(cast.decider).get(f"/cases/{case.reference}/impose").text
    assert 'selected value="PAUSE"' in page
    assert "Revocation of the license" not in page


def test_two_deciders_at_once_meet_a_conflict(browser, cast):
    case, other = make_cleared(cast), make_user(Role.DECIDER)
    path = f"/cases/{case.reference}/impose"
    form = browser.sign_in(other).get(path).text
    token = form.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    assert step(browser.sign_in(cast.decider), case, "impose", **NOTICE).status_code == 302
    again = browser.sign_in(other).post(path, data={**NOTICE, "csrf_token": token})
    assert again.status_code in {400, 409}
    assert case.decider_id == cast.decider.id


def test_a_license_gone_meanwhile_is_a_conflict(browser, cast):
    case = make_cleared(cast)
    licenses.surrender(case.license, reason="Closing.", actor=cast.member, at=now())
    db.session.commit()
    answer = step(browser.sign_in(cast.decider), case, "impose", **NOTICE)
    assert answer.status_code == 409
    assert db.session.get(Case, case.id).decision_number is None


def test_evidence_is_kept_and_given_back(browser, cast):
    case = make_investigated(cast)
    answer = step(browser.sign_in(cast.first), case, "evidence", file=(BytesIO(PDF), "contract.pdf"))
    assert answer.status_code == 302
    (file,) = documents.of(case.reference)
    sent = browser.get(f"/cases/{case.reference}/files/{file.id}")
    assert (sent.status_code, sent.data) == (200, PDF)
    assert sent.headers["Content-Disposition"].startswith("attachment")
    sent.close()


@pytest.mark.parametrize("upload", [(b"", "a.pdf"), (b"MZ\x90", "a.pdf"), (PNG, "a.exe"), (b"<b>", "a.png")])
def test_false_evidence_is_refused(browser, cast, upload):
    case = make_investigated(cast)
    data, name = upload
    answer = step(browser.sign_in(cast.first), case, "evidence", file=(BytesIO(data), name))
    assert answer.status_code == 422
    assert documents.of(case.reference) == []


def test_evidence_is_not_for_other_cases_or_people(browser, cast):
    case, other = make_investigated(cast), make_investigated(Cast())
    step(browser.sign_in(cast.first), case, "evidence", file=(BytesIO(PDF), "contract.pdf"))
    (file,) = documents.of(case.reference)
    assert browser.get(f"/cases/{other.reference}/files/{file.id}").status_code == 404
    for user in (cast.member, make_user()):
        path = f"/cases/{case.reference}/files/{file.id}"
        assert browser.sign_in(user).get(path).status_code == 404


@pytest.mark.parametrize("reference", ["AJ-2026-999999", "x", "%00", "AJ-2026-000001%27"])
def test_unknown_cases_are_not_found(browser, cast, reference):
    browser.sign_in(cast.first)
    for end in ("/case", "/find", "/give-notice", "/files/1"):
        assert browser.get(f"/cases/{reference}{end}").status_code in {400, 404}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_state_has_its_page(browser, cast, language):
    for make in (make_investigated, make_notified, make_stated, make_referred, make_cleared, make_imposed):
        case = make(Cast())
        answer = browser.sign_in(cast.decider).get(f"/{language}/cases/{case.reference}/case")
        assert answer.status_code == 200


@pytest.mark.parametrize(("language", "words"), [
    ("en", "No organisation with this credit code is known here."),
    ("zh", "本系统中没有使用该统一社会信用代码的机构。")])
def test_an_unknown_credit_code_is_explained(browser, cast, language, words):
    answer = browser.sign_in(cast.first).submit(
        f"/{language}/cases/open", uscc="91440300MA5NOBODY0", conduct_codes=["C01"], facts="Kept facts.")
    assert (answer.status_code, words in answer.text) == (422, True)
    assert ("91440300MA5NOBODY0" in answer.text, "Kept facts." in answer.text) == (True, True)


def test_nobody_opens_a_case_on_their_own_house(browser, cast):
    own = make_organization(cast.first)
    answer = browser.sign_in(cast.first).submit(
        "/zh/cases/open", uscc=own.uscc, conduct_codes=["C01"], facts="It.")
    assert (answer.status_code, "您不能对该机构立案。" in answer.text) == (409, True)
    assert db.session.scalar(db.select(db.func.count(Case.id))) == 0


@pytest.mark.parametrize("role", [Role.LEGAL_REVIEWER, Role.DECIDER, Role.AUDITOR])
def test_readers_of_cases_open_none(browser, cast, role):
    browser.sign_in(make_user(role, password_hash="-"))
    assert browser.get("/cases/open").status_code == 404
    assert "/cases/open" not in browser.get("/cases/worklist").text


@pytest.mark.parametrize(("language", "words"), [("en", "No case matches."), ("zh", "没有符合条件的案件。")])
def test_an_empty_list_says_so(browser, cast, language, words):
    assert words in browser.sign_in(cast.first).get(f"/{language}/cases/worklist").text


@pytest.mark.parametrize(("make", "status"), [
    (make_investigated, "investigating"), (make_notified, "prior_notice"), (make_imposed, "executing"),
    (make_acquitted, "no_measure"), (make_dropped, "not_filed"), (make_closed, "closed")])
def test_the_list_is_filtered_by_state(browser, cast, make, status):
    case, other = make(cast), make_stated(Cast())
    page = browser.sign_in(cast.decider).get(f"/cases/worklist?status={status}").text
    assert (case.reference in page, other.reference in page) == (True, False)


def test_of_what_has_ended_the_newest_stands_on_top(browser, cast):
    older, newer = make_closed(cast), make_closed(Cast())
    page = browser.sign_in(cast.decider).get("/cases/worklist?status=closed").text
    assert page.index(newer.reference) < page.index(older.reference)


def test_the_limit_is_shown_with_its_reckoning(browser, cast):
    case = make_investigated(cast)
    due = time_limits.decision_period(case).due(SHIPPED).isoformat()
    page = browser.sign_in(cast.first).get(f"/cases/{case.reference}/case").text
    assert (due in page, "90 calendar days counted" in page) == (True, True)


def test_the_file_tells_who_did_what(browser, cast):
    case = make_imposed(cast)
    page = browser.sign_in(cast.decider).get(f"/cases/{case.reference}/case").text
    for words in (cast.first.name, cast.second.name, cast.lawyer.name, cast.decider.name, "In order.",
                  "Contract 7.", "We did ask.", case.decision_number, case.source):
        assert words in page


@pytest.mark.parametrize("slot", ["evidence", "statement"])
@pytest.mark.parametrize("role", sorted(Role))
def test_files_are_served_to_readers_of_the_case(browser, cast, slot, role):
    case = make_notified(cast)
    file = documents.keep(PDF, name="e.pdf", media_type="application/pdf", subject=case.reference,
                          slot=slot, actor=cast.first, at=now())
    db.session.commit()
    browser.sign_in(make_user(role, password_hash="-"))
    with browser.get(f"/cases/{case.reference}/files/{file.id}") as sent:
        assert sent.status_code == (200 if Permission.CASE_READ in GRANTS[role] else 404)


@pytest.mark.parametrize("number", ["0", "999999", "-1", "x", "9" * 30])
def test_no_other_number_leads_to_a_file(browser, cast, number):
    case = make_investigated(cast)
    answer = browser.sign_in(cast.first).get(f"/cases/{case.reference}/files/{number}")
    assert answer.status_code in {400, 404}
