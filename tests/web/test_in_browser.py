"""The served pages in a real browser: a quiz, a save, hints, languages, with the keyboard alone."""

import re

import pytest
from support.languages import LANGUAGES
from support.text_blocks import block

from grader.course.loading import Course
from grader.course.locate import builtin_root

NARROW, WIDE = 360, 1200
BACKSTOP = 60_000  # milliseconds that nothing needs
ANSWERS = builtin_root() / "answers"
RIGHT = (ANSWERS / "ex11_softmax" / "reference.py").read_text(encoding="utf-8")
WRONG = """
import numpy as np


def softmax(x):
    e = np.exp(x)
    return e / e.sum(axis=-1, keepdims=True)
"""


@pytest.fixture
def window(chromium):
    """A window of the browser; what goes wrong in its pages fails the test."""
    contexts, told = [], []

    def open_(address, width=WIDE, scheme="light"):
        size = {"width": width, "height": 800}
        context = chromium.new_context(viewport=size, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(BACKSTOP)
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("console", lambda one: told.append(one.text) if one.type == "error" else None)
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert told == []


def shows(page, selector, text):
    """Wait until an element holds a text."""
    from playwright.sync_api import expect  # noqa: PLC0415 - only where there is a browser

    expect(page.locator(selector).first).to_contain_text(text, timeout=BACKSTOP)


def numbered(page, selector, number):
    """Wait until there are so many elements: a click returns before the next page is there."""
    from playwright.sync_api import expect  # noqa: PLC0415 - only where there is a browser

    expect(page.locator(selector)).to_have_count(number, timeout=BACKSTOP)


def clean(page):
    from support.browser import scrolls_sideways, violations  # noqa: PLC0415 - needs playwright

    assert violations(page) == []
    assert not scrolls_sideways(page)


def one_of_each_kind():
    """Return exercises of the course that have every kind of question, and pictures."""
    found = {}
    for exercise in Course(builtin_root()).exercises():
        if exercise.model.kind != "code":
            for question in exercise.quiz.questions:
                found.setdefault(question.kind, exercise.model.id)
        if any(not picture.check for picture in exercise.model.pictures):
            found.setdefault("picture", exercise.model.id)
    assert len(found) > 6
    return dict.fromkeys(found.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sort_of_page_is_reachable_for_everybody(serve, window, lang):
    served = serve("--edit")
    (served.folder / "ex11_softmax.py").write_text(WRONG, encoding="utf-8")
    served.send("en/ex11/grade", "")
    page = window(served.address, NARROW, "dark")
    for place in ("", "ex11?hints=9", *one_of_each_kind()):
        page.goto(f"{served.address}{lang}/{place}")
        assert page.locator("html").get_attribute("lang") == lang
        for width, scheme in ((NARROW, "dark"), (WIDE, "light")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            clean(page)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_exercise_is_reachable_for_everybody(serve, window, lang):
    served = serve()
    page = window(served.address, NARROW, "dark")
    for exercise in Course(builtin_root()).exercises():
        page.goto(f"{served.address}{lang}/{exercise.model.id}?hints=99")
        clean(page)


def test_a_quiz_from_question_to_verdict(serve, window):
    served = serve()
    page = window(f"{served.address}en/ex14", NARROW)
    page.get_by_label("Your answer").nth(0).fill("1,140")
    page.get_by_label("Your answer").nth(1).fill("-1.428")
    page.get_by_label("Your answer").nth(2).fill("one and a half")
    page.get_by_role("button", name="Save and grade").click()
    shows(page, "#status", "1 of 4 points")
    shows(page, "#loss_first legend", "PASS")
    shows(page, "#loss_second legend", "FAIL")
    shows(page, "#report", "The size of your number is right, its sign is not.")
    shows(page, "#loss_mean .problem", "Not saved")
    assert page.get_by_label("Your answer").nth(2).input_value() == "one and a half"
    clean(page)
    file = served.folder / "ex14_cross_entropy_by_hand.yaml"
    assert "loss_second: -1.428" in file.read_text(encoding="utf-8")
    page.get_by_label("Your answer").nth(1).fill("1.428")
    page.get_by_label("Your answer").nth(2).fill("")
    page.get_by_role("button", name="Save and grade").click()
    shows(page, "#loss_second legend", "PASS")
    page.get_by_role("link", name="Exercises").first.click()
    shows(page, "main", "points: 2 of 4")


def test_a_quiz_with_the_keyboard_alone(serve, window):
    served = serve()
    page = window(f"{served.address}en/ex34")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        kind = page.evaluate("document.activeElement.type || document.activeElement.tagName")
        seen.append(kind)
        if kind == "select-one":
            page.keyboard.type(str(seen.count("select-one")))
        elif kind == "radio":
            page.keyboard.press("Space")
            page.keyboard.press("ArrowDown")
        elif kind == "text":
            page.keyboard.type("32")
        elif kind == "submit":
            style = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(style) != "none"  # what has the focus shows it
            page.keyboard.press("Enter")
            break
    assert {"select-one", "radio", "text", "submit"} <= {*seen}
    shows(page, "#status", "points")
    text = (served.folder / "ex34_training_order.yaml").read_text(encoding="utf-8")
    assert "updates: 32" in text
    assert re.search(r"^steps: \[\w+(, \w+){5}\]$", text, re.MULTILINE)
    assert re.search(r"^which_weights: \w+$", text, re.MULTILINE)


def test_a_save_is_seen(serve, window):
    served = serve()
    page = window(f"{served.address}en/ex11")
    shows(page, "#answer", "There is no answer to ex11 in this folder yet.")
    page.get_by_role("button", name="Write the file to start from").click()
    shows(page, "#answer", "Write your answer in ex11_softmax.py, in your editor.")
    file = served.folder / "ex11_softmax.py"
    file.write_text(WRONG, encoding="utf-8")
    shows(page, "#status", "12 of 20 points")
    shows(page, "#report", "Your exponentials leave the range")
    shows(page, ".marked", "def softmax(x):")
    clean(page)
    temporary = served.folder / "ex11_softmax.py~"
    temporary.write_text(RIGHT, encoding="utf-8")
    temporary.replace(file)  # as editors do that rename over the file
    shows(page, "#status", "All right: 20 of 20 points.")
    file.write_text(
        RIGHT
        + block("""


        def softmax(x):
            raise ValueError
    """),
        encoding="utf-8",
    )
    shows(page, "#report", "ValueError")


def test_a_save_is_seen_in_every_window_and_language(serve, window):
    served = serve()
    file = served.folder / "ex11_softmax.py"
    file.write_text(WRONG, encoding="utf-8")
    english = window(f"{served.address}en/ex11")
    russian = window(f"{served.address}ru/ex11")
    shows(english, "#status", "12 of 20 points")
    shows(russian, "#status", "Баллов: 12 из 20")
    file.write_text(RIGHT, encoding="utf-8")
    shows(english, "#status", "All right")
    shows(russian, "#report", "ВЕРНО")


def test_the_language_is_switched_on_the_same_page(serve, window):
    served = serve()
    page = window(f"{served.address}en/ex11")
    page.get_by_role("link", name="Français").click()
    shows(page, "#answer", "Votre réponse")
    shows(page, "h1", "ex11 · Softmax")
    assert page.url == f"{served.address}fr/ex11"
    assert page.locator("html").get_attribute("lang") == "fr"
    page.get_by_role("link", name="Русский").click()
    shows(page, "#answer", "Ваш ответ")


def test_hints_are_shown_one_at_a_time(serve, window):
    served = serve()
    page = window(f"{served.address}en/ex11")
    numbered(page, ".hint", 0)
    for number in (1, 2, 3):
        page.get_by_role("link", name=f"Show hint {number} of 3").click()
        numbered(page, ".hint", number)
    assert page.get_by_role("link", name="Show hint").count() == 0


def test_code_is_written_in_the_browser_where_that_is_allowed(serve, window):
    served = serve("--edit")
    page = window(f"{served.address}en/ex11")
    area = page.get_by_label("The text of ex11_softmax.py")
    assert "def softmax(x):" in area.input_value()
    area.fill(WRONG)
    page.get_by_role("button", name="Save and grade").click()
    shows(page, "#status", "12 of 20 points")
    file = served.folder / "ex11_softmax.py"
    assert file.read_text(encoding="utf-8").strip() == WRONG.strip()
    clean(page)
    file.write_text("# from an editor\n", encoding="utf-8")
    area.fill(RIGHT)
    page.get_by_role("button", name="Save and grade").click()
    shows(page, "[role=alert]", "has changed since this page was opened")
    assert file.read_text(encoding="utf-8") == "# from an editor\n"
    assert area.input_value().strip() == RIGHT.strip()
    page.get_by_role("button", name="Save and grade").click()
    shows(page, "#status", "All right")


def test_what_a_file_brings_does_not_run(serve, window):
    served = serve()
    hostile = "<img src=x onerror=alert(1)><script>alert(1)</script>"
    code = block(f"""
            def softmax(x):
                print({hostile!r})
                raise ValueError({hostile!r})  # {hostile}
        """)
    (served.folder / "ex11_softmax.py").write_text(code, encoding="utf-8")
    page = window(f"{served.address}en/ex11")
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    shows(page, "#report", hostile)
    assert page.locator("#report script").count() == 0
    assert page.locator("#report img[src=x]").count() == 0
    assert dialogs == []


def test_a_page_that_is_not_there_says_so(serve, chromium):
    served = serve()
    context = chromium.new_context()
    page = context.new_page()
    assert page.goto(f"{served.address}fr/ex99").status == 404
    shows(page, "h1", "Il n'y a pas de telle page")
    clean(page)
    context.close()


def test_a_page_says_when_the_server_is_gone(serve, chromium):
    served = serve()
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{served.address}en/ex11")
    assert served.stop() == 130
    shows(page, "#status", "The connection to `grader serve` has ended.")
    context.close()
