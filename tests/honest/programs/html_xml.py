"""Text with marks."""

import html
import xml.etree.ElementTree as tree
from html.parser import HTMLParser


class Links(HTMLParser):
    found = ()

    def handle_starttag(self, tag, attrs):
        self.found += (tag,)


def run():
    root = tree.fromstring("<net><layer units='3'/></net>")
    parser = Links()
    parser.feed("<p><b>x</b></p>")
    return [root[0].get("units"), html.escape("<"), list(parser.found)]


EXPECTED = ["3", "&lt;", ["p", "b"]]
