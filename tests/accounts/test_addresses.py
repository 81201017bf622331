import pytest

from broker_admin.accounts import addresses, service, tokens
from broker_admin.accounts.models import User, UserSession
from broker_admin.accounts.tokens import MOVE, VERIFY, LinkRefused
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.ledger import AuditEntry
from broker_admin.refusals import Refused
from tests.accounts.outgoing import last_link, messages, recorded
from tests.conftest import NOON
from tests.factories import PASSWORD, make_user

NEW = "new@example.org"


def ask(user, email=NEW, current=PASSWORD):
    addresses.ask_new_address(user, email=email, current=current, at=NOON)


def moving(user, email=NEW):
    return tokens.make(user, MOVE, email)


def test_the_confirmation_link_is_sent_again(app):
    user = make_user(email_verified_at=None)
    addresses.send_confirmation(user.email, at=NOON)
    assert [m.address for m in messages()] == [user.email]
    service.verify_address(last_link().rsplit("/", 1)[1], at=NOON)
    assert user.email_verified_at == NOON
    assert recorded(user) == ["user.confirmation_sent", "user.address_verified"]


@pytest.mark.parametrize("spelling", ["LI@Example.org", "  li@example.org "])
def test_an_address_is_found_however_it_is_typed(app, spelling):
    make_user(email="li@example.org", email_verified_at=None)
    addresses.send_confirmation(spelling, at=NOON)
    assert len(messages()) == 1


def test_an_unknown_address_gets_no_confirmation(app):
    addresses.send_confirmation("nobody@example.org", at=NOON)
    assert messages() == []


def test_a_closed_account_gets_no_confirmation(app):
    addresses.send_confirmation(make_user(disabled_at=now(), email_verified_at=None).email, at=NOON)
    assert messages() == []


def test_a_confirmed_account_is_told_that_it_is_there(app):
    addresses.send_confirmation(make_user().email, at=NOON)
    assert messages()[-1].title == "You have an account already"
    assert "/verify/" not in messages()[-1].body


def test_earlier_links_of_one_purpose_go_on_working(app):
    user = make_user(email_verified_at=None)
    first = tokens.make(user, VERIFY)
    addresses.send_confirmation(user.email, at=NOON)
    assert service.verify_address(first, at=NOON) is user


def test_a_link_goes_to_the_new_address_alone(app):
    user = make_user()
    ask(user)
    assert [(m.address, m.recipient_id) for m in messages()] == [(NEW, None)]
    assert user.email != NEW


def test_nothing_recorded_names_an_address(app):
    user = make_user()
    ask(user)
    addresses.change_address(moving(user), at=NOON)
    db.session.commit()
    assert [facts for facts in db.session.scalars(db.select(AuditEntry.facts)) if facts] == []


def test_the_link_itself_does_not_show_the_address(app):
    token = moving(make_user())
    assert NEW not in token
    assert "bmV3QGV4YW1wbGUub3Jn" not in token


def test_following_the_link_changes_the_address(app):
    user = make_user()
    addresses.change_address(moving(user), at=NOON)
    assert user.email == NEW
    assert service.check_password(NEW, PASSWORD) is user
    assert recorded(user) == ["user.address_changed"]


def test_both_addresses_hear_of_the_change(app):
    user = make_user()
    old = user.email
    addresses.change_address(moving(user), at=NOON)
    assert {m.address for m in messages()} == {NEW, old}
    assert {m.title for m in messages()} == {"The e-mail address of your account was changed"}


def test_a_new_address_ends_every_session(app):
    user = make_user()
    db.session.add(UserSession(token_hash="x", user=user, created_at=NOON, seen_at=NOON,
                               ends_at=NOON, agent="test"))
    addresses.change_address(moving(user), at=NOON)
    assert db.session.scalars(db.select(UserSession)).all() == []


@pytest.mark.parametrize("current", ["", "wrong password here", PASSWORD.upper(), PASSWORD + " "])
def test_whoever_finds_an_open_browser_moves_nothing(app, current):
    with pytest.raises(Refused, match="current password is not right"):
        ask(make_user(), current=current)
    assert messages() == []


@pytest.mark.parametrize("spelling", ["li@example.org", "LI@example.org", " li@example.org"])
def test_ones_own_address_is_no_new_one(app, spelling):
    with pytest.raises(Refused, match="your address already"):
        ask(make_user(email="li@example.org"), email=spelling)


def test_a_taken_address_is_told_and_nobody_else(app):
    user, owner = make_user(), make_user()
    ask(user, email=owner.email)
    assert [(m.address, m.title) for m in messages()] == [
        (owner.email, "You have an account already")]


def test_an_address_taken_meanwhile_is_refused(app):
    user = make_user()
    token, before = moving(user), user.email
    make_user(email=NEW)
    with pytest.raises(LinkRefused):
        addresses.change_address(token, at=NOON)
    assert user.email == before


def test_a_link_to_a_new_address_works_once(app):
    user = make_user()
    token = moving(user)
    addresses.change_address(token, at=NOON)
    with pytest.raises(LinkRefused):
        addresses.change_address(token, at=NOON)


def test_of_two_asked_addresses_the_first_followed_holds(app):
    user = make_user()
    first, second = moving(user, "first@example.org"), moving(user, "second@example.org")
    addresses.change_address(first, at=NOON)
    with pytest.raises(LinkRefused):
        addresses.change_address(second, at=NOON)
    assert user.email == "first@example.org"


def test_a_new_password_ends_the_asked_address(app):
    user = make_user()
    token = moving(user)
    with app.test_request_context():
        service.change_password(user, current=PASSWORD, new="seven quiet otters sleep", at=NOON)
    with pytest.raises(LinkRefused):
        addresses.change_address(token, at=NOON)


@pytest.mark.parametrize("purpose", sorted(set(tokens.LASTS) - {MOVE}))
def test_no_other_link_moves_an_address(app, purpose):
    user = make_user()
    before = user.email
    with pytest.raises(LinkRefused):
        addresses.change_address(tokens.make(user, purpose, NEW), at=NOON)
    assert user.email == before


def test_a_moving_link_without_an_address_is_refused(app):
    with pytest.raises(LinkRefused):
        addresses.change_address(tokens.make(make_user(), MOVE), at=NOON)


def test_a_stranger_signs_in_with_the_old_address_no_more(app):
    user = make_user()
    old = user.email
    addresses.change_address(moving(user), at=NOON)
    assert service.check_password(old, PASSWORD) is None
    assert db.session.scalar(db.select(db.func.count(User.id))) == 1
