import pytest
from argon2 import PasswordHasher, extract_parameters

from broker_admin.accounts import passwords, service, tokens
from broker_admin.accounts.models import Organization, User, UserSession
from broker_admin.accounts.tokens import INVITE, RESET, VERIFY, LinkRefused
from broker_admin.accounts.workflow import MembershipStatus as S
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.ledger import AuditEntry
from broker_admin.permissions import Role
from broker_admin.refusals import Refused
from tests.accounts.outgoing import last_link, messages, recorded
from tests.conftest import NOON
from tests.factories import PASSWORD, make_member, make_organization, make_user

NEW = "seven quiet otters sleep"
USCC = "91440300192317458F"


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def sign_up(**changes):
    return service.sign_up(**{"email": "li@example.org", "name": "李敏", "password": PASSWORD,
                              "language": "zh", "at": NOON, **changes})


def users():
    return db.session.scalar(db.select(db.func.count(User.id)))


def give_session(user):
    db.session.add(UserSession(token_hash=f"h{user.id}", user=user, created_at=NOON, seen_at=NOON,
                               ends_at=NOON, agent="test"))
    db.session.flush()


def sessions():
    return db.session.scalar(db.select(db.func.count(UserSession.id)))


@pytest.mark.parametrize("typed", ["li@example.org", "LI@Example.ORG", "  li@example.org "])
def test_a_person_is_found_however_the_address_is_typed(typed):
    assert service.find(typed) is None
    user = make_user(email="li@example.org")
    assert service.find(typed) is user


def test_signing_up_waits_for_the_address():
    user = sign_up(email=" LI@Example.org ")
    assert (user.email, user.name, user.language) == ("li@example.org", "李敏", "zh")
    assert (user.created_at, user.email_verified_at, user.is_active) == (NOON, None, False)
    assert user.roles == frozenset()
    assert recorded(user) == ["user.signed_up"]


def test_a_password_is_kept_only_as_argon2id():
    user = sign_up()
    assert user.password_hash.startswith("$argon2id$")
    assert PASSWORD not in user.password_hash


def test_two_people_with_one_password_have_two_hashes():
    assert sign_up().password_hash != sign_up(email="wang@example.org").password_hash


def test_a_known_address_is_told_and_keeps_its_password():
    known = make_user(email="li@example.org", name="Before")
    before = known.password_hash
    assert sign_up(password=NEW) is known
    assert (known.name, known.password_hash, users()) == ("Before", before, 1)
    assert recorded(known) == ["user.signed_up_again"]


def test_the_record_holds_no_link():
    sign_up()
    db.session.commit()
    assert db.session.scalars(db.select(AuditEntry.facts)).all() == [{}]


def test_following_the_link_confirms_the_address():
    user = sign_up()
    assert service.verify_address(last_link().rsplit("/", 1)[1], at=NOON) is user
    assert (user.email_verified_at, user.is_active) == (NOON, True)


def test_a_confirmation_link_works_once():
    token = tokens.make(sign_up(), VERIFY)
    service.verify_address(token, at=NOON)
    with pytest.raises(LinkRefused):
        service.verify_address(token, at=NOON)


def test_a_later_link_does_not_move_the_confirmation():
    user = make_user(email_verified_at=NOON)
    service.verify_address(tokens.make(user, VERIFY), at=now())
    assert user.email_verified_at == NOON


def test_the_right_password_finds_the_person():
    user = make_user()
    assert service.check_password(user.email.upper(), PASSWORD) is user


@pytest.mark.parametrize("typed", ["", PASSWORD.upper(), PASSWORD + " ", PASSWORD[:-1], "\0"])
def test_a_password_that_nearly_fits_finds_nobody(typed):
    assert service.check_password(make_user().email, typed) is None


@pytest.mark.parametrize("closed", [{"disabled_at": NOON}, {"email_verified_at": None}])
def test_a_closed_account_is_not_opened_by_its_password(closed):
    assert service.check_password(make_user(**closed).email, PASSWORD) is None


def test_an_unknown_address_costs_as_much_as_a_known_one():
    # The same parameters, and a hash that can be read: else it would be refused in no time.
    production = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
    assert not production.check_needs_rehash(service._NOBODY)
    assert extract_parameters(service._NOBODY).hash_len == 32
    assert service.check_password("nobody@example.org", PASSWORD) is None


def test_a_hash_of_old_costs_is_renewed_at_sign_in():
    old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    user = make_user(password_hash=old)
    assert service.check_password(user.email, PASSWORD) is user
    assert user.password_hash != old
    assert not passwords.is_outdated(user.password_hash)
    assert service.check_password(user.email, PASSWORD) is user


def test_a_wrong_password_renews_no_hash():
    old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    user = make_user(password_hash=old)
    service.check_password(user.email, "wrong password here")
    assert user.password_hash == old


def test_signing_in_is_recorded():
    user = make_user()
    service.sign_in(user, at=NOON)
    assert recorded(user) == ["user.signed_in"]
    assert sessions() == 1


def test_a_forgotten_password_brings_a_link():
    user = make_user()
    service.forget_password(user.email, at=NOON)
    assert messages()[-1].address == user.email
    assert tokens.look_at(last_link().rsplit("/", 1)[1], RESET) is user


def test_no_link_for_an_unknown_address():
    service.forget_password("nobody@example.org", at=NOON)
    assert (messages(), recorded()) == ([], [])


def test_no_link_for_a_closed_account():
    service.forget_password(make_user(disabled_at=NOON).email, at=NOON)
    assert (messages(), recorded()) == ([], [])


def test_asking_for_a_link_changes_no_password():
    user = make_user()
    give_session(user)
    service.forget_password(user.email, at=NOON)
    assert service.check_password(user.email, PASSWORD) is user
    assert sessions() == 1


@pytest.mark.parametrize("purpose", [RESET, INVITE])
def test_a_link_sets_the_password_and_ends_sessions(purpose):
    user = make_user()
    give_session(user)
    service.reset_password(tokens.make(user, purpose), NEW, at=NOON, purpose=purpose)
    assert service.check_password(user.email, NEW) is user
    assert service.check_password(user.email, PASSWORD) is None
    assert sessions() == 0
    assert recorded(user) == ["user.password_changed"]


def test_a_set_password_is_told_by_mail():
    user = make_user()
    service.reset_password(tokens.make(user, RESET), NEW, at=NOON)
    assert messages()[-1].title == "Your password was changed"
    assert NEW not in messages()[-1].body


def test_a_followed_link_confirms_the_address_too():
    user = make_user(email_verified_at=None)
    service.reset_password(tokens.make(user, RESET), NEW, at=NOON)
    assert user.email_verified_at == NOON


def test_an_older_link_falls_with_the_new_password():
    user = make_user()
    first, second = tokens.make(user, RESET), tokens.make(user, INVITE)
    service.reset_password(first, NEW, at=NOON)
    with pytest.raises(LinkRefused):
        service.reset_password(second, "another four otters swim", at=NOON, purpose=INVITE)
    assert service.check_password(user.email, NEW) is user


def test_an_invitation_is_no_reset():
    user = make_user()
    with pytest.raises(LinkRefused):
        service.reset_password(tokens.make(user, INVITE), NEW, at=NOON)
    assert service.check_password(user.email, PASSWORD) is user


def test_a_new_password_needs_the_current_one():
    user = make_user()
    with pytest.raises(Refused, match="current password is not right"):
        service.change_password(user, current="wrong password here", new=NEW, at=NOON)
    assert service.check_password(user.email, PASSWORD) is user
    assert recorded() == []


def test_a_changed_password_ends_only_ones_own_sessions():
    user, other = make_user(), make_user()
    give_session(user), give_session(other)
    service.change_password(user, current=PASSWORD, new=NEW, at=NOON)
    assert sessions() == 1


def test_a_changed_profile_is_recorded():
    user = make_user()
    service.change_profile(user, name="李敏", language="zh", at=NOON)
    assert (user.name, user.language) == ("李敏", "zh")
    assert recorded(user) == ["user.profile_changed"]


def found(founder, **changes):
    return service.create_organization(**{
        "uscc": USCC, "name": "数链经纪有限公司", "region_code": "440300", "address": "深圳市1号",
        "founder": founder, "at": NOON, **changes})


def test_the_founder_administers_from_the_beginning():
    user = make_user()
    membership = found(user).memberships[0]
    assert (membership.user, membership.status, membership.administers) == (user, S.APPROVED, True)
    assert (membership.asked_at, membership.decided_at, membership.decided_by_id) == (
        NOON, NOON, user.id)


def test_founding_is_recorded_for_both():
    organization = found(make_user())
    assert recorded(organization) == ["organization.created"]
    assert recorded(organization.memberships[0]) == ["membership.founded"]


def test_one_person_may_found_several():
    user = make_user()
    first, second = found(user), found(user, uscc="91440101MA5A00001X")
    assert user.organization_ids == {first.id, second.id}


def test_a_known_code_founds_nothing():
    organization = found(make_user())
    with pytest.raises(Refused, match="registered already"):
        found(make_user(), name="Another")
    assert db.session.scalars(db.select(Organization)).all() == [organization]


@pytest.mark.parametrize("role", Role)
def test_no_staff_founds_an_applicant(role):
    with pytest.raises(Refused, match="staff cannot act"):
        found(make_user(role))
    assert db.session.scalars(db.select(Organization)).all() == []


def contact(organization, actor, email="ask@firm.example", phone="020-88880000"):
    service.change_contact(organization, email=email, phone=phone, actor=actor, at=NOON)


def test_an_administrator_changes_the_contact():
    user, organization = make_member()
    contact(organization, user)
    assert (organization.contact_email, organization.contact_phone) == (
        "ask@firm.example", "020-88880000")
    assert recorded(organization) == ["organization.contact_changed"]


@pytest.mark.parametrize(("before", "changed"), [
    ({}, ["contact_email", "contact_phone"]),
    ({"contact_email": "ask@firm.example"}, ["contact_phone"]),
    ({"contact_phone": "020-88880000"}, ["contact_email"]),
])
def test_the_record_says_which_entries_changed(before, changed):
    user = make_user()
    contact(make_organization(user, **before), user)
    db.session.commit()
    assert db.session.scalars(db.select(AuditEntry.facts)).one() == {"changed": changed}


def test_a_contact_that_stays_is_not_recorded():
    user = make_user()
    contact(make_organization(user, contact_email="a@firm.example"), user, "a@firm.example", None)
    assert recorded() == []


def test_a_contact_can_be_taken_away():
    user = make_user()
    organization = make_organization(user, contact_email="a@firm.example", contact_phone="1")
    contact(organization, user, None, None)
    assert (organization.contact_email, organization.contact_phone) == (None, None)


@pytest.mark.parametrize("who", ["colleague", "stranger", "officer"])
def test_others_change_no_contact(who):
    colleague = make_user()
    organization = make_organization(make_user(), colleague)
    actor = {"colleague": colleague, "stranger": make_member()[0],
             "officer": make_user(Role.ADMINISTRATOR)}[who]
    with pytest.raises(Refused, match="Only an administrator of the organisation"):
        contact(organization, actor)
    assert organization.contact_email is None


def test_nobody_knows_the_password_of_an_opened_account():
    first, second = service.unusable_password(), service.unusable_password()
    assert first != second
    assert not any(passwords.verify(first, guess) for guess in ("", " ", "password", first))
