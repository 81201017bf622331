"""The town of the demonstration, to be walked through by each of its people."""

import pytest

from broker_admin.accounts.models import User
from broker_admin.db import db
from broker_admin.demo.offices import DOMAIN
from tests.demo.town.people import VISITOR
from tests.demo.town.walking import walk


@pytest.fixture
def come(browser):
    """The browser, in which this person has just signed in; a visitor has not."""
    def come(mailbox):
        if mailbox == VISITOR:
            return browser.sign_out()
        email = f"{mailbox}@{DOMAIN}"
        return browser.sign_in(db.session.scalars(db.select(User).where(User.email == email)).one())
    return come


@pytest.fixture(scope="session")
def walks():
    return {}


@pytest.fixture
def walk_of(app, come, walks):
    """Where this person came; each of them walks once."""
    def walk_of(mailbox):
        if mailbox not in walks:
            walks[mailbox] = walk(app, come(mailbox))
        return walks[mailbox]
    return walk_of
