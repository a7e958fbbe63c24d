"""The documents that keep a mock."""

import json

import pytest

from mlprep.errors import MlprepError
from mlprep.session.mock import Mock
from mlprep.session.mock_export import as_json, literal, to_html, transcript
from tests.session.banks import at, library, open_question
from tests.session.mocking import a_case, begin, run_through, tick_all

EVIL = "<script>alert(1)</script> <img src=x onerror=alert(1)> [a](javascript:alert(1)) *b* # c"


def markdown_text(text):
    """Return what a reader of the rendered text sees."""
    from html import unescape
    from re import sub

    return unescape(sub("<[^>]+>", "", to_html(text, "").partition("<body>")[2])).strip()


@pytest.fixture
def mock(store):
    mock = begin(store, library(a_case()))
    mock.write(f"? traffic\n? colour\n{EVIL}", 30, at())
    return mock


def test_a_transcript_holds_every_word_and_what_was_told(mock):
    run_through(mock)
    tick_all(mock, hit=("p0",))
    text = transcript(mock)

    for part in ("**The case:** Design case", "> ? traffic", "Interviewer: 60,000 per second",
                 "Interviewer: Your call. Say what you assume.", "**Follow-up:** And p1?",
                 "- [x] asks for latency", "- [ ] names a cache", "**Model answer**",
                 "4 from 85 %, 3 from 65 %, 2 from 40 %, else 1"):  # fmt: skip
        assert part in text


def test_an_open_interview_shows_neither_points_nor_answers(mock):
    text = transcript(mock)

    assert "still open" in text
    assert "asks for latency" not in text
    assert "Model answer" not in text


@pytest.mark.parametrize("export", [transcript, as_json])
def test_nothing_is_shown_of_what_a_friend_is_to_ask(store, export):
    with pytest.raises(MlprepError, match="a friend is to give this mock"):
        export(begin(store, library(a_case()), with_friend=True))


def test_a_pause_and_a_scaled_clock_are_told(store):
    mock = begin(store, library(a_case()), time_scale=60)
    mock.pause(90, at())

    assert "The clock ran 60 times as fast." in transcript(mock)
    assert "0.0 of 3.33 minutes, 1.5 paused." in transcript(mock)


def test_words_survive_when_the_question_is_gone(store, mock):
    later = Mock(store, library(open_question("other")), mock.state)

    assert "> ? traffic" in transcript(later)
    assert mock.part.text in json.loads(as_json(later))["parts"][0]["answers"]


def test_json_holds_the_whole_interview(mock):
    document = json.loads(as_json(mock))

    assert tuple(document[key] for key in ("version", "format", "level", "seed")) == (
        1,
        "case",
        "principal",
        1,
    )
    assert "holder" not in document
    assert document["parts"][0]["asked"] == ["Go on"]


def test_typed_text_is_inert_in_the_page(mock):
    page = to_html(transcript(mock), "<b>title")

    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert "&lt;b&gt;title" in page


@pytest.mark.parametrize(
    "row",
    ["# no heading", "- no list", "1. no list", "===", "> no quote", "*a* _b_ `c` [d](e)", "a & b",
     "| a | b |", r"C:\dir", "~~~", "+ x", "&amp; <b>"],
)  # fmt: skip
def test_a_typed_line_is_shown_as_it_was_typed(row):
    assert f"before\n{row}" == markdown_text(f"> before  \n> {literal(row)}  ").replace("\xa0", " ")
