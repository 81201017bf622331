"""A license or a practitioner's qualification as a certificate in PDF."""

from hashlib import sha256
from typing import Any

import segno

from broker_admin import pdf
from broker_admin.licenses import certificate_page as page
from broker_admin.stamp import seal

TEMPLATE = "licenses/certificate.html"


def render_certificate(facts: page.CertificateFacts) -> bytes:
    """One sheet, A4 landscape.  Raises MissingGlyphs, TooLong or PdfUnavailable."""
    title = page.TITLES[facts.kind]
    return pdf.render(
        pdf.printed(TEMPLATE, **context(facts)),
        title=f"{title.zh} {facts.human_number}", lang="zh-CN", most_pages=1,
    )


def context(facts: page.CertificateFacts) -> dict[str, Any]:
    """What the template shows."""
    table = page.rows(facts)
    authority = page.authority(facts)
    return {
        "facts": facts,
        "title": page.TITLES[facts.kind],
        "preamble": page.PREAMBLES[facts.kind],
        "rows": table,
        "density": page.density(table),
        "authority": authority,
        "issued": page.Line(page.chinese_day(facts.issued_on), page.english_day(facts.issued_on)),
        "seal": seal(authority.zh, page.DEMO_SEAL_LINE if facts.demo else page.SEAL_LINE),
        "code": check_code(facts.check_url),
        "check_text": facts.check_url.split("://", 1)[-1],
    }


def check_code(url: str) -> str:
    """A QR code of the address as a data URI, readable with a sixth of it soiled (level M)."""
    code = segno.make(url, error="m", boost_error=False, micro=False)
    return str(code.svg_data_uri(border=4, omitsize=True, light="#fff"))


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal, by which an issued file is known again."""
    return sha256(content).hexdigest()
