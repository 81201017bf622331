"""Each mail about people and organisations: who gets it, and what it says in both languages."""

import re

import pytest

from broker_admin.accounts import addresses, memberships, service, staff, tokens
from broker_admin.clock import now
from broker_admin.permissions import Role
from tests.accounts.outgoing import messages
from tests.conftest import NOON
from tests.factories import PASSWORD, make_organization, make_user

FIRM = "数链经纪有限公司"


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def person(language, **changes):
    return make_user(language=language, name="Li Min", email="li@example.org", **changes)


def _membership(language, **changes):
    boss = make_user()
    user = person(language)
    firm = make_organization(boss, **{"name": FIRM, **changes})
    return boss, memberships.ask_to_join(firm, user=user, at=NOON)


def signed_up(language):
    service.sign_up(email="li@example.org", name="Li", password=PASSWORD, language=language, at=NOON)


def signed_up_again(language):
    person(language)
    signed_up(language)


def confirmation_sent(language):
    addresses.send_confirmation(person(language, email_verified_at=None).email, at=NOON)


def password_forgotten(language):
    service.forget_password(person(language).email, at=NOON)


def password_changed(language):
    service.change_password(person(language), current=PASSWORD, new="seven quiet otters sleep", at=NOON)


def new_address_asked(language):
    user = make_user(language=language, email="before@example.org")
    addresses.ask_new_address(user, email="li@example.org", current=PASSWORD, at=NOON)


def address_changed(language):
    user = make_user(language=language, email="before@example.org")
    addresses.change_address(tokens.make(user, tokens.MOVE, "li@example.org"), at=NOON)


def staff_invited(language):
    staff.create_staff(email="li@example.org", name="Li", language=language, at=NOON,
                       roles=frozenset(), actor=make_user(Role.ADMINISTRATOR))


def role_given(language):
    staff.give_role(person(language), role=Role.REVIEWER, actor=make_user(Role.ADMINISTRATOR), at=NOON)


def role_taken(language):
    user = make_user(Role.REVIEWER, language=language, email="li@example.org")
    staff.take_role(user, role=Role.REVIEWER, actor=make_user(Role.ADMINISTRATOR), at=NOON)


def membership_asked(language):
    firm = make_organization(person(language), name=FIRM)
    memberships.ask_to_join(firm, user=make_user(name="Wang"), at=NOON)


def membership_approved(language):
    boss, membership = _membership(language)
    memberships.approve(membership, actor=boss, at=NOON)


def membership_declined(language):
    boss, membership = _membership(language)
    memberships.decline(membership, actor=boss, at=NOON)


def _second(language):
    boss = make_user()
    firm = make_organization(boss, person(language), name=FIRM)
    return boss, firm.memberships[1]


def membership_ended(language):
    boss, membership = _second(language)
    memberships.end(membership, actor=boss, at=NOON)


def administrator_appointed(language):
    boss, membership = _second(language)
    memberships.appoint(membership, actor=boss, at=NOON)


def administrator_dismissed(language):
    boss, membership = _second(language)
    memberships.appoint(membership, actor=boss, at=NOON)
    memberships.dismiss(membership, actor=boss, at=NOON)


# What happens, what the mail is called, what it says, and where its link leads.
MAILS = [
    (signed_up, "验证邮箱", "Confirm your address", "三日", "three days", "/account/verify/"),
    (signed_up_again, "您已有账号", "You have an account already", "登录", "sign in",
     "/account/forgotten"),
    (confirmation_sent, "验证邮箱", "Confirm your address", "三日", "three days", "/account/verify/"),
    (password_forgotten, "设置新密码", "Set a new password", "30 分钟", "30 minutes", "/account/reset/"),
    (password_changed, "您的密码已修改", "Your password was changed", "退出", "signed out",
     "/account/forgotten"),
    (new_address_asked, "验证新邮箱", "Confirm your new address", "24 小时", "24 hours",
     "/account/new-address/"),
    (address_changed, "您账号的电子邮箱已修改", "The e-mail address of your account was changed",
     "新邮箱", "new address", "/contact"),
    (staff_invited, "您的工作人员账号", "Your account for the authority's staff", "24 小时", "24 hours",
     "/account/invitation/"),
    (role_given, "您的角色已变更", "Your roles have changed", "授予", "gave you a role",
     "/account/sign-in"),
    (role_taken, "您的角色已变更", "Your roles have changed", "收回", "took a role", "/account/sign-in"),
    (membership_asked, FIRM, FIRM, "Wang", "Wang", "/account/organizations/"),
    (membership_approved, FIRM, FIRM, FIRM, "has let you in", "/account/organizations/"),
    (membership_declined, "申请", "Your request was declined", FIRM, FIRM, "/account/organizations"),
    (membership_ended, FIRM, f"You no longer act for {FIRM}", FIRM, "ended your membership",
     "/account/organizations"),
    (administrator_appointed, f"您现已是{FIRM}的管理员", f"You are an administrator of {FIRM} now",
     "共同决定", "decide together", "/account/organizations/"),
    (administrator_dismissed, f"您不再是{FIRM}的管理员", f"You are no longer an administrator of {FIRM}",
     "不再决定", "no longer decide", "/account/organizations/"),
]
NAMES = [mail[0].__name__ for mail in MAILS]


def mail_of(happens, language):
    happens(language)
    return [m for m in messages() if m.address == "li@example.org"][-1]


@pytest.mark.parametrize("mail", MAILS, ids=NAMES)
def test_a_mail_in_chinese_says_what_happened(mail):
    happens, title, _, words, _, link = mail
    sent = mail_of(happens, "zh")
    assert sent.language == "zh"
    assert title in sent.title
    assert words in sent.body
    assert f"/zh{link}" in sent.body


@pytest.mark.parametrize("mail", MAILS, ids=NAMES)
def test_a_mail_in_english_says_what_happened(mail):
    happens, _, title, _, words, link = mail
    sent = mail_of(happens, "en")
    assert title in sent.title
    assert words in sent.body
    assert f"/en{link}" in sent.body


@pytest.mark.parametrize("happens", [mail[0] for mail in MAILS], ids=NAMES)
def test_a_chinese_mail_has_no_english_sentence(happens):
    body = re.sub(r"https?://\S+", "", mail_of(happens, "zh").body)
    assert not re.search(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", body)


@pytest.mark.parametrize("happens", [mail[0] for mail in MAILS], ids=NAMES)
def test_no_mail_shows_a_password(happens):
    sent = mail_of(happens, "en")
    assert PASSWORD not in sent.body
    assert "argon2" not in sent.body


SECRET = [signed_up, confirmation_sent, password_forgotten, staff_invited, new_address_asked]


@pytest.mark.parametrize("happens", SECRET, ids=lambda happens: happens.__name__)
def test_a_link_that_opens_an_account_is_only_mailed(happens):
    # In the inbox, whoever finds an open browser could take the account over.
    assert mail_of(happens, "en").recipient_id is None


@pytest.mark.parametrize("happens", [mail[0] for mail in MAILS if mail[0] not in SECRET],
                         ids=[name for mail, name in zip(MAILS, NAMES, strict=True) if mail[0] not in SECRET])
def test_other_news_are_in_the_inbox_too(happens):
    assert mail_of(happens, "en").recipient_id


def test_the_old_address_hears_that_it_was_left():
    address_changed("zh")
    assert [m.address for m in messages()] == ["li@example.org", "before@example.org"]
    assert messages()[1].language == "zh"


def test_a_title_is_one_line_whatever_a_firm_is_called():
    boss, membership = _membership("en", name="Firm\nBcc: all@example.org")
    memberships.approve(membership, actor=boss, at=now())
    assert "\n" not in messages()[-1].title
