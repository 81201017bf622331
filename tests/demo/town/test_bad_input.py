"""Whoever sends whatever to whichever form gets a page that says so, and changes nothing by it."""

import io
import re

import pytest
import sqlalchemy as sa

from broker_admin.db import db
from broker_admin.ledger import AuditEntry
from tests.demo.town.people import PEOPLE, VISITOR

HIDDEN = {"csrf_token", "once"}
# Everybody has these: they are tried by a visitor and one broker, and not by every officer again.
OF_EVERYBODY = {"accounts", "public", "complaints", "register", "exams"}
OFFICE = {"intake", "reviewer", "decider", "legal", "supervision", "auditor", "admin"}
ANSWERS = {200, 302, 303, 403, 404, 409, 413, 415, 422, 429}


def fill(form, value, **files):
    """The value in every field that is not hidden, and the files in theirs."""
    names = [name for name, kind in form.kinds.items() if kind != "file" and name not in HIDDEN]
    return {**dict.fromkeys(names, value),
            **{name: made() for name, kind in form.kinds.items() if kind == "file"
               for made in files.values()}}


def page_named_pdf():
    return io.BytesIO(b"<html><script>alert(1)</script>"), "../../statement.pdf"


def nothing_named_pdf():
    return io.BytesIO(b""), "statement.pdf"


SENT = {
    "nothing": lambda form: {},
    "blanks": lambda form: fill(form, "  "),
    "a long text": lambda form: fill(form, "数x" * 3_000),
    "controls": lambda form: fill(form, "a\x00b\u202e\ufeff\U0001f600"),
    "a huge number": lambda form: fill(form, "99999999999999999999"),
    "a negative number": lambda form: fill(form, "-1"),
    "no such day": lambda form: fill(form, "2026-02-30"),
    "an attack": lambda form: fill(form, "' OR 1=1; --<script>alert(1)</script>"),
    "a false file": lambda form: fill(form, "x", file=page_named_pdf),
    "an empty file": lambda form: fill(form, "1", file=nothing_named_pdf),
    "everything twice": lambda form: {name: [value, "z"] for name, value in fill(form, "y").items()},
}


def recorded():
    return db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry))


def send(browser, form, what):
    """The form as this page has it now, with something else typed in."""
    page = browser.get(form.page).text
    hidden = {name: found[1] for name in HIDDEN
              if (found := re.search(rf'name="{name}"[^>]*value="([^"]*)"', page))}
    return browser.post(form.action, data={**SENT[what](form), **hidden},
                        content_type="multipart/form-data")


def forms_of(walk, mailbox):
    shared = set() if mailbox in {VISITOR, "firm01"} else OF_EVERYBODY
    if mailbox not in OFFICE | {"firm50"}:
        shared -= {"exams", "complaints"}
    return [form for form in walk.forms.values()
            if form.endpoint.partition(".")[0] not in shared
            and form.endpoint not in {"accounts.sign_out", "accounts.sign_out_everywhere"}]


@pytest.mark.parametrize("mailbox", PEOPLE)
def test_no_form_breaks_whatever_is_sent(walk_of, come, mailbox):
    wrong = []
    for form in forms_of(walk_of(mailbox), mailbox):
        for what in SENT:
            browser, before = come(mailbox), recorded()
            answer = send(browser, form, what)
            if answer.status_code not in ANSWERS or "<script>alert" in answer.text:
                wrong.append((form.endpoint, what, answer.status_code))
            if answer.status_code >= 400 and recorded() != before:
                wrong.append((form.endpoint, what, "something was recorded"))
    assert wrong == []


@pytest.mark.parametrize("mailbox", ["firm01", "firm50", "person70"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_refused_form_says_why_where_it_stands(walk_of, come, mailbox, language):
    silent = []
    for form in forms_of(walk_of(mailbox), mailbox):
        browser = come(mailbox)
        local = form.__class__(form.endpoint, form.page.replace("/en/", f"/{language}/"),
                               form.action.replace("/en/", f"/{language}/"), form.kinds)
        answer = send(browser, local, "a long text")
        if answer.status_code == 422 and "govuk-error-summary" not in answer.text:
            silent.append((form.endpoint, language))
    assert silent == []
