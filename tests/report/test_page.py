"""The page of `mlprep stats --html`: self-contained, inert, and drawn in a real browser."""

import re
import sys

import pytest

from mlprep.core.memory import Rating
from mlprep.core.review import Review
from mlprep.errors import MlprepError
from mlprep.report import page as page_module
from mlprep.report.page import page, write_page
from mlprep.session.stats import report
from mlprep.session.study import Study
from tests.report import chromium
from tests.session import banks
from tests.session.banks import TODAY, at
from tests.session.year import Year

MOST_BYTES = 2_000_000
CHARTS = ["readiness", "map", "calibration", "confidence", "activity", "load", "stability", "mocks"]
EVIL = '<script>window.pwned=1</script><img src=x onerror="pwned=2">\'"><b onclick=pwned=3>{{7*7}}'
FIELDS = ("training", "serving", "experimentation-and-causal-inference", "ops")

# Every text that leaves its place: SVG text past its drawing, HTML text past its box.
OVERFLOW = """
[
  ...[...document.querySelectorAll("svg text")].filter((text) => {
    const inner = text.getBoundingClientRect();
    const outer = text.ownerSVGElement.getBoundingClientRect();
    return inner.width && (inner.left < outer.left - 1 || inner.right > outer.right + 1
      || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1);
  }).map((text) => text.textContent),
  ...[...document.querySelectorAll("h1, h2, p, th, td, dd, dt, code, section, table")]
    .filter((box) => box.scrollWidth > box.clientWidth + 1 && box.clientWidth)
    .map((box) => box.tagName + ": " + box.textContent.slice(0, 60)),
  ...(document.documentElement.scrollWidth > innerWidth ? ["the page itself"] : []),
]
"""


def hostile(name):
    points = [{"point": f"{EVIL} {n}", "id": f"p{n}", "cues": ["bandwidth"]} for n in range(3)]
    texts = {"prompt": EVIL, "answer": EVIL, "red_flags": [EVIL], "hint": EVIL}
    return banks.open_question(name, topic="a-topic/below", **(texts | {"rubric": points}))


def questions():
    return [
        *(hostile(f"open{n}") for n in range(3)),
        *(banks.recall(f"recall{n}", topic="wide") for n in range(3)),
        *(banks.choice(f"choice{n}", minutes=2 + n) for n in range(3)),
    ]


LIBRARY = banks.shelf(**{field: questions() for field in FIELDS})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("page")


@pytest.fixture(scope="module")
def full(folder):
    """Return the report of a year whose every text is hostile."""
    store = banks.open_store(folder / "progress.sqlite")
    Year(store, LIBRARY, at(), seed=4).write(days=200)
    store.set("date", "2026-12-20")
    found = report(Study(store, LIBRARY, at(), traced=True))
    store.close()
    mocks = tuple(mock._replace(title=EVIL, headline=EVIL) for mock in found.mocks)
    return found._replace(mocks=mocks)


@pytest.fixture(scope="module")
def file(folder, full):
    write_page(full, folder / "page.html")
    return folder / "page.html"


@pytest.fixture(scope="module")
def browser(folder):
    program = chromium.find()
    if program is None:
        pytest.skip("no Chromium on this machine; apt-get install chromium")
    found = chromium.Chromium(program, folder / "profile")
    yield found
    found.close()


def test_one_file_that_asks_for_nothing(file):
    text = file.read_text("utf-8")

    assert len(text.encode()) < MOST_BYTES
    assert "default-src &#39;none&#39;" in text
    assert re.findall(r"<(?:script|img|link|iframe)[^>]* (?:src|href)=", text) == []


def test_no_text_of_a_bank_becomes_markup(file):
    text = file.read_text("utf-8")

    assert "<script>window.pwned" not in text
    assert "<img" not in text
    assert "&lt;script&gt;window.pwned=1" in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_drawn_without_errors_and_overflow(browser, file, width, scheme):
    browser.open(file, width, scheme)

    assert browser.errors == []
    assert [url for url in browser.requests if not url.startswith("file:")] == []
    assert browser.evaluate("[...document.querySelectorAll('[data-chart]')]"
                            ".map((p) => p.dataset.chart)") == CHARTS  # fmt: skip
    for chart in CHARTS:
        shapes = f"document.querySelectorAll('[data-chart={chart}] svg :is(path,rect,circle)')"
        assert browser.evaluate(f"{shapes}.length") > 2, chart
    assert browser.evaluate(OVERFLOW) == []
    assert browser.evaluate("document.body.innerText.includes('NaN')") is False


def test_hostile_text_does_nothing_in_a_browser(browser, file):
    browser.open(file, 1440)
    browser.evaluate("document.querySelectorAll('*').forEach((e) => e.click && e.click())")

    assert browser.evaluate("typeof window.pwned") == "undefined"
    assert browser.evaluate("document.querySelectorAll('img, b, [onclick], [onerror]').length") == 0


def test_charts_are_told_to_screen_readers_and_follow_the_window(browser, file):
    browser.open(file, 1440)
    labels = "[...document.querySelectorAll('[data-chart] svg[role=img]')].map((s) => s.ariaLabel)"
    assert len(browser.evaluate(labels)) == len(CHARTS)
    assert all(len(label) > 20 for label in browser.evaluate(labels))

    wide = browser.evaluate("document.querySelector('#map svg').clientWidth")
    browser.call("Emulation.setDeviceMetricsOverride", width=500, height=900,
                 deviceScaleFactor=1, mobile=False)  # fmt: skip
    browser.evaluate("dispatchEvent(new Event('resize'))")
    narrow = browser.evaluate("new Promise((done) => requestAnimationFrame(() => "
                              "requestAnimationFrame(() => done(1))))")  # fmt: skip
    narrow = browser.evaluate("document.querySelector('#map svg').clientWidth")
    assert narrow < wide


@pytest.mark.parametrize("rows", [0, 1, 25], ids=["empty", "one answer", "a first day"])
def test_little_history_gives_a_page_too(home, folder, browser, rows):
    store = banks.open_store(home / "progress.sqlite")
    keys = [key for key in LIBRARY.items if "recall" in key]
    for number in range(rows):
        store.add_review(
            Review(f"r{number}", keys[number % len(keys)], number, TODAY, Rating.GOOD, 1)
        )
    file = folder / f"few-{rows}.html"
    write_page(report(Study(store, LIBRARY, at(), traced=True)), file)
    store.close()
    browser.open(file, 360)

    assert browser.errors == []
    assert browser.evaluate(OVERFLOW) == []


def test_without_the_extra_it_says_what_to_install(full, monkeypatch):
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MlprepError, match=r"pip install 'mlprep\[report\]'"):
        page(full)


def test_a_file_that_cannot_be_written(full, tmp_path):
    with pytest.raises(MlprepError, match="name a file of yours"):
        write_page(full, tmp_path)


def test_the_libraries_bring_their_licenses():
    text = (page_module.ASSETS / "LICENSES.txt").read_text("utf-8")
    assert all(name in text for name in page_module.SCRIPTS[:2])
