"""The ways out: a mail server, or nothing but the inbox and the outbox of this site."""

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

_SECONDS = 30


@dataclass(frozen=True)
class Answer:
    """How it ended.  ``final``: trying again would end the same way."""

    delivered: bool
    text: str
    final: bool = True


def send_mail(letter: EmailMessage, config: Mapping[str, Any]) -> Answer:
    """Hand the letter to the mail server; what it says about it, without any address."""
    try:
        _hand_over(letter, config)
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(min(code for code, _ in error.recipients.values()), error)
    except smtplib.SMTPResponseException as error:
        return _refused(error.smtp_code, error)
    except (smtplib.SMTPException, OSError) as error:
        # Nobody has judged the letter: the server was away, or broke off.
        return Answer(False, type(error).__name__, final=False)
    return Answer(True, "accepted by the mail server")


def _hand_over(letter: EmailMessage, config: Mapping[str, Any]) -> None:
    with smtplib.SMTP(config["MAIL_SERVER"], config["MAIL_PORT"], timeout=_SECONDS) as server:
        # Before the password is told.  A server that cannot encrypt raises, and gets nothing.
        if config["MAIL_STARTTLS"]:
            server.starttls(context=ssl.create_default_context())
        if config["MAIL_USERNAME"]:
            server.login(config["MAIL_USERNAME"], config["MAIL_PASSWORD"])
        server.send_message(letter)


def _refused(code: int, error: smtplib.SMTPException) -> Answer:
    # The class and not the words of the server, which repeat the address.  By RFC 5321 a code of
    # four hundred asks for patience, one of five hundred is the last word.
    return Answer(False, f"{code} {type(error).__name__}", final=500 <= code < 600)
