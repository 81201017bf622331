"""What a holder sees of its own cases; another one sees nothing of them."""

import pytest
from sqlalchemy import select

from broker_admin.applications.models import Application
from broker_admin.complaints.models import Complaint
from broker_admin.complaints.workflow import SHOWN_TO_HOLDER
from broker_admin.db import db
from broker_admin.enforcement.models import Case
from broker_admin.licenses.models import License
from broker_admin.supervision.models import AnnualReport, AnnualReview, Rectification
from broker_admin.supervision.workflow import TOLD

# The page of a party, the column that names the case there, and which cases are shown.
PAGES = {
    "application": ("/applications/{}", "reference", select(Application)),
    "license": ("/licenses/{}", "number", select(License)),
    "complaint": ("/complaints/{}", "reference",
                  select(Complaint).where(Complaint.status.in_(SHOWN_TO_HOLDER))),
    "case": ("/cases/{}", "reference", select(Case).where(Case.noticed_on.is_not(None))),
    "report": ("/supervision/reports/{}", "reference", select(AnnualReport)),
    "review": ("/supervision/reviews/{}", "reference",
               select(AnnualReview).where(AnnualReview.status.in_(TOLD))),
    "rectification": ("/supervision/rectifications/{}", "reference", select(Rectification)),
}


def some(name):
    """The oldest, one in between and the newest."""
    path, column, query = PAGES[name]
    found = db.session.scalars(query).all()
    return [(case, path.format(getattr(case, column)))
            for case in (found[0], found[len(found) // 2], found[-1])]


def other_than(organization):
    return db.session.scalars(select(License).where(
        License.organization_id != organization.id)).first().organization.members[0]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_party_reads_its_own_cases(app, name, language):
    for case, path in some(name):
        browser = app.test_client().sign_in(case.organization.members[0])
        assert browser.get(f"/{language}{path}").status_code == 200, path


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_colleague_who_was_let_in_reads_them_too(app, name):
    for case, path in some(name):
        browser = app.test_client().sign_in(case.organization.members[-1])
        assert browser.get(f"/zh{path}").status_code == 200, path


@pytest.mark.parametrize("name", sorted(PAGES))
def test_another_organisation_finds_nothing_there(app, name):
    for case, path in some(name):
        browser = app.test_client().sign_in(other_than(case.organization))
        assert browser.get(f"/zh{path}").status_code == 404, path


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_visitor_is_asked_to_sign_in(app, name):
    for _, path in some(name):
        assert app.test_client().get(f"/zh{path}").status_code in {302, 404}, path
