"""A report as the output of a cell: it changes nothing of the page that it stands in."""

import re

import pytest
from support import samples
from support.languages import LANGUAGES
from support.pages import HOSTILE, require_harmless

from grader.pages.fragment import report_fragment
from grader.report.localise import localise
from grader.report.view import view

HOST = """<!DOCTYPE html>
<html lang="{lang}"><head><title>A notebook</title></head>
<body {theme} style="margin: 0; background: {ground}; color: {ink}">
<main><h1>A notebook</h1><h2>A task</h2><p id="before">Text around it</p>{fragment}</main>
</body></html>
"""
LIGHT = {"theme": 'data-jp-theme-light="true"', "ground": "#ffffff", "ink": "#000000"}
DARK = {"ground": "#111111", "ink": "#eeeeee"}
HOSTS = {
    "JupyterLab": LIGHT,
    "JupyterLab, dark": {**DARK, "theme": 'data-jp-theme-light="false"'},
    "VS Code, dark": {**DARK, "theme": 'class="vscode-dark"'},
    "VS Code, high contrast": {**DARK, "theme": 'class="vscode-high-contrast"'},
    "Colab, dark": {**DARK, "theme": 'theme="dark"'},
    "a dark page that tells nothing": {**DARK, "theme": ""},
}


def mixed(lang="en"):
    return localise(samples.mixed(), None, lang)


def style_of(fragment):
    return fragment.partition("<style>")[2].partition("</style>")[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_shows_what_a_page_shows(lang):
    report = mixed(lang)
    seen = require_harmless(report_fragment(report, everything=True))
    shown = view(report, everything=True)
    for text in (shown.title, shown.headline, shown.points):
        assert text in seen.text
    assert seen.tags[0] == (
        "div",
        {"class": "nn-grader tex2jax_ignore mathjax_ignore", "lang": lang},
    )


def test_it_has_no_headings_which_would_be_in_a_table_of_contents():
    tags = {tag for tag, _ in require_harmless(report_fragment(mixed(), everything=True)).tags}
    assert not tags & {"h1", "h2", "h3", "h4", "h5", "h6", "html", "body", "main"}
    headings = re.findall(r'role="heading" aria-level="(\d)"', report_fragment(mixed()))
    assert headings[0] == "3"
    assert set(headings[1:]) <= {"4", "5"}


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_submission_is_markup(text):
    report = mixed()
    report.output.text = text
    for check in report.checks:
        check.title = text
        for message in check.feedback:
            message.text = text
    require_harmless(report_fragment(report, everything=True))


def test_every_rule_is_within_the_fragment():
    style, depth = style_of(report_fragment(mixed())), 0
    outside = ""
    for sign in style:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        outside += sign if depth == 0 else ""
    selectors = [one.strip() for one in outside.split("}") if one.strip()]
    assert depth == 0
    assert len(selectors) == 3
    assert all(one.endswith(".nn-grader.nn-grader") for one in selectors)


@pytest.fixture
def shown_in(chromium):
    """Show a fragment in a page; return the page."""
    contexts = []

    def show(fragment, host, lang="en"):
        context = chromium.new_context(viewport={"width": 900, "height": 800})
        contexts.append(context)
        page = context.new_page()
        page.set_content(HOST.format(fragment=fragment, lang=lang, **host))
        return page

    yield show
    for context in contexts:
        context.close()


@pytest.mark.parametrize("host", HOSTS.values(), ids=HOSTS)
def test_axe_finds_no_violation_in_any_front_end(shown_in, host):
    from support.browser import scrolls_sideways, violations  # noqa: PLC0415 - needs playwright

    page = shown_in(report_fragment(mixed(), everything=True), host)
    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_the_page_around_it_stays_as_it_is_and_its_theme_is_followed(shown_in):
    colours = """["#before", ".nn-grader"].map(one => {
        const style = getComputedStyle(document.querySelector(one));
        return [style.color, style.backgroundColor, style.fontWeight];
    })"""
    dark = shown_in(report_fragment(mixed()), HOSTS["JupyterLab, dark"]).evaluate(colours)
    light = shown_in(report_fragment(mixed()), LIGHT).evaluate(colours)
    assert dark[0] == ["rgb(238, 238, 238)", "rgba(0, 0, 0, 0)", "400"]
    assert light[0] == ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)", "400"]
    assert dark[1][:2] == ["rgb(236, 236, 236)", "rgb(22, 24, 27)"]
    assert light[1][:2] == ["rgb(26, 26, 26)", "rgb(255, 255, 255)"]
