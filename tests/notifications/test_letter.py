from email import message_from_bytes, policy

import pytest

from broker_admin.notifications.letter import compose
from tests.conftest import NOON


def letter(**changes):
    return compose(**{
        "number": 7, "to": "li@example.org", "title": "已受理", "body": "一行\n二行", "language": "zh",
        "sender": "noreply@gd.example", "site": "https://brokers.gd.example:8443/x", "at": NOON, **changes,
    })


def test_a_letter_says_that_a_machine_wrote_it():
    mail = letter()
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == "<message-7@brokers.gd.example>"
    assert mail["Content-Language"] == "zh-CN"
    assert (mail["From"], mail["To"]) == ("noreply@gd.example", "li@example.org")
    assert mail["Date"].datetime == NOON


def test_chinese_text_survives_the_way():
    mail = message_from_bytes(letter().as_bytes(), policy=policy.default)
    assert mail["Subject"] == "已受理"
    assert mail.get_content() == "一行\n二行\n"


@pytest.mark.parametrize("address", [
    "", "li", "@example.org", "li@", "li@example.org\r\nBcc: all@example.org", "a b@example.org",
    "li@example.org, wang@example.org", "Li <li@example.org>",
])
def test_what_is_no_address_gets_no_letter(address):
    with pytest.raises(ValueError, match=r"."):
        letter(to=address)


@pytest.mark.parametrize("title", ["a\r\nBcc: all@example.org", "a\nX: b"])
def test_a_title_cannot_become_a_header(title):
    with pytest.raises(ValueError, match="linefeed"):
        letter(title=title)


def test_a_body_cannot_become_a_header():
    mail = message_from_bytes(letter(body="\r\n.\r\nBcc: all@example.org").as_bytes(), policy=policy.default)
    assert mail["Bcc"] is None
