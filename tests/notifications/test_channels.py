import socket

import pytest
from aiosmtpd.controller import Controller

from broker_admin.notifications.channels import send_mail
from broker_admin.notifications.letter import compose
from tests.conftest import NOON


class Mailbox:
    """What a mail server took in; it answers as the test wishes."""

    def __init__(self, answer="250 OK"):
        self.answer, self.letters = answer, []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.letters.append(envelope)
        return "250 OK"


@pytest.fixture
def server():
    """Starts a mail server on this machine that answers so; gives its settings and mailbox."""
    running = []

    def start(answer="250 OK"):
        box = Mailbox(answer)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        controller = Controller(box, hostname="127.0.0.1", port=port)
        controller.start()
        running.append(controller)
        return box, {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": port, "MAIL_STARTTLS": False,
                     "MAIL_USERNAME": "", "MAIL_PASSWORD": ""}

    yield start
    for controller in running:
        controller.stop()


def letter():
    return compose(number=1, to="li@example.org", title="t", body="b", language="en",
                   sender="noreply@gd.example", site="http://localhost", at=NOON)


def test_a_letter_reaches_the_mail_server(server):
    box, config = server()
    answer = send_mail(letter(), config)
    assert (answer.delivered, answer.text) == (True, "accepted by the mail server")
    assert [(e.mail_from, e.rcpt_tos) for e in box.letters] == [
        ("noreply@gd.example", ["li@example.org"])]


@pytest.mark.parametrize(("says", "final"), [
    ("550 no such mailbox li@example.org", True),
    ("451 try again later li@example.org", False),
])
def test_a_refusal_is_kept_without_the_address(server, says, final):
    box, config = server(says)
    answer = send_mail(letter(), config)
    assert (answer.delivered, answer.final) == (False, final)
    assert answer.text == f"{says[:3]} SMTPRecipientsRefused"
    assert box.letters == []


def test_an_absent_server_is_asked_again_later(server):
    _, config = server()
    answer = send_mail(letter(), {**config, "MAIL_PORT": 1})
    assert (answer.delivered, answer.text, answer.final) == (False, "ConnectionRefusedError", False)


def test_a_server_without_encryption_gets_nothing_when_it_is_asked_for(server):
    box, config = server()
    answer = send_mail(letter(), {**config, "MAIL_STARTTLS": True})
    assert (answer.delivered, answer.final) == (False, False)
    assert box.letters == []


def test_a_wrong_password_is_tried_again_and_not_told(server):
    box, config = server()
    answer = send_mail(letter(), {**config, "MAIL_USERNAME": "li", "MAIL_PASSWORD": "geheim"})
    assert answer.delivered is False
    assert "geheim" not in answer.text
    assert box.letters == []
