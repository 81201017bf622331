"""What somebody does with a browser: open, read, follow, fill in, hand in."""

import re

HANDS_IN = "main form:not([data-exam-form]) button.govuk-button[type=submit]"
ERRORS, REFUSED = "main .govuk-error-summary a", 422
TYPED = {"text", "email", "password", "search", "tel", "number", "url", "textarea"}
CHOSEN = {"radio", "checkbox"}


class Person:
    """Every page that is reached is inspected."""

    def __init__(self, context, root, inspector):
        self.context, self.root, self.inspector = context, root, inspector
        self.page = context.new_page()
        self.page.set_default_timeout(60_000)
        inspector.listen(self.page)

    def open(self, path):
        """By the address line; a whole address is taken as it is."""
        return self._reached(self.page.goto(path if ":" in path else self.root + path))

    def follow(self, target):
        """By a link of the page whose address contains this."""
        return self.press(f'main a[href*="{target}"]')

    def unfold(self):
        """What a page keeps folded until it is asked for."""
        self.page.locator("main summary").first.click()
        return self

    def press(self, selector=HANDS_IN):
        """A button or link that leads to another page."""
        with self.page.expect_navigation() as reached:
            self.page.locator(selector).first.click()
        return self._reached(reached.value)

    def fill_in(self, **answers):
        for name, value in answers.items():
            self._answer(self.page.locator(f'main [name="{name}"]'), value)
        return self

    def hand_in(self, **answers):
        return self.fill_in(**answers).press()

    def is_refused(self, **answers):
        """The same form comes back, says what is wrong, and keeps what was typed."""
        self.fill_in(**answers)
        with self.page.expect_navigation() as reached:
            self.page.locator(HANDS_IN).first.click()
        assert reached.value.status == REFUSED, self.text
        assert self.page.locator(ERRORS).count() > 0, self.text
        for name, value in answers.items():
            assert self.page.locator(f'main [name="{name}"]').input_value() == value
        self.inspector.forgive(str(REFUSED))
        self.inspector.inspect(self.page)
        return self

    def step(self, path, **answers):
        """Open the page of a step and take it."""
        return self.open(path).hand_in(**answers)

    def attach(self, path, name, content):
        """Upload a file by the only file field of a page."""
        self.open(path)
        self.page.locator("main input[type=file]").set_input_files(
            {"name": name, "mimeType": "application/pdf", "buffer": content})
        return self.press()

    def download(self, selector):
        """What a link gives as a file."""
        with self.page.expect_download() as begun:
            self.page.locator(selector).first.click()
        return begun.value.path().read_bytes()

    def reads(self, *words):
        """Fails where the page does not say all of this."""
        text = self.text
        missing = [word for word in words if word not in text]
        assert not missing, f"{self.page.url} does not say {missing}:\n{text}"
        return self

    def targets(self, selector):
        """Where the links lead to that the page shows under this."""
        return [link.evaluate("link => link.href").removeprefix(self.root)
                for link in self.page.locator(selector).all()]

    @property
    def text(self):
        return self.page.locator("main").inner_text()

    @property
    def path(self):
        """Where this is, without language and question."""
        return self.page.url.removeprefix(self.root).split("?")[0]

    def finds(self, pattern):
        """What the first group of the pattern matches in the page's text."""
        found = re.search(pattern, self.text)
        assert found, f"{self.page.url} shows nothing like {pattern}:\n{self.text}"
        return found[1]

    def _answer(self, field, value):
        kind = field.first.evaluate("field => field.type")
        if value is True:
            field.check()
        elif kind in CHOSEN:
            for each in [value] if isinstance(value, str) else value:
                field.and_(self.page.locator(f'[value="{each}"]')).check()
        elif kind in TYPED:
            field.fill(value)
        else:
            field.select_option(value)

    def _reached(self, response):
        said = f"{response.status} at {response.url}:\n{self.text}"
        assert response.status < 400, said
        self.inspector.inspect(self.page)
        return self
