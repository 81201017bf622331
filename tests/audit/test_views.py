import re
from datetime import timedelta

import pytest
from flask import render_template_string
from flask_babel import force_locale

from broker_admin.audit import queries
from broker_admin.audit.views import history_lines
from broker_admin.permissions import Role
from tests.audit.records import Granted, note
from tests.conftest import NOON
from tests.factories import make_user


@pytest.fixture
def auditor(browser):
    return browser.sign_in(make_user(Role.AUDITOR))


def test_an_auditor_finds_what_happened(auditor):
    officer = make_user(Role.DECIDER, name="Officer Chen")
    note(actor=officer, event=Granted), note(reference="SQ-2026-000002")
    page = auditor.get("/audit/?subject=SQ-2026-000001&name=application.granted")
    assert page.status_code == 200
    assert "License granted" in page.text
    assert "Officer Chen" in page.text
    assert "SQ-2026-000002" not in page.text


@pytest.mark.parametrize("roles", [[], [Role.DECIDER], [Role.ADMINISTRATOR], [Role.INTAKE_OFFICER]])
def test_only_auditors_see_the_record(browser, roles):
    note()
    browser.sign_in(make_user(*roles))
    assert [browser.get(path).status_code for path in ("/audit/", "/audit/1")] == [404, 404]


@pytest.mark.parametrize(("query", "says"), [
    ("first=31.2.2026", "Enter a date such as 2026-11-22."),
    ("last=soon", "Enter a date such as 2026-11-22."),
    ("name=no.such.event", "Not a valid choice."),
    ("subject=" + "x" * 200, "Use at most 80 characters."),
])
def test_nonsense_in_a_filter_is_told_at_its_field(auditor, query, says):
    note()
    page = auditor.get(f"/audit/?{query}")
    assert page.status_code == 422
    assert says in page.text


@pytest.mark.parametrize("before", ["", "x", "-1", "9" * 40, "²"])
def test_a_tampered_page_is_the_first_page(auditor, before):
    note()
    assert "Application submitted" in auditor.get("/audit/", query_string={"before": before}).text


def test_a_long_record_leads_to_older_entries(auditor, monkeypatch):
    monkeypatch.setattr(queries, "PER_PAGE", 1)
    note(), note(event=Granted)
    page = auditor.get("/audit/?subject=SQ-2026-000001").text
    assert 'href="/audit/?subject=SQ-2026-000001&amp;before=2"' in page
    assert "Older entries" not in auditor.get("/audit/?before=2").text


def test_an_entry_shows_its_facts_and_seal(auditor):
    note(facts={"grounds": ["exam"], "at": "<b>noon</b>"})
    page = auditor.get("/audit/1").text
    assert "[&#39;exam&#39;]" in page
    assert "&lt;b&gt;noon&lt;/b&gt;" in page
    assert queries.history("SQ-2026-000001")[0].seal in page


@pytest.mark.parametrize("number", ["7", str(10**30), "x"])
def test_an_entry_that_is_not_there_is_not_found(auditor, number):
    assert auditor.get(f"/audit/{number}").status_code in {400, 404}


def test_a_page_of_a_case_may_show_its_history(app):
    note(actor=make_user(Role.DECIDER, name="Officer Chen"))
    source = ('{% from "audit/_timeline.html" import case_timeline %}'
              '{{ case_timeline(entries) }}')
    with app.test_request_context(headers={"Accept-Language": "en"}):
        app.login_manager._update_request_context_with_user(make_user())
        shown = render_template_string(source, entries=queries.history("SQ-2026-000001"))
    assert "Application submitted" in shown
    assert "The authority" in shown
    assert "Chen" not in shown


def numbers(page):
    return [int(number) for number in re.findall(r'href="/audit/(\d+)"', page.text)]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUDITOR}))
def test_no_other_role_sees_the_record(browser, role):
    note()
    browser.sign_in(make_user(role))
    for path in ("/audit/", "/audit/1", "/audit/?subject=SQ-2026-000001"):
        answer = browser.get(path)
        assert answer.status_code == 404
        assert "Application submitted" not in answer.text


def test_a_visitor_is_asked_to_sign_in(browser):
    for path in ("/audit/", "/audit/1"):
        answer = browser.get(path)
        assert answer.status_code == 302
        assert "sign-in" in answer.location


def test_looking_at_the_record_changes_nothing(auditor):
    note()
    auditor.get("/audit/"), auditor.get("/audit/1")
    assert {auditor.post(path).status_code for path in ("/audit/", "/audit/1")} <= {400, 405}
    assert len(queries.history("SQ-2026-000001")) == 1


def test_an_empty_record_says_so_in_both_languages(auditor):
    assert "No entry fits." in auditor.get("/en/audit/").text
    assert "没有符合条件的记录。" in auditor.get("/zh/audit/").text


@pytest.mark.parametrize(("query", "found"), [
    ("", [4, 3, 2, 1]), ("name=application.granted", [2]), ("subject=SQ-2026-000002", [3]),
    ("actor=wang@example.org", [1]), ("actor=WANG@example.org", [1]), ("actor=nobody@example.org", []),
    ("first=2026-11-24", [4]), ("last=2026-11-23", [3, 2, 1]),
    ("first=2026-11-23&last=2026-11-23", [3, 2, 1]),
    ("first=2026-11-25", []), ("subject=SQ-2026-000001&name=application.submitted", [4, 1]),
    ("subject=%00", [4, 3, 2, 1]), ("subject=%25", []), ("subject=SQ-2026", [])])
def test_each_filter_narrows_the_page(auditor, query, found):
    note(actor=make_user(email="wang@example.org"), at=NOON)
    note(event=Granted, at=NOON), note(reference="SQ-2026-000002", at=NOON)
    note(at=NOON + timedelta(days=1))
    assert numbers(auditor.get(f"/audit/?{query}")) == found


def test_what_was_asked_is_kept_in_the_fields(auditor):
    note()
    page = auditor.get("/audit/?subject=SQ-2026-000001&first=2026/11/01&name=application.granted").text
    assert 'value="SQ-2026-000001"' in page
    assert 'value="2026/11/01"' in page
    assert re.search(r'<option selected value="application.granted">', page)


def test_nonsense_stays_typed_and_finds_nothing(auditor):
    note()
    page = auditor.get("/audit/?first=soon&subject=SQ-2026-000001")
    assert page.status_code == 422
    assert 'value="soon"' in page.text
    assert numbers(page) == []


@pytest.mark.parametrize("query", [
    "first=0001-01-01", "last=9999-12-31", "subject=" + "x" * 100_000, "actor=%FF%FE",
    "name=<script>alert(1)</script>", "before=" + "9" * 9])
def test_hostile_searches_get_a_page(auditor, query):
    note()
    page = auditor.get(f"/audit/?{query}")
    assert page.status_code in {200, 422}
    assert "<script>alert" not in page.text


def test_the_record_reads_in_chinese(auditor):
    note(event=Granted, status="granted")
    for path in ("/zh/audit/", "/zh/audit/1"):
        page = auditor.get(path).text
        assert "准予许可" in page
        assert "License granted" not in page


def test_an_entry_says_who_when_and_the_state_after(auditor):
    officer = make_user(Role.DECIDER, name="Officer Chen")
    note(actor=officer, event=Granted, status="granted", at=NOON)
    page = auditor.get("/audit/1").text
    for said in ("Officer Chen", "granted", "application.granted", "2026"):
        assert said in page


def test_an_entry_of_the_system_names_nobody(auditor):
    note()
    assert "The system" in auditor.get("/audit/1").text


def test_an_entry_leads_to_all_of_its_case(auditor):
    note(), note(reference="SQ-2026-000002"), note(event=Granted)
    link = re.search(r'href="(/audit/\?subject=[^"]+)"', auditor.get("/audit/1").text)[1]
    assert numbers(auditor.get(link)) == [3, 1]


def test_entries_that_arrive_meanwhile_move_no_page(auditor, monkeypatch):
    monkeypatch.setattr(queries, "PER_PAGE", 2)
    for _ in range(4):
        note()
    first = auditor.get("/audit/")
    note()
    second = auditor.get("/audit/?before=3")
    assert (numbers(first), numbers(second)) == ([4, 3], [2, 1])


@pytest.mark.parametrize(("language", "side"), [("en", "The authority"), ("zh", "主管部门")])
def test_parties_read_sides_in_their_language(app, language, side):
    note(actor=make_user(Role.DECIDER, name="Officer Chen"))
    with app.test_request_context(), force_locale(language):
        app.login_manager._update_request_context_with_user(make_user())
        line, = history_lines(queries.history("SQ-2026-000001"))
    assert line.by == side


@pytest.mark.parametrize("path", ["/audit/", "/audit/1"])
def test_the_record_is_kept_by_no_browser(auditor, path):
    note()
    assert "no-store" in auditor.get(path).headers["Cache-Control"]


def test_hostile_facts_stay_text(auditor):
    note(facts={"<b>key</b>": "<script>alert(1)</script>"})
    page = auditor.get("/audit/1").text
    assert "<script>alert" not in page
    assert "&lt;b&gt;key&lt;/b&gt;" in page


def test_the_seals_on_the_page_are_those_of_the_chain(auditor):
    note(), note()
    first, second = queries.history("SQ-2026-000001")
    page = auditor.get("/audit/2").text
    assert first.seal in page
    assert second.seal in page
