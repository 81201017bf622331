import pytest

from broker_admin.clock import day_of, now
from broker_admin.complaints import reports, service, time_limits
from broker_admin.complaints.workflow import REPORT_STEPS, STEPS
from broker_admin.complaints.workflow import ComplaintStatus as S
from broker_admin.complaints.workflow import ReportStatus as R
from broker_admin.db import db
from broker_admin.documents import service as documents
from broker_admin.enforcement.models import Case
from broker_admin.permissions import GRANTS, Permission, Role
from broker_admin.rules.calendar import SHIPPED
from tests.complaints.factories import (
    CANARY,
    CANARY_PHONE,
    account,
    make_accepted,
    make_answered,
    make_complaint,
    make_declined,
    make_not_filed,
    make_report,
    make_verified,
)
from tests.documents.files import pdf
from tests.enforcement.factories import later
from tests.factories import make_user

PATHS = {name: name.replace("_", "-") for name in (*STEPS, *REPORT_STEPS)} | {
    "ask_reporter": "ask", "identify_reported": "identify", "close_report": "close"}


def base(filing):
    middle = "reports/" if filing.reference.startswith("JB") else ""
    return f"/complaints/{middle}{filing.reference}"


def step(browser, filing, name, **answers):
    return browser.submit(f"{base(filing)}/{PATHS[name]}", **answers)


def buttons(browser, filing):
    page = browser.get(f"{base(filing)}/case").text
    return {end for end in PATHS.values() if f'{base(filing)}/{end}"' in page}


@pytest.mark.parametrize("role", sorted(Role))
def test_the_desk_is_for_those_who_may_read(browser, scene, role):
    complaint, report = make_complaint(scene), make_report(scene)
    browser.sign_in(make_user(role, password_hash="-"))
    code = 200 if Permission.COMPLAINT_READ in GRANTS[role] else 404
    for path in ("/complaints/worklist", f"{base(complaint)}/case", f"{base(report)}/case"):
        assert browser.get(path).status_code == code


def test_the_list_shows_both_kinds(browser, scene):
    complaint, report = make_complaint(scene), make_report(scene)
    page = browser.sign_in(scene.officer).get("/complaints/worklist").text
    assert page.index(complaint.reference) < page.index(report.reference)
    assert CANARY not in page


@pytest.mark.parametrize(("query", "shown"), [
    ("", {"TS", "JB"}), ("?kind=complaint", {"TS"}), ("?kind=report", {"JB"}),
    ("?status=settled", set()), ("?status=nonsense", set()), ("?kind=%00", {"TS", "JB"}),
    ("?q=%25", set()), ("?status=received", {"TS", "JB"}), ("?status=verifying", set())])
def test_filters_choose_what_is_shown(browser, scene, query, shown):
    filings = [make_complaint(scene), make_report(scene)]
    answer = browser.sign_in(scene.officer).get(f"/complaints/worklist{query}")
    assert answer.status_code == 200
    assert {f.reference[:2] for f in filings if f.reference in answer.text} == shown


def test_only_the_case_page_names_the_filer(browser, scene):
    complaint = make_complaint(scene)
    page = browser.sign_in(scene.officer).get(f"{base(complaint)}/case").text
    assert CANARY in page
    assert CANARY_PHONE in page


@pytest.mark.parametrize("role", [Role.DECIDER, Role.AUDITOR])
@pytest.mark.parametrize("make", [make_complaint, make_report])
def test_whoever_only_reads_is_not_told_who_filed(browser, scene, make, role):
    page = browser.sign_in(make_user(role)).get(f"{base(make(scene))}/case")
    assert page.status_code == 200
    assert CANARY not in page.text
    assert CANARY_PHONE not in page.text
    assert "Shown only to the officers who handle it." in page.text


@pytest.mark.parametrize(("make", "expected"), [
    (make_complaint, {"accept", "decline", "ask", "identify", "open-case"}),
    (make_accepted, {"mediate", "terminate", "ask", "identify", "open-case"}),
    (make_answered, {"mediate", "settle", "terminate", "ask", "identify", "open-case"}),
    (make_report, {"verify", "not-file", "extend", "ask", "identify"}),
    (make_verified, {"file-case", "not-file", "extend", "ask", "identify"}),
    (make_not_filed, {"tell"}),
])
def test_only_open_steps_have_buttons(browser, scene, make, expected):
    filing = make(scene)
    assert buttons(browser.sign_in(scene.officer), filing) == expected
    assert buttons(browser.sign_in(make_user(Role.AUDITOR)), filing) == set()


def test_a_complaint_walks_through_the_pages(browser, scene):
    complaint = make_complaint(scene)
    browser.sign_in(scene.officer)
    by = day_of(later(days=20)).isoformat()
    assert step(browser, complaint, "accept", told="Data sold.", answer_by=by).status_code == 302
    assert step(browser, complaint, "ask", text="When?").status_code == 302
    assert step(browser, complaint, "open_case", conduct_codes=["C06"], facts="A lead.").status_code == 302
    browser.sign_in(scene.member)
    assert browser.submit(f"{base(complaint)}/answer", text="No.").status_code == 302
    browser.sign_in(scene.officer)
    for name, answers in (("mediate", {}), ("settle", {"outcome": "Deleted."}), ("close", {})):
        assert step(browser, complaint, name, **answers).status_code == 302
    assert complaint.status is S.CLOSED


def test_a_report_walks_through_the_pages(browser, scene):
    report = make_report(scene)
    browser.sign_in(scene.officer)
    steps = [("verify", {}), ("extend", {"reason": "Two cities."}), ("ask_reporter", {"text": "Where?"}),
             ("file_case", {"conduct_codes": ["C06"], "facts": "A lead."}),
             ("tell", {"reply": "A case was filed."}), ("close_report", {})]
    for name, answers in steps:
        assert step(browser, report, name, **answers).status_code == 302, name
    assert (report.status, db.session.scalars(db.select(Case)).one().source) == (R.CLOSED, report.reference)


def test_a_complaint_is_declined_on_grounds(browser, scene):
    complaint = make_complaint(scene)
    browser.sign_in(scene.officer)
    assert step(browser, complaint, "decline", reasons="Old.").status_code == 422
    assert step(browser, complaint, "decline", grounds=["NONE"], reasons="Old.").status_code == 422
    assert step(browser, complaint, "decline", grounds=["TOO_OLD"], reasons="Old.").status_code == 302
    assert "three years" in browser.get(f"{base(complaint)}/case").text


@pytest.mark.parametrize("answers", [
    {}, {"told": " "}, {"told": "Call 13812345678"}, {"told": "ID 11010519491231002X"},
    {"told": "It.", "answer_by": "2020-01-01"}, {"told": "It.", "answer_by": "soon"}])
def test_what_the_respondent_is_told_is_checked(browser, scene, answers):
    complaint = make_complaint(scene)
    assert step(browser.sign_in(scene.officer), complaint, "accept", **answers).status_code == 422
    assert complaint.status is S.RECEIVED


def test_a_respondent_is_identified_by_credit_code(browser, scene):
    about = account(scene, respondent_name="某某工作室", respondent_number=None)
    complaint, report = make_complaint(scene, about=about), make_report(scene, about=about)
    browser.sign_in(scene.officer)
    for filing, name in ((complaint, "identify"), (report, "identify_reported")):
        assert step(browser, filing, name, uscc="91440300NOBODYHERE").status_code == 422
        assert step(browser, filing, name, uscc=scene.organization.uscc.lower()).status_code == 302
        assert filing.organization is scene.organization


def test_a_case_on_somebody_unknown_is_a_conflict(browser, scene):
    about = account(scene, respondent_name="某某工作室", respondent_number=None)
    report = make_verified(scene, about=about)
    answer = step(browser.sign_in(scene.officer), report, "file_case", conduct_codes=["C06"], facts="It.")
    assert answer.status_code == 409
    assert report.status is R.VERIFYING


def test_two_officers_at_once_meet_a_conflict(browser, scene):
    complaint, other = make_complaint(scene), make_user(Role.ENFORCEMENT_OFFICER)
    assert step(browser.sign_in(scene.officer), complaint, "accept", told="It.").status_code == 302
    for name in ("accept", "decline"):
        assert browser.sign_in(other).get(f"{base(complaint)}/{name}").status_code == 409
    assert complaint.officer_id == scene.officer.id


def test_steps_on_the_wrong_kind_are_not_found(browser, scene):
    complaint, report = make_complaint(scene), make_report(scene)
    browser.sign_in(scene.officer)
    assert browser.get(f"/complaints/{report.reference}/accept").status_code == 404
    assert browser.get(f"/complaints/reports/{complaint.reference}/verify").status_code == 404


def test_files_are_for_the_officers(browser, scene):
    for filing in (make_complaint(scene), make_report(scene)):
        file = documents.keep(pdf(1), name="e.pdf", media_type="application/pdf", slot="evidence",
                              subject=filing.reference, actor=scene.officer, at=now())
        db.session.commit()
        path = f"/complaints/{filing.reference}/files/{file.id}"
        with browser.sign_in(scene.officer).get(path) as got:
            assert got.status_code == 200
        assert browser.sign_in(scene.member).get(path).status_code == 404
        assert browser.sign_in(scene.officer).get("/complaints/TS-2000-1/files/1").status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_state_has_its_page(browser, scene, language):
    settled, told = make_answered(scene), make_not_filed(scene)
    service.terminate(settled, outcome="No.", actor=scene.officer, at=now())
    reports.tell(told, reply="No.", actor=scene.officer, at=now())
    filings = [make_complaint(scene), make_accepted(scene), make_report(scene, named=False), settled, told]
    browser.sign_in(scene.officer)
    for filing in filings:
        assert browser.get(f"/{language}{base(filing)}/case").status_code == 200


def test_of_what_has_ended_the_newest_stands_on_top(browser, scene):
    older, newer = make_declined(scene), make_declined(scene)
    page = browser.sign_in(scene.officer).get("/complaints/worklist?status=not_accepted").text
    assert page.index(newer.reference) < page.index(older.reference)


@pytest.mark.parametrize(("language", "words"), [
    ("en", "Nothing matches."), ("zh", "没有符合条件的内容。")])
def test_an_empty_list_says_so(browser, scene, language, words):
    assert words in browser.sign_in(scene.officer).get(f"/{language}/complaints/worklist").text


@pytest.mark.parametrize("make", [make_complaint, make_report])
def test_an_insider_finds_nothing_at_the_desk(browser, scene, make):
    filing = make(scene)
    scene.organization.memberships[0].user = scene.officer
    db.session.commit()
    browser.sign_in(scene.officer)
    assert browser.get(f"{base(filing)}/case").status_code == 404
    assert filing.reference not in browser.get("/complaints/worklist").text


@pytest.mark.parametrize(("make", "limit"), [
    (make_complaint, "7 working days counted"), (make_accepted, "60 calendar days counted"),
    (make_report, "15 working days counted"), (make_not_filed, "5 working days counted")])
def test_the_limit_is_shown_with_its_reckoning(browser, scene, make, limit):
    filing = make(scene)
    page = browser.sign_in(scene.officer).get(f"{base(filing)}/case").text
    assert time_limits.running(filing).due(SHIPPED).isoformat() in page
    assert limit in page


def test_an_extension_is_shown_with_its_reason(browser, scene):
    report = make_verified(scene)
    reports.extend(report, reason="Two cities.", calendar=SHIPPED, actor=scene.officer, at=now())
    db.session.commit()
    page = browser.sign_in(scene.officer).get(f"{base(report)}/case").text
    assert page.count("Two cities.") >= 2
    assert "Extended by 15 working days" in page


@pytest.mark.parametrize("make", [make_complaint, make_report])
@pytest.mark.parametrize("role", sorted(Role))
def test_evidence_is_served_to_those_who_may_read(browser, scene, make, role):
    filing = make(scene)
    file = documents.keep(pdf(1), name="e.pdf", media_type="application/pdf", slot="evidence",
                          subject=filing.reference, actor=scene.officer, at=now())
    db.session.commit()
    browser.sign_in(make_user(role, password_hash="-"))
    with browser.get(f"/complaints/{filing.reference}/files/{file.id}") as sent:
        allowed = filing.read_by in GRANTS[role]
        assert sent.status_code == (200 if allowed else 404)
        assert not allowed or sent.headers["Content-Disposition"].startswith("attachment")


def test_an_anonymous_report_shows_no_name(browser, scene):
    report = make_report(scene, named=False)
    page = browser.sign_in(scene.officer).get(f"{base(report)}/case").text
    assert ("Anonymous" in page, CANARY in page) == (True, False)


def test_markup_of_the_filer_stays_text(browser, scene):
    complaint = make_complaint(scene, about=account(scene, narrative="<img src=x onerror=alert(1)>"))
    page = browser.sign_in(scene.officer).get(f"{base(complaint)}/case").text
    assert ("<img src=x" in page, "&lt;img src=x" in page) == (False, True)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sum_in_dispute_has_its_thousands_set_apart(browser, scene, language):
    complaint = make_complaint(scene)
    complaint.amount = 1_250_000
    db.session.commit()
    page = browser.sign_in(scene.officer).get(f"/{language}{base(complaint)}/case")
    assert "1,250,000" in page.text
