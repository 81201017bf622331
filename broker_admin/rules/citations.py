"""How an article is named to readers: as law only where its text was read.  Pure."""

from typing import Protocol

_MARK = {"zh": "，未核对原文", "en": ", text not checked"}
_BEHIND = {"zh": "{}（{}）", "en": "{} ({})"}


class Provision(Protocol):
    @property
    def article(self) -> str: ...
    @property
    def confirmed(self) -> bool: ...


class NamedProvision(Provision, Protocol):
    def name(self, lang: str) -> str: ...


def cited(provision: Provision, lang: str) -> str:
    """The article for a page, marked where its text was not read; empty where none is known.

    >>> from broker_admin.rules.limits import Limit, Unit
    >>> cited(Limit("decision", 20, Unit.WD, article="行政许可法第42条"), "en")
    '行政许可法第42条, text not checked'
    """
    if provision.confirmed or not provision.article:
        return provision.article
    return provision.article + _MARK[_kind(lang)]


def named(provision: NamedProvision, lang: str) -> str:
    """Its name, and behind it the article as :func:`cited`."""
    article = cited(provision, lang)
    return _BEHIND[_kind(lang)].format(provision.name(lang), article) if article else provision.name(lang)


def quoted(provision: Provision) -> str:
    """The article for a document, which must not print as law what was not read."""
    return provision.article if provision.confirmed else ""


def _kind(lang: str) -> str:
    # Locales come with their script and country: zh_Hans_CN.
    return "zh" if lang.startswith("zh") else "en"
