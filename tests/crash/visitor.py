"""A browser over the network: keeps cookies, and hands in forms as the page filled them."""

import http.client
import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from http import HTTPStatus

import html5lib


class Unanswered(Exception):  # noqa: N818 (it is no fault of the visitor's)
    """The server went away; whether it did what was asked, nobody knows yet."""


class Visitor:
    def __init__(self, root):
        self.root = root
        keep = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(keep, _Stay())

    def ask(self, path, answers=None):
        """Code and page."""
        data = urllib.parse.urlencode(answers).encode() if answers is not None else None
        try:
            with self._answer(f"{self.root}{path}", data) as answer:
                code, page = answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException) as error:  # also where it broke off half way
            raise Unanswered from error
        if code == HTTPStatus.SERVICE_UNAVAILABLE:  # says: try again
            raise Unanswered
        return code, page

    def _answer(self, address, data):
        try:
            return self.opener.open(address, data, timeout=30)
        except urllib.error.HTTPError as error:  # an answer too
            return error

    def submit(self, path, **changes):
        """Fill in the page's form and hand it in; the code of the answer."""
        code, page = self.ask(path)
        if code != 200:
            return code
        return self.ask(path, [*filled_in(page, changes), *changes.items()])[0]


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def filled_in(page, without):
    """What the main form of a page would send as it stands."""
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(page)
    form = tree.find(".//main").find(".//form")
    for field in form.iter("input"):
        ticked = field.get("type") not in {"checkbox", "radio"} or field.get("checked") is not None
        if ticked and field.get("name") and field.get("name") not in without:
            yield field.get("name"), field.get("value", "")
    for field in form.iter("select"):
        for option in field.iter("option"):
            if option.get("selected") is not None and field.get("name") not in without:
                yield field.get("name"), option.get("value", option.text)
    for field in form.iter("textarea"):
        if field.get("name") not in without:
            yield field.get("name"), (field.text or "").strip()
