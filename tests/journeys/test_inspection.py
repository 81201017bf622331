"""The inspection itself: a look that never finds anything would be worth nothing."""

import pytest

from tests.journeys.conftest import CHINESE, ENGLISH
from tests.journeys.inspection import Inspector
from tests.journeys.patience import until

pytestmark = pytest.mark.journeys
GOOD = '<!doctype html><html lang="en"><title>Fine</title><main><h1>Fine</h1></main></html>'


@pytest.fixture
def look(request, chromium, tmp_path):
    """Inspects a page of this content; an English one, unless a test says otherwise."""
    page = chromium.new_page()
    inspector = Inspector(getattr(request, "param", ENGLISH), tmp_path)
    inspector.listen(page)

    def inspect(content):
        page.set_content(content)
        inspector.inspect(page)
    return inspect


def test_a_good_page_is_pictured_once_per_width(look, tmp_path):
    look(GOOD)
    look(GOOD)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "001-start-en-1280.jpg", "001-start-en-390.jpg"]


@pytest.mark.parametrize(("spoilt", "said"), [
    (("</main>", '<img src="data:,"></main>'), "image-alt"),
    (("</main>", '<p style="color:#ccc;background:#fff">Pale</p></main>'), "color-contrast"),
    (("</main>", "<script>console.error('Oh')</script></main>"), "Oh"),
    (("</main>", "<script>undefined.name</script></main>"), "undefined"),
    (("</main>", '<p style="width:400px">Wide</p></main>'), "390 px"),
    (('lang="en"', 'lang="zh-CN"'), "about:blank"),
])
def test_a_bad_page_is_refused(look, spoilt, said):
    with pytest.raises(AssertionError, match=said):
        look(GOOD.replace(*spoilt))


@pytest.mark.parametrize("look", [CHINESE], indirect=True, ids=str)
@pytest.mark.parametrize("marked", ["有效:可以", "有效 (可以", "可以)", "甲, 乙"])
def test_half_width_marks_are_refused_in_chinese(look, marked):
    page = GOOD.replace('lang="en"', 'lang="zh-CN"')
    look(page.replace("</main>", "甲、乙：（可以）。</main>"))
    with pytest.raises(AssertionError, match="punctuates"):
        look(page.replace("</main>", f"<p>{marked}</p></main>"))


def test_waiting_ends_with_what_was_awaited():
    answers = iter((None, "", "here"))
    assert until(lambda: next(answers), "somebody is here") == "here"
