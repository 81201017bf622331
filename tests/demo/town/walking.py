"""Somebody who opens every kind of page that is linked, and writes down the forms found there."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from broker_admin.clock import day_of, now
from broker_admin.rules.identifiers import identity_fault

SITE = "http://localhost"
PER_ENDPOINT = 2
MARKS = ("Demonstration · all data are fictitious", "演示环境")
# Pages that end the visit, files, and other sites.
NOT_FOLLOWED = {"accounts.sign_out", "static", None}


@dataclass
class Form:
    """Where a form stands, where it leads, and its fields with their kinds."""

    endpoint: str
    page: str
    action: str
    kinds: dict = field(default_factory=dict)


class Page(HTMLParser):
    """The links and the posted forms of one page."""

    def __init__(self, app, address, html):
        super().__init__()
        self.app, self.address = app, address
        self.links, self.forms, self.form = [], [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(urljoin(self.address, given["href"]))
        if tag == "form" and given.get("method", "get").lower() == "post":
            action = urljoin(self.address, given.get("action") or "")
            self.form = Form(endpoint_of(self.app, action), local(self.address), local(action))
            self.forms.append(self.form)
        if self.form and given.get("name") and tag in {"input", "select", "textarea"}:
            self.form.kinds[given["name"]] = given.get("type", "text") if tag == "input" else tag

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None


@dataclass
class Walk:
    """Where somebody came: the answer to each address, who linked it, and what was found there."""

    answers: dict = field(default_factory=dict)
    linked_from: dict = field(default_factory=dict)
    forms: dict = field(default_factory=dict)
    endpoints: set = field(default_factory=set)
    unmarked: list = field(default_factory=list)
    identifiers: dict = field(default_factory=dict)


def local(address):
    return address.removeprefix(SITE)


def identifiers_in(text):
    """Identity and mobile numbers; an organisation's credit code of digits alone is neither."""
    found = re.findall(r"(?<![\dA-Za-z])[1-9]\d{16}[\dXx](?![\dA-Za-z])", text)
    return ([number for number in found if not identity_fault(number, day_of(now()))]
            + re.findall(r"(?<![\w-])1[3-9]\d{9}(?!\w)", text))


def endpoint_of(app, address):
    """Which view an address of this site leads to; None for other sites and for nothing."""
    parts = urlsplit(address)
    path = parts.path
    for prefix in ("/en", "/zh"):
        if path == prefix or path.startswith(f"{prefix}/"):
            path = path.removeprefix(prefix) or "/"
    if parts.netloc not in {"", "localhost"} or parts.scheme not in {"", "http"}:
        return None
    try:
        return app.url_map.bind("localhost").match(path)[0]
    except RequestRedirect as redirect:
        return endpoint_of(app, redirect.new_url)
    except HTTPException:
        return "nowhere"


def walk(app, browser, start="/en/"):
    """Open what is linked, a few addresses of each endpoint, until nothing new is found."""
    found, waiting, seen = Walk(), [f"{SITE}{start}"], Counter()
    while waiting:
        address = waiting.pop(0)
        endpoint = endpoint_of(app, address)
        if endpoint in NOT_FOLLOWED or address in found.answers or seen[endpoint] >= PER_ENDPOINT:
            continue
        seen[endpoint] += 1
        with browser.get(local(address)) as answer:
            found.answers[address] = answer.status_code
            if answer.status_code == 302:
                waiting.append(urljoin(address, answer.location))
            if answer.mimetype == "text/html" and answer.status_code == 200:
                found.endpoints.add(endpoint)
                waiting += look_around(Page(app, address, answer.text), answer.text, found)
    return found


def look_around(page, text, found):
    """Write down what this page holds; returns where it leads."""
    links = [link.partition("#")[0] for link in page.links]
    for link in links:
        found.linked_from.setdefault(link, page.address)
    for form in page.forms:
        found.forms.setdefault((form.endpoint, *sorted(form.kinds)), form)
    if not any(mark in text for mark in MARKS):
        found.unmarked.append(page.address)
    if numbers := identifiers_in(text):
        found.identifiers[page.address] = (endpoint_of(page.app, page.address), numbers)
    return links
