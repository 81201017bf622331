"""Official letters: a template under ``templates/letters/`` as PDF, in the language of its reader."""

from typing import Any

from flask_babel import force_locale

from broker_admin import pdf
from broker_admin.glyphs import spelled_out
from broker_admin.i18n import TAGS
from broker_admin.stamp import seal


def render_letter(template: str, *, title: str, lang: str, **context: Any) -> bytes:
    """The letter on as many A4 sheets as it needs.  ``lang`` is ``zh`` or ``en``.

    A letter quotes what people wrote, so a character without a shape is spelled out and
    never keeps a decision from being sent.
    """
    html = letter_page(template, title=title, lang=lang, **context)
    return pdf.render(html, title=spelled_out(title), lang=TAGS[lang])


def letter_page(template: str, *, title: str, lang: str, **context: Any) -> str:
    """The letter as HTML, as it goes to print."""
    with force_locale(lang):
        html = pdf.printed(template, title=title, lang=lang, lang_tag=TAGS[lang],
                           seal=seal, **context)
    return spelled_out(html)
