"""Whatever stands in the fields of a report, and in the file that was graded, is text."""

from hypothesis import given
from hypothesis import strategies as st
from support import samples
from support.pages import HOSTILE, require_harmless

from grader.pages.report_page import report_page
from grader.pages.source import Line, marked_source
from grader.report.localise import localise
from grader.report.models import (
    KeyPoint,
    Printed,
    Report,
    ShownArgument,
    ShownCall,
)

TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=60),
    st.text(st.sampled_from("<>&\"'`$|*_\\{}[]()!#-:\n \u202e\x1b=/sb"), max_size=60),
)
REPORT = localise(samples.mixed(), None, "en").model_dump()


def filled(value, draw):
    """Return a report's data with each text that may be anything replaced."""
    if isinstance(value, dict):
        return {
            key: draw(TEXTS)
            if key in {"title", "text", "host", "missing", "detail", "function", "type", "name"}
            and isinstance(one, str)
            and value.get("level") is None
            else filled(one, draw)
            for key, one in value.items()
        }
    return [filled(one, draw) for one in value] if isinstance(value, list) else value


@given(st.data())
def test_fuzz_nothing_of_a_report_is_markup(data):
    report = Report.model_validate(filled(REPORT, data.draw))
    for check in report.checks[:4]:
        text = data.draw(TEXTS)
        check.call = ShownCall(
            function=text,
            arguments=[ShownArgument(name=data.draw(TEXTS), code=data.draw(TEXTS))],
            program=[data.draw(TEXTS)],
            got=data.draw(TEXTS),
            expected=data.draw(TEXTS),
            entry=data.draw(TEXTS),
        )
        check.printed = Printed(first=data.draw(TEXTS), dropped=3, last=data.draw(TEXTS))
        check.answer = data.draw(TEXTS)
        check.key_points = [KeyPoint(id=data.draw(TEXTS), points=1, text=data.draw(TEXTS))]
    written = [Line(None, number, data.draw(TEXTS)) for number in range(1, 9)]
    source = marked_source(report, data.draw(TEXTS), written)
    for everything in (False, True):
        require_harmless(report_page(report, everything=everything, source=source))
        require_harmless(
            report_page(report, everything=everything, without_source=data.draw(TEXTS))
        )
