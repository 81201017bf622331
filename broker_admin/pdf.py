"""HTML to PDF, offline.  The only module that imports WeasyPrint, and only when a page is printed.

A document may name the package's own stylesheets and fonts (``asset:certificate.css``) and
pictures that its template draws itself (``data:image/svg+xml``).  Anything else stops the print:
a certificate without its emblem is worse than none, and a fetch from here reaches inner networks.
"""

import ctypes
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from html import unescape
from io import StringIO
from pathlib import Path
from threading import Lock
from typing import Any

from flask import current_app

from broker_admin.config import ROOT
from broker_admin.glyphs import missing_glyphs
from broker_admin.refusals import N_, Refused

STATIC = Path(__file__).parent / "static"
ASSETS = {
    "fonts.css": "text/css",
    "certificate.css": "text/css",
    "certificate-border.svg": "image/svg+xml",
    "certificate-rosette.svg": "image/svg+xml",
    "letter.css": "text/css",
    "fonts/register-song-regular.woff2": "font/woff2",
    "fonts/register-song-bold.woff2": "font/woff2",
}
PICTURES = ("data:image/svg+xml;", "data:image/svg+xml,", "data:image/png;")

# Where scripts/no-root-pdf puts the libraries of a machine without an administrator.
USER_LIBRARIES = ROOT / "var" / "weasy"

# Pango's font map must not be used by two threads at once.
_one_at_a_time = Lock()


class PdfUnavailable(Refused):
    """The libraries that draw PDF are not installed; the sentence names the cure."""

    def __init__(self) -> None:
        super().__init__(N_(
            "PDF files cannot be made on this server: the Pango libraries are missing. An "
            "administrator can run “apt-get install libpangoft2-1.0-0 libharfbuzz-subset0”; "
            "without administrator rights run “scripts/no-root-pdf”."
        ))


class MissingGlyphs(Refused):
    """The document has characters that the printing font cannot draw."""

    def __init__(self, characters: list[str]) -> None:
        listed = " ".join(f"{lost} (U+{ord(lost):04X})" if lost.isprintable()
                          else f"U+{ord(lost):04X}" for lost in characters)
        super().__init__(N_("The printing font has no shape for: %(listed)s"), listed=listed)
        self.characters = characters


class TooLong(Refused):
    """The document does not fit the sheets that it may have."""

    def __init__(self, sheets: int, most: int) -> None:
        super().__init__(
            N_("The document needs %(sheets)d sheets and may have %(most)d; shorten its texts."),
            sheets=sheets, most=most)


class ForeignAsset(Exception):  # noqa: N818 (it is a refusal of the document)
    """The document asked for something that is not the package's own."""


def printed(template: str, **context: Any) -> str:
    """The template as HTML for render; the same in a request and in a job, which has none."""
    return current_app.jinja_env.get_template(template).render(asset=_asset, **context)


def render(html: str, *, title: str, lang: str, most_pages: int | None = None) -> bytes:
    """The document as a tagged PDF; the same input gives the same bytes.

    Raises PdfUnavailable, MissingGlyphs, TooLong or ForeignAsset, and then has written nothing.
    """
    if missing := missing_glyphs(unescape(html)):
        raise MissingGlyphs(missing)
    with _one_at_a_time:
        weasyprint, fetcher, fonts = _press()
        with _nothing_lost(weasyprint):
            document = weasyprint.HTML(
                string=html, base_url="asset:document", url_fetcher=fetcher,
            ).render(font_config=fonts, stylesheets=[_font_faces()], pdf_tags=True)
            if most_pages and len(document.pages) > most_pages:
                raise TooLong(len(document.pages), most_pages)
            document.metadata.title, document.metadata.lang = title, lang
            return bytes(document.write_pdf(pdf_tags=True))


@contextmanager
def _nothing_lost(weasyprint: Any) -> Iterator[None]:
    """Around layout and writing, since attachments and drawings are fetched only in the latter.

    WeasyPrint only logs that a picture failed, even where the fetcher's refusal is fatal.
    """
    lost: list[str] = []
    watch = logging.Handler(logging.ERROR)
    watch.emit = lambda record: lost.append(record.getMessage())  # type: ignore[method-assign]
    weasyprint.LOGGER.addHandler(watch)
    try:
        yield
    except weasyprint.urls.FatalURLFetchingError as refusal:
        raise ForeignAsset(str(refusal)) from None
    finally:
        weasyprint.LOGGER.removeHandler(watch)
    if failed := [message for message in lost if message.startswith("Failed to")]:
        raise ForeignAsset(failed[0][:200])


def _asset(name: str) -> str:
    return f"asset:{name}"


def available() -> bool:
    """Whether PDF files can be made here."""
    return _weasyprint() is not None


def load_user_libraries(directory: Path) -> list[str]:
    """Load unpacked libraries so that WeasyPrint finds them; the names of those that cannot be.

    They need each other in an order that only the linker knows: pass after pass takes those
    whose needs are met, until a pass loads nothing.
    """
    waiting = sorted(path for path in directory.rglob("*.so*") if path.is_file())
    progress = True
    while waiting and progress:
        refused = [path for path in waiting if not _loads(path)]
        progress, waiting = len(refused) < len(waiting), refused
    if (settings := directory / "fonts.conf").exists():
        os.environ.setdefault("FONTCONFIG_FILE", str(settings))
    return [path.name for path in waiting]


def _loads(library: Path) -> bool:
    try:
        ctypes.CDLL(str(library.resolve()), mode=ctypes.RTLD_GLOBAL)
    except OSError:
        return False
    return True


@cache
def _weasyprint() -> Any:
    """The module, or None where its libraries are missing; asked once in the life of a process."""
    if USER_LIBRARIES.is_dir():
        load_user_libraries(USER_LIBRARIES)
    try:
        # It prints advice on how to install it, and our own is shorter.
        with redirect_stdout(StringIO()):
            import weasyprint  # noqa: PLC0415 (half a second, and it may be missing)
    except (ImportError, OSError):
        return None
    return weasyprint


@cache
def _press() -> tuple[Any, Any, Any]:
    """WeasyPrint, the fetcher, and the fonts, which are unpacked once in the life of a process."""
    weasyprint = _weasyprint()
    if weasyprint is None:
        raise PdfUnavailable
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    return weasyprint, _fetcher(weasyprint), FontConfiguration()


@cache
def _font_faces() -> Any:
    weasyprint, fetcher, fonts = _press()
    return weasyprint.CSS(url="asset:fonts.css", url_fetcher=fetcher, font_config=fonts)


def _fetcher(weasyprint: Any) -> Any:
    class OwnAssetsOnly(weasyprint.URLFetcher):
        """Serves the package's own files; a ValueError would only be logged, so it is fatal."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            # A stylesheet names its pictures without a scheme, so that browsers find them too.
            name = url.removeprefix("asset:")
            if name in ASSETS:
                content = (STATIC / name).read_bytes()
                return weasyprint.urls.URLFetcherResponse(
                    url, content, {"Content-Type": ASSETS[name]})
            if url.startswith(PICTURES):
                return super().fetch(url, headers)
            raise weasyprint.urls.FatalURLFetchingError(f"Refused to fetch {url[:200]}")

    return OwnAssetsOnly(allowed_protocols=["data"], allow_redirects=False, fail_on_errors=True)
