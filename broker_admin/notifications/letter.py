"""A message as a mail.  Pure."""

from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}


def compose(*, number: int, to: str, title: str, body: str, language: str, sender: str,
            site: str, at: datetime) -> EmailMessage:
    """The mail with this number.  Raises ``ValueError`` for an address that is none.

    Headers are set through the address and message classes, which refuse a line break: nothing
    that somebody typed can become a header.  A repeated delivery carries the same Message-ID.
    """
    try:
        address = Address(addr_spec=to)
    except (IndexError, HeaderParseError) as error:
        # The library's parser runs over the end of some addresses.
        raise ValueError("not an address") from error
    letter = EmailMessage()
    letter["From"] = sender
    letter["To"] = address
    letter["Subject"] = title
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = f"<message-{number}@{urlsplit(site).hostname or 'localhost'}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    letter.set_content(body + "\n")
    letter["Content-Language"] = LANGUAGE_TAGS.get(language, language)
    return letter
