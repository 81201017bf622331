"""The inspection itself: a look that never finds anything would be worth nothing."""

import pytest

from tests.journeys.inspection import Inspector
from tests.journeys.patience import until

pytestmark = pytest.mark.journeys
GOOD = '<!doctype html><html lang="en"><title>Fine</title><main><h1>Fine</h1></main></html>'


@pytest.fixture
def look(chromium, tmp_path):
    """Inspects a page of this content."""
    page = chromium.new_page()
    inspector = Inspector("en", True, tmp_path)
    inspector.listen(page)

    def inspect(content):
        page.set_content(content)
        inspector.inspect(page)
    return inspect


def test_a_good_page_is_pictured_once(look, tmp_path):
    look(GOOD)
    look(GOOD)
    assert len(list(tmp_path.glob("*.jpg"))) == 1


@pytest.mark.parametrize(("spoilt", "said"), [
    (("</main>", '<img src="data:,"></main>'), "image-alt"),
    (("</main>", '<p style="color:#ccc;background:#fff">Pale</p></main>'), "color-contrast"),
    (("</main>", "<script>console.error('Oh')</script></main>"), "Oh"),
    (("</main>", "<script>undefined.name</script></main>"), "undefined"),
    (('lang="en"', 'lang="zh-CN"'), "about:blank"),
])
def test_a_bad_page_is_refused(look, spoilt, said):
    with pytest.raises(AssertionError, match=said):
        look(GOOD.replace(*spoilt))


def test_waiting_ends_with_what_was_awaited():
    answers = iter((None, "", "here"))
    assert until(lambda: next(answers), "somebody is here") == "here"
