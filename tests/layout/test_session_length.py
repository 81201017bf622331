"""Pages know when the sign-in ends."""

import pytest
from flask import g

from broker_admin.permissions import Role
from tests.factories import make_user


def told(app, user):
    with app.test_request_context():
        g._login_user = user
        context = {}
        app.update_template_context(context)
        return context.get("session_seconds")


@pytest.mark.parametrize(("roles", "minutes"), [([], 30), ([Role.INTAKE_OFFICER], 15)])
def test_pages_know_how_long_a_sign_in_lasts(app, roles, minutes):
    assert told(app, make_user(*roles)) == minutes * 60


def test_pages_of_visitors_have_no_end(app):
    with app.test_request_context():
        context = {}
        app.update_template_context(context)
        assert "session_seconds" not in context
