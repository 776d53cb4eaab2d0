"""A report's page in a real browser: reachable for everybody, and nothing of it runs or fetches."""

import pytest
from support import samples
from support.languages import LANGUAGES
from support.pages import HOSTILE

from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.pages.feedback_page import FeedbackPart, feedback_page
from grader.pages.report_page import report_page
from grader.pages.source import Line, marked_source
from grader.report.audience import for_audience
from grader.report.localise import localise

NARROW, WIDE = 360, 1200
BROKEN = """
import numpy as np


def softmax(x):
    e = np.exp(x)
    if x.ndim > 1:
        return e / e.sum(axis=1)  # {}
    return e / e.sum(axis=-1, keepdims=True)
""".format("a comment that is much longer than the line of a telephone " * 4)


@pytest.fixture
def opened(chromium, tmp_path):
    """Open a page as a file in a window; return it with what it asked for and complained of."""
    contexts = []

    def open_(html, width=WIDE, scheme="light", media="screen"):
        file = tmp_path / "page.html"
        file.write_text(html, encoding="utf-8")
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        told = []
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda one: told.append(one.url) if "data:" not in one.url else None)
        page.emulate_media(media=media, color_scheme=scheme)
        page.goto(file.as_uri())
        assert told.pop(0) == file.as_uri()
        return page, told

    yield open_
    for context in contexts:
        context.close()


def written(text):
    return [Line(None, number, line) for number, line in enumerate(text.split("\n"), 1)]


def pages(grader, lang):
    """Yield pages of every sort: wrong code, a quiz, every status, everything."""
    course = Course(builtin_root())
    code, _ = grader.grade("ex11", BROKEN)
    quiz, _ = grader.grade("ex14", "loss_first: 2\nloss_mean:\n", name="ex14.yaml")
    drawn, _ = grader.grade("ex22", None, "--all", name=REFERENCE)
    for report, text in ((code, BROKEN), (quiz, "loss_first: 2\nloss_mean:\n"), (drawn, "")):
        shown = localise(report, course, lang)
        source = marked_source(shown, "answer.py", written(text))
        yield report_page(shown, source=source)
    mixed = localise(samples.mixed(), None, lang)
    source = marked_source(mixed, "answer.py", written("x\n" * 9))
    yield report_page(mixed, everything=True, source=source)
    yield report_page(mixed, without_source="It is not here.")
    given = [localise(one, course, lang) for one in (code, quiz)]
    decided = ("Another one counts.", "")
    yield feedback_page(
        [
            FeedbackPart(for_audience(one, "student"), decided=said)
            for one, said in zip(given, decided, strict=True)
        ],
        lang,
    )


REFERENCE = builtin_root() / "answers" / "ex22_autograd" / "reference.py"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_no_violation_in_any_light_and_at_any_width(grader, opened, lang):
    from support.browser import scrolls_sideways, violations  # noqa: PLC0415 - needs playwright

    for html in pages(grader, lang):
        for width, scheme in ((NARROW, "dark"), (WIDE, "light")):
            page, told = opened(html, width, scheme)
            assert violations(page) == []
            assert not scrolls_sideways(page)
            assert page.locator("html").get_attribute("lang") == lang
            assert told == []


def test_axe_would_find_what_is_wrong(opened):
    from support.browser import violations  # noqa: PLC0415 - needs playwright

    page, _ = opened(
        "<html><body style='color:#ccc;background:#fff'><img src='data:,'>text</body></html>"
    )
    found = " ".join(violations(page))
    assert all(rule in found for rule in ("color-contrast", "html-has-lang", "image-alt"))


def test_what_a_submission_brings_does_not_run(opened):
    report = localise(samples.mixed(), None, "en")
    report.output.text = "\n".join(HOSTILE)
    for check in report.checks:
        check.title = HOSTILE[0]
        for message in check.feedback:
            message.text = "\n\n".join(HOSTILE)
    source = marked_source(report, HOSTILE[1], written("\n".join(HOSTILE)))
    page, told = opened(report_page(report, everything=True, source=source))
    assert told == []
    assert page.locator("script").count() == 0
    assert page.locator("a").count() == 0


def test_scripts_and_foreign_styles_would_be_refused(opened):
    html = report_page(localise(samples.mixed(), None, "en"))
    smuggled = "<script>document.title='seen'</script><p style='color:red'>x</p><img src=http://127.0.0.1:9/x>"
    page, told = opened(html.replace("</main>", f"{smuggled}</main>"))
    assert page.title() != "seen"
    assert len([text for text in told if "Content Security Policy" in text]) == 3


def test_without_colour_and_on_paper_every_status_is_a_word(opened):
    report = localise(samples.mixed(), None, "en")
    source = marked_source(report, "answer.py", written("x\n" * 9))
    page, _ = opened(
        report_page(report, everything=True, source=source), scheme="dark", media="print"
    )
    text = page.inner_text("body")
    assert all(f"{word}" in text for word in ("PASS", "FAIL", "ERROR", "TIMEOUT", "← ERROR"))
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf().startswith(b"%PDF-")
