import re

import pytest

from broker_admin.licenses import printing


@pytest.fixture
def own_store(app, tmp_path, monkeypatch):
    """A store of this test's own, which it may spoil, and a press that takes no time."""
    monkeypatch.setitem(app.config, "DOCUMENT_STORE", str(tmp_path))
    monkeypatch.setattr(printing, "render_certificate", lambda facts: b"%PDF-drawn")


def hidden_in(page):
    """The hidden fields of a form, to hand in the same form twice."""
    return {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page.text)[1]
            for name in ("csrf_token", "once")}
