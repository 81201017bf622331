"""The people of a journey, each at a browser of their own."""

from broker_admin.i18n import TAGS
from tests.journeys.inspection import Inspector
from tests.journeys.person import Person
from tests.journeys.stage import PASSWORD, address

WIDE = {"width": 1280, "height": 900}


class Theatre:
    """Lets people enter, and keeps what later chapters need to know."""

    def __init__(self, browser, server, manner, pictures):
        self.browser, self.server, self.manner = browser, server, manner
        self.inspector = Inspector(manner, pictures)
        self.known, self.people = {}, {}

    def play(self, step):
        """One step of the life; its name stands on the pictures of it."""
        self.inspector.step = step.__name__
        step(self)

    def stranger(self, name):
        """Somebody who has not signed in."""
        if name not in self.people:
            context = self.browser.new_context(
                locale=TAGS[self.manner.language], java_script_enabled=self.manner.script,
                viewport=WIDE, accept_downloads=True)
            self.people[name] = Person(context, f"{self.server.address}/{self.manner.language}",
                                       self.inspector)
        return self.people[name]

    def enter(self, name):
        """Somebody signed in, who stays so until the end."""
        if name in self.people:
            return self.people[name]
        person = self.stranger(name)
        person.open("/account/sign-in")
        return person.hand_in(email=address(name), password=PASSWORD)
