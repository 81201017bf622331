import pytest
from flask import render_template_string

from broker_admin.audit import queries
from broker_admin.permissions import Role
from tests.audit.records import Granted, note
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
