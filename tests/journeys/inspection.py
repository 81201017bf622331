"""What is demanded of every page that a journey reaches."""

import json
import re
from itertools import count
from pathlib import Path

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
RUN = """async (tags) => (await axe.run(document, {
  runOnly: {type: "tag", values: tags}, resultTypes: ["violations"],
})).violations.map((v) => ({
  rule: v.id, help: v.help,
  places: v.nodes.slice(0, 5).map((n) => [n.target.join(" "), n.failureSummary]),
}))"""
# Every kind of element on the page with its classes: what axe looks at.
SHAPE = """() => [...new Set([...document.body.querySelectorAll("*")].map(
  (e) => `${e.localName}.${e.className}${e.getAttribute("role") ?? ""}${e.hidden}`))].sort().join()"""
NARROW, WIDE = 390, 1280
HEIGHT = 900


class Inspector:
    """Collects what browsers complain of, and looks at each page as reached."""

    def __init__(self, language_tag, script, pictures):
        self.language_tag, self.script, self.pictures = language_tag, script, pictures
        self.complaints, self.numbers, self.seen = [], count(1), set()

    def listen(self, page):
        """Errors on the console (broken rules of the content policy among them) and of scripts."""
        page.on("console", lambda message: self._note(message.text, message.type == "error"))
        page.on("pageerror", lambda error: self._note(str(error)))

    def inspect(self, page):
        assert page.locator("html").get_attribute("lang") == self.language_tag, page.url
        if self._is_new(page):
            self._take_picture(page)
            if self.script:
                page.evaluate(AXE)
                for width in (NARROW, WIDE):
                    self._examine(page, width)
        assert not self.complaints, f"{page.url}: {self.complaints}"

    def _is_new(self, page):
        """The same page with other names and numbers in it would only be looked at twice."""
        shape = (re.sub(r"[A-Z]*[\d-]+", "", page.url), page.evaluate(SHAPE))
        new = shape not in self.seen
        self.seen.add(shape)
        return new

    def _take_picture(self, page):
        """On a wide screen with scripts, on a narrow one without."""
        if not self.script:
            page.set_viewport_size({"width": NARROW, "height": HEIGHT})
        name = re.sub(r"[^a-z0-9]+", "-", page.url.split("/", 4)[-1].lower())[:40].strip("-")
        page.screenshot(path=self.pictures / f"{next(self.numbers):03d}-{name or 'home'}.jpg",
                        type="jpeg", quality=50, full_page=True)

    def _examine(self, page, width):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found = page.evaluate(RUN, TAGS)
        assert not found, f"{page.url} at {width} px: {json.dumps(found, indent=1)}"

    def _note(self, text, serious=True):
        if serious:
            self.complaints.append(text)
