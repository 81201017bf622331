import pytest
import sqlalchemy as sa

from broker_admin.accounts import tokens
from broker_admin.accounts.models import UsedLink
from broker_admin.accounts.tokens import LASTS, RESET, VERIFY, LinkRefused
from broker_admin.clock import now
from broker_admin.db import db
from tests.factories import make_user


@pytest.mark.parametrize("purpose", [RESET, VERIFY])
def test_a_link_leads_to_its_person(app, purpose):
    user = make_user()
    assert tokens.look_at(tokens.make(user, purpose), purpose) is user


def test_a_link_fits_no_other_purpose(app):
    token = tokens.make(make_user(), VERIFY)
    with pytest.raises(LinkRefused):
        tokens.look_at(token, RESET)


def test_a_link_works_only_once(app):
    token = tokens.make(make_user(), RESET)
    tokens.open_once(token, RESET, at=now())
    with pytest.raises(LinkRefused):
        tokens.open_once(token, RESET, at=now())


def test_looking_at_a_link_does_not_use_it(app):
    token = tokens.make(make_user(), RESET)
    tokens.look_at(token, RESET)
    assert tokens.open_once(token, RESET, at=now())


def test_a_used_link_is_kept_only_as_a_hash(app):
    token = tokens.make(make_user(), RESET)
    tokens.open_once(token, RESET, at=now())
    kept = db.session.scalars(sa.select(UsedLink.token_hash)).one()
    assert token not in kept
    assert len(kept) == 64


@pytest.mark.parametrize("change", [
    {"password_hash": "another"}, {"email": "another@example.org"}, {"disabled_at": now()},
])
def test_a_link_falls_with_what_it_was_made_under(app, change):
    user = make_user()
    token = tokens.make(user, RESET)
    for name, value in change.items():
        setattr(user, name, value)
    with pytest.raises(LinkRefused):
        tokens.look_at(token, RESET)


@pytest.mark.parametrize("token", ["", "x", "WzEsMl0.abc", "a.b.c", "\0", "é", "x" * 5000])
def test_a_forged_link_is_refused(app, token):
    with pytest.raises(LinkRefused):
        tokens.look_at(token, RESET)


def test_a_link_signed_with_another_key_is_refused(app):
    token = tokens.make(make_user(), RESET)
    app.config["SECRET_KEY"], kept = "t" * 40, app.config["SECRET_KEY"]
    with pytest.raises(LinkRefused):
        tokens.look_at(token, RESET)
    app.config["SECRET_KEY"] = kept


def test_links_last_as_long_as_promised():
    assert LASTS[RESET].total_seconds() == 30 * 60
    assert LASTS[VERIFY].days == 3


@pytest.mark.parametrize("purpose", LASTS)
def test_a_link_carries_an_address_sealed(app, purpose):
    token = tokens.make(make_user(), purpose, "new@example.org")
    assert tokens.address_in(token, purpose) == "new@example.org"
    assert "new@example.org" not in str(tokens._content(token, purpose))


def test_an_address_is_read_from_its_own_purpose_alone(app):
    token = tokens.make(make_user(), tokens.MOVE, "new@example.org")
    with pytest.raises(LinkRefused):
        tokens.address_in(token, RESET)


def test_a_link_without_an_address_has_none(app):
    with pytest.raises(LinkRefused):
        tokens.address_in(tokens.make(make_user(), tokens.MOVE), tokens.MOVE)


def test_a_link_falls_with_its_person(app):
    user = make_user()
    token = tokens.make(user, RESET)
    db.session.delete(user)
    db.session.flush()
    with pytest.raises(LinkRefused):
        tokens.look_at(token, RESET)


def test_an_invitation_waits_a_day():
    assert LASTS[tokens.INVITE].total_seconds() == LASTS[tokens.MOVE].total_seconds() == 86_400
