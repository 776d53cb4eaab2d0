"""The class page in a real browser: reachable for everybody, on a telephone, and on paper."""

import pytest
from support.languages import LANGUAGES

from grader.classpage.page import class_page

NARROW, WIDE = 360, 1200
STATUSES = ("passed", "failed", "timeout", "error")


@pytest.fixture
def opened(chromium, tmp_path):
    """Open a page as a file in a window; return it with what it asked for and complained of."""
    contexts = []

    def open_(html, width=WIDE, scheme="light", media="screen"):
        file = tmp_path / "class.html"
        file.write_text(html, encoding="utf-8")
        context = chromium.new_context(viewport={"width": width, "height": 800})
        contexts.append(context)
        page = context.new_page()
        told = []
        page.on("console", lambda message: told.append(message.text))
        page.on("request", lambda one: told.append(one.url) if "data:" not in one.url else None)
        page.emulate_media(media=media, color_scheme=scheme)
        page.goto(file.as_uri())
        assert told.pop(0) == file.as_uri()
        return page, told

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def html(answer):
    """Make the page of a class of six in two exercises."""

    def html(lang):
        answers = [
            answer(f"student number {n}", *(STATUSES[(n + k) % 4 if n else 0] for k in range(5)),
                   exercise=exercise, lang=lang, days=n % 2)
            for n in range(6)
            for exercise in ("ex11", "ex12")
        ]  # fmt: skip
        titles = {"ex11": "Softmax of a long name", "ex12": "Loss"}
        return class_page(answers, lang, titles, str, {"student number 1": "feedback/1.html"})

    return html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_no_violation_in_any_light_and_at_any_width(html, opened, lang):
    from support.browser import scrolls_sideways, violations  # noqa: PLC0415 - needs playwright

    made = html(lang)
    for width, scheme in ((NARROW, "dark"), (WIDE, "light")):
        page, told = opened(made, width, scheme)
        assert violations(page) == []
        assert not scrolls_sideways(page)
        assert told == []
        assert page.locator("img").first.evaluate("one => one.naturalWidth") > 100


def test_on_paper_it_is_black_on_white_and_nothing_is_cut_off(html, opened):
    page, _ = opened(html("en"), 700, "dark", "print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    cut = "[...document.querySelectorAll('.wide')].filter(e => e.scrollWidth > e.clientWidth + 1)"
    assert page.evaluate(f"{cut}.length") == 0
    assert page.pdf().startswith(b"%PDF-")
