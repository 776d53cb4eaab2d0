"""What a page may hold: what runs, fetches or leads elsewhere is none of it."""

from html.parser import HTMLParser

TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "section", "div", "span"),
    *("h1", "h2", "h3", "h4", "p", "pre", "code", "em", "strong", "br", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img"),
}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[here](javascript:alert(1)) ![](http://example.org/x.png) <http://example.org>",
    "`</code><script>` $</math><script>alert(1)</script>$ $$\\href{javascript:1}{x}$$",
    "{{ 7 * 7 }} {% include 'style.css' %} {# #}",
    '" onmouseover="alert(1)',
    "]]> --> </style></pre></span><script>",
    "    <b>quoted</b>\n    ^^^^",
    "# no heading\n\n---\n\n> no quotation\n\n    no block",
    "\\def\\a{\\a}$\\a$ $" + "{" * 400 + "$",
    "|a|b|\n|:-|-:|\n|<script>|</td>|",
]


class Seen(HTMLParser):
    """All tags with their attributes, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, and that it is open."""
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "img", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Require that what is closed was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


def require_harmless(page: str) -> Seen:
    """Fail where a page holds what could run, or be fetched; return what it shows."""
    seen = Seen(page)
    assert seen.open == []
    inside_math = False
    for tag, attributes in seen.tags:
        inside_math = tag == "math" or (inside_math and tag.startswith("m"))
        assert tag in TAGS or inside_math, tag
        assert not [name for name in attributes if name.startswith("on")]
        assert not {"href", "style"} & attributes.keys()
        if "src" in attributes:
            assert str(attributes["src"]).startswith("data:image/svg+xml;base64,")
    return seen
