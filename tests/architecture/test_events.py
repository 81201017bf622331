"""Every event has a name of its own, words for it, and mails in both languages."""

import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest

import broker_admin
from broker_admin.audit.words import WORDS
from broker_admin.config import ROOT
from broker_admin.events import Event

MAILS = ROOT / "templates/email"


def every_event():
    for module in pkgutil.walk_packages(broker_admin.__path__, "broker_admin."):
        if module.name.endswith("events"):
            import_module(module.name)
    waiting, found = [Event], []
    while waiting:
        children = waiting.pop().__subclasses__()
        waiting.extend(children)
        found.extend(children)
    return sorted((e for e in found if e.__module__.startswith("broker_admin.") and "name" in vars(e)),
                  key=lambda event: event.name)


EVENTS = every_event()
MAILED = sorted({event.email for event in EVENTS if event.email})


def test_no_two_events_share_a_name():
    names = [event.name for event in EVENTS]
    assert [name for name in names if names.count(name) > 1] == []


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)
def test_every_event_is_named_after_noun_and_deed(event):
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", event.name)
    assert event.name in WORDS


@pytest.mark.parametrize("email", MAILED)
def test_every_mail_has_a_subject_and_a_body(email):
    assert [part for part in ("subject.txt", "txt") if not (MAILS / f"{email}.{part}").exists()] == []


def test_no_mail_lies_about_that_nobody_sends():
    lying = {str(Path(path).relative_to(MAILS)).removesuffix(".subject.txt")
             for path in MAILS.rglob("*.subject.txt")}
    assert lying - set(MAILED) == set()
