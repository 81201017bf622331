"""What is demanded of every page that a journey reaches."""

import json
import re
from itertools import count
from pathlib import Path

from broker_admin.i18n import TAGS as LANGUAGES

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
RUN = """async (tags) => (await axe.run(document, {
  runOnly: {type: "tag", values: tags}, resultTypes: ["violations"], preload: false,
})).violations.map((v) => ({
  rule: v.id, help: v.help,
  places: v.nodes.slice(0, 5).map((n) => [n.target.join(" "), n.failureSummary]),
}))"""
# Every kind of element on the page with its classes: what axe looks at.
SHAPE = """() => [...new Set([...document.body.querySelectorAll("*")].map(
  (e) => `${e.localName}.${e.className}${e.getAttribute("role") ?? ""}${e.hidden}`))]"""
OVERFLOW = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
HALF_WIDTH = re.compile("[\u4e00-\u9fff] ?[,:;?!(].{0,9}|.{0,9}[\u4e00-\u9fff]\\)")
# What differs between two addresses of the same page.
VARYING = re.compile(r"[A-Z]*[\d-]+|(?<=/documents/)[a-z_]+")
MISTAKE = "govuk-error-summary"
NARROW, WIDE = 390, 1280
HEIGHT = 900


class Inspector:
    """Collects what browsers complain of, and looks at each page as reached."""

    def __init__(self, manner, pictures):
        self.manner, self.pictures, self.step = manner, pictures, "start"
        self.complaints, self.numbers = [], count(1)
        self.places, self.kinds = set(), set()

    def listen(self, page):
        """Errors on the console (broken rules of the content policy among them) and of scripts."""
        page.on("console", lambda message: self._note(message.text, message.type == "error"))
        page.on("pageerror", lambda error: self._note(str(error)))

    def forgive(self, words):
        """What the browser complains of though it was meant to be."""
        self.complaints = [each for each in self.complaints if words not in each]

    def inspect(self, page):
        assert page.locator("html").get_attribute("lang") == LANGUAGES[self.manner.language], page.url
        if self._is_new(page):
            name = f"{next(self.numbers):03d}-{self.step}{self._words_of(page.url)}-{self.manner}"
            self._read(page)
            if self.manner.script:
                page.evaluate(AXE)
            for width in (NARROW, WIDE):
                self._examine(page, width, f"{name}-{width}.jpg")
        assert not self.complaints, f"{page.url}: {self.complaints}"

    def _read(self, page):
        """Between Chinese characters stand Chinese marks."""
        found = HALF_WIDTH.findall(page.locator("body").inner_text())
        assert self.manner.language != "zh" or not found, f"{page.url} punctuates {found}"

    def _is_new(self, page):
        """A page seen before, with nothing on it that no page had, would only be looked at twice."""
        kinds = set(page.evaluate(SHAPE))
        place = VARYING.sub("", page.url.split("?")[0]), any(MISTAKE in kind for kind in kinds)
        new = place not in self.places or not kinds <= self.kinds
        self.places.add(place)
        self.kinds |= kinds
        return new

    def _words_of(self, url):
        """What an address says besides numbers and codes."""
        parts = url.split("?")[0].split("/")[4:]
        return "".join(f"-{part}" for part in parts if re.fullmatch("[a-z-]{1,24}", part))

    def _examine(self, page, width, name):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.screenshot(path=self.pictures / name, type="jpeg", quality=50, full_page=True)
        assert not page.evaluate(OVERFLOW), f"{page.url} is wider than {width} px"
        if self.manner.script:
            found = page.evaluate(RUN, TAGS)
            assert not found, f"{page.url} at {width} px: {json.dumps(found, indent=1)}"

    def _note(self, text, serious=True):
        if serious:
            self.complaints.append(text)
