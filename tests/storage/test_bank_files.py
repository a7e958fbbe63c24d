"""Bank files on disk: what is found and read, the cache of what was parsed, `bank check`."""

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mlprep.cli.boundary import run
from mlprep.core.rubric import Level, point_key
from mlprep.errors import MlprepError
from mlprep.storage.bank_checks import check_banks
from mlprep.storage.bank_files import (
    BankFiles,
    bank_paths,
    load_library,
    read_text,
)

TESTS = Path(__file__).parents[1]
BROKEN = sorted((TESTS / "broken_banks").glob("*.yaml"))
EXAMPLES = sorted((TESTS / "examples").glob("[bew]*.yaml"))
LONG_AGO = 3600  # seconds; far outside of the time in which a file may change unseen


def bank(name, *ids, more=""):
    questions = "".join(f"  - {{id: {i}, prompt: Prompt of {i}, answer: A{more}}}\n" for i in ids)
    return f"bank: {name}\ntitle: T\nquestions:\n{questions}"


def write(path, text, age=LONG_AGO):
    """Write a file that was changed some seconds ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    moment = time.time() - age
    os.utime(path, (moment, moment))
    return path


def link(path, target):
    """Make a link; skip the test where the system allows none."""
    try:
        path.symlink_to(target)
    except OSError as error:
        pytest.skip(f"no links here: {error}")
    return path


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache" / "banks.sqlite"


def prompts(cache, *paths, own=()):
    """Return the prompts by key, of a library that is loaded anew."""
    library = BankFiles(cache).library(paths, own)
    return {key: library.question(key).prompt for key in library.items}


def mark(cache):
    """Write into the cache what no file holds, so that what comes from it can be told."""
    with sqlite3.connect(cache) as db:
        db.execute("UPDATE body SET mapping = replace(mapping, 'Prompt', 'Cached')")
    db.close()


def test_files_are_found_by_name(tmp_path):
    for name in ("b.yaml", "a.yml", ".hidden.yaml", "notes.txt", "c.yaml~"):
        write(tmp_path / name, "x")
    (tmp_path / "folder.yaml").mkdir()
    link(tmp_path / "link.yaml", tmp_path / "b.yaml")
    link(tmp_path / "nowhere.yaml", tmp_path / "gone")
    link(tmp_path / "circle.yaml", tmp_path / "circle.yaml")
    expected = ["a.yml", "b.yaml", "circle.yaml", "link.yaml", "nowhere.yaml"]
    assert expected == [path.name for path in bank_paths(tmp_path)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    assert bank_paths(tmp_path) == []


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert bank_paths(tmp_path / "gone") == []


@pytest.mark.parametrize(
    ("expected", "raw"),
    [
        ((1, 1, "saved as UTF-16; save it as UTF-8"), "bank: b".encode("utf-16")),
        ((1, 1, "saved as UTF-16; save it as UTF-8"), b"\xfe\xff" + "bank".encode("utf-16-be")),
        ((2, 5, "byte 0xff is not UTF-8; save the file as UTF-8"), "a: ü\nb: ü".encode() + b"\xff"),
        ((1, 3, "byte 0x80 is not UTF-8; save the file as UTF-8"), b"a:\x80"),
        ((1, 1, "byte 0xed is not UTF-8; save the file as UTF-8"), b"\xed\xa0\x80"),
    ],
)  # fmt: skip
def test_what_is_no_utf_8_is_said_at_its_place(expected, raw, tmp_path):
    text, wrong = read_text(write(tmp_path / "b.yaml", raw))
    assert ("", expected) == (text, wrong[:3])


def test_a_byte_order_mark_is_no_text(tmp_path):
    assert read_text(write(tmp_path / "b.yaml", b"\xef\xbb\xbfbank: b")) == ("bank: b", None)


def test_what_cannot_be_read_is_said(tmp_path):
    _, wrong = read_text(tmp_path / "gone.yaml")
    assert wrong.text.startswith("cannot be read: ")


@pytest.fixture
def huge(tmp_path):
    path = write(tmp_path / "huge.yaml", bank("huge", "one"))
    os.truncate(path, 20_000_000)  # a hole, which takes no room on the disk
    return path


def test_a_file_that_is_too_large_is_not_read(huge):
    expected = (1, 1, "larger than 16 MiB; split the bank into several files")
    assert expected == read_text(huge)[1][:3]


def test_a_file_that_is_too_large_stands_in_nobodys_way(huge, cache, tmp_path):
    good = write(tmp_path / "good.yaml", bank("good", "one"))
    for _ in range(2):
        assert prompts(cache, huge, good) == {"good/one": "Prompt of one"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_cache_gives_the_questions_that_the_parser_gave(path, cache):
    parsed = BankFiles(cache).library([path], ())
    cached = BankFiles(cache).library([path], ())
    assert parsed.items == cached.items
    assert parsed.heads == cached.heads
    for key in parsed.items:
        assert parsed.question(key) == cached.question(key)


def test_an_unchanged_file_is_not_parsed_again(cache, tmp_path):
    path = write(tmp_path / "a.yaml", bank("a", "one"))
    assert prompts(cache, path) == {"a/one": "Prompt of one"}
    mark(cache)
    assert prompts(cache, path) == {"a/one": "Cached of one"}


def test_a_changed_file_alone_is_parsed_again(cache, tmp_path):
    one = write(tmp_path / "a.yaml", bank("a", "one"))
    two = write(tmp_path / "b.yaml", bank("b", "one"))
    prompts(cache, one, two)
    mark(cache)
    write(one, bank("a", "one", "two"))
    expected = {"a/one": "Prompt of one", "a/two": "Prompt of two", "b/one": "Cached of one"}
    assert expected == prompts(cache, one, two)


def test_a_file_that_was_only_touched_is_not_parsed_again(cache, tmp_path):
    path = write(tmp_path / "a.yaml", bank("a", "one"))
    prompts(cache, path)
    mark(cache)
    os.utime(path)
    assert prompts(cache, path) == {"a/one": "Cached of one"}


def test_a_change_in_the_moment_of_reading_is_seen(cache, tmp_path):
    path = write(tmp_path / "a.yaml", bank("a", "one"), age=0)
    before = path.stat()
    prompts(cache, path)
    path.write_text(bank("a", "two"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (before.st_size, before.st_mtime_ns) == (path.stat().st_size, path.stat().st_mtime_ns)
    assert prompts(cache, path) == {"a/two": "Prompt of two"}


def test_a_file_that_went_away_takes_its_questions_along(cache, tmp_path):
    one = write(tmp_path / "a.yaml", bank("a", "one"))
    two = write(tmp_path / "b.yaml", bank("b", "one"))
    prompts(cache, one, two)
    assert prompts(cache, two) == {"b/one": "Prompt of one"}


def test_mistakes_are_kept_with_a_file(cache, tmp_path):
    path = write(tmp_path / "a.yaml", bank("a", "one", "BAD"))
    fresh, cached = (BankFiles(cache).library((), [path]) for _ in range(2))
    assert fresh.sources[0].mistakes == cached.sources[0].mistakes
    assert [mistake[:2] for mistake in cached.sources[0].mistakes] == [(5, 10)]
    assert fresh.left_out() == cached.left_out() != []


def damaged(cache):
    cache.write_bytes(b"no database at all" * 100)


def cut(cache):
    os.truncate(cache, cache.stat().st_size // 2)


def emptied(cache):
    cache.write_bytes(b"")


def scrambled(cache):
    raw = bytearray(cache.read_bytes())
    raw[100:4096:7] = bytes(len(range(100, 4096, 7)))
    cache.write_bytes(raw)


def of_an_old_version(cache):
    with sqlite3.connect(cache) as db:
        db.execute("UPDATE format SET version = '1 0.0.1'")
    db.close()
    mark(cache)


def of_another_shape(cache):
    cache.unlink()
    with sqlite3.connect(cache) as db:
        db.executescript("CREATE TABLE format (version TEXT); CREATE TABLE file (name TEXT);")
    db.close()


def without_its_rows(cache):
    with sqlite3.connect(cache) as db:
        db.execute("DELETE FROM body")
    db.close()


def not_json(cache):
    with sqlite3.connect(cache) as db:
        db.execute("UPDATE file SET source = '{'")
        db.execute("UPDATE body SET mapping = '{'")
    db.close()


@pytest.mark.parametrize(
    "harm",
    [damaged, cut, emptied, scrambled, of_an_old_version, of_another_shape, without_its_rows,
     not_json, os.unlink],
    ids=lambda harm: harm.__name__,
)  # fmt: skip
def test_a_cache_that_is_no_use_is_made_anew_without_a_word(harm, cache, tmp_path, capsys):
    path = write(tmp_path / "a.yaml", bank("a", "one"))
    prompts(cache, path)
    harm(cache)
    assert prompts(cache, path) == {"a/one": "Prompt of one"}
    assert prompts(cache, path) == {"a/one": "Prompt of one"}
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("harm", [damaged, of_an_old_version, of_another_shape],
                         ids=lambda harm: harm.__name__)  # fmt: skip
def test_a_cache_that_was_made_anew_is_used(harm, cache, tmp_path):
    path = write(tmp_path / "a.yaml", bank("a", "one"))
    prompts(cache, path)
    harm(cache)
    prompts(cache, path)
    mark(cache)
    assert prompts(cache, path) == {"a/one": "Cached of one"}


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path):
    path = write(tmp_path / "a.yaml", bank("a", "one"))
    in_the_way = write(tmp_path / "file", "not a folder")
    folder = tmp_path / "folder"
    folder.mkdir()
    for cache in (in_the_way / "banks.sqlite", folder):
        assert prompts(cache, path) == {"a/one": "Prompt of one"}


def test_a_cache_that_goes_away_during_a_session_is_done_without(cache, tmp_path):
    path = write(tmp_path / "a.yaml", bank("a", "one"))
    prompts(cache, path)
    library = BankFiles(cache).library([path], ())
    cache.unlink()
    assert library.question("a/one").prompt == "Prompt of one"


def test_a_session_is_not_confused_by_an_edit_meanwhile(cache, tmp_path):
    path = write(tmp_path / "a.yaml", bank("a", "one", "two"))
    prompts(cache, path)
    library = BankFiles(cache).library([path], ())
    write(path, bank("a", "zero", "one"), age=0)
    prompts(cache, path)  # another program brings the cache up to date
    assert library.question("a/one").prompt == "Prompt of one"
    with pytest.raises(MlprepError, match="question 'two' is gone; start again"):
        library.question("a/two")


def test_several_processes_may_fill_one_cache_at_once(home):
    for n in range(20):
        write(home / "banks" / f"b{n}.yaml", bank(f"b{n}", *[f"q{m}" for m in range(50)]))
    code = """
from mlprep.storage.bank_files import load_library
library = load_library()
print(sum(library.question(key).prompt.startswith("Prompt of") for key in library.items))
"""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(4)
    ]
    seen = [process.communicate(timeout=60) for process in running]
    assert [(out.replace(b"\r", b""), err) for out, err in seen] == [(b"1000\n", b"")] * 4


def test_a_link_that_leads_nowhere_does_not_cost_the_others_their_cache(cache, tmp_path):
    good = write(tmp_path / "a.yaml", bank("a", "one"))
    lost = link(tmp_path / "lost.yaml", tmp_path / "gone")
    prompts(cache, good, lost)
    mark(cache)
    assert prompts(cache, good, lost) == {"a/one": "Cached of one"}


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
def test_a_name_that_is_no_text_is_a_file_like_others(cache, tmp_path):
    path = write(Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.yaml")), bank("a", "one"))
    prompts(cache, path)
    mark(cache)
    assert prompts(cache, path) == {"a/one": "Cached of one"}


def test_a_file_of_formats_is_no_bank(home):
    write(home / "banks" / "formats.yaml", "formats:\n  - {id: short, title: Short}\n")
    write(home / "banks" / "mine.yaml", bank("mine", "one"))
    for _ in range(2):
        own = [source for source in load_library().sources if source.own]
        assert [Path(source.path).name for source in own] == ["mine.yaml"]


def test_own_files_add_to_the_built_in_banks_and_replace_in_them(home):
    before = load_library()
    key = next(iter(before.items))
    name, _, question = key.partition("/")
    write(home / "banks" / "mine.yaml", bank(name, question, "an-own-one"))
    after = load_library()
    assert f"Prompt of {question}" == after.question(key).prompt
    assert Level.of(before.heads[name].level) == after.items[f"{name}/an-own-one"].level
    assert {f"{name}/an-own-one"} == set(after.items) - set(before.items)
    assert after.items[f"{name}/an-own-one"].weight == 2


def test_a_reworded_point_with_an_id_keeps_its_history(cache, tmp_path):
    def points(text):
        path = write(tmp_path / "a.yaml", bank("a", "one", more=f", rubric: [{text}]"))
        return [
            point.key for point in BankFiles(cache).library([path], ()).question("a/one").rubric
        ]

    first = points("{point: Costs an all-gather, id: cost}, Shards")
    assert ["cost", point_key({"point": "Shards"})] == first
    assert first == points("{point: Pays with bandwidth, id: cost}, Shards")
    assert first[1:] != points("{point: Costs, id: cost}, Splits")[1:]


@pytest.fixture
def here(monkeypatch):
    """Go to the broken banks, so that messages name them by their file alone."""
    monkeypatch.chdir(TESTS / "broken_banks")


@pytest.mark.parametrize("parser", [[], ["--pure"]], ids=["C", "pure"])
@pytest.mark.usefixtures("here")
def test_check_says_every_mistake_of_every_file(parser, capsys):
    assert run(["bank", "check", *parser, *[path.name for path in BROKEN]]) == 1
    expected = "".join(path.with_suffix(".txt").read_text(encoding="utf-8") for path in BROKEN)
    assert (expected, "") == capsys.readouterr()


@pytest.mark.parametrize(
    ("expected", "name"), [(1, "python-tags"), (1, "requires-cycle"), (0, "hash-in-text")]
)
@pytest.mark.usefixtures("here")
def test_check_of_one_file_exits_with_its_verdict(expected, name, capsys):
    assert expected == run(["bank", "check", f"{name}.yaml"])
    assert (Path(f"{name}.txt").read_text(encoding="utf-8"), "") == capsys.readouterr()


@pytest.mark.usefixtures("here")
def test_a_warning_counts_when_check_is_strict():
    assert run(["bank", "check", "--strict", "hash-in-text.yaml"]) == 1


def test_check_names_what_no_text_file_holds(huge, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    files = {
        "null.yaml": b"bank: b\ntitle: \x00\n",
        "latin.yaml": b"bank: b\ntitle: \xff\n",
        "wide.yaml": "bank: b\n".encode("utf-16"),
        "empty.yaml": b"",
    }
    for name, raw in files.items():
        write(tmp_path / name, raw)
    assert run(["bank", "check", *files, huge.name]) == 1
    assert capsys.readouterr().out.splitlines()[::2] == [
        "null.yaml:2:8: control character U+0000; remove it",
        "latin.yaml:2:8: byte 0xff is not UTF-8; save the file as UTF-8",
        "wide.yaml:1:1: saved as UTF-16; save it as UTF-8",
        "empty.yaml:1:1: a bank starts with 'bank: an-id' and holds 'questions:';"
        " mlprep bank new writes an example",
        "huge.yaml:1:1: larger than 16 MiB; split the bank into several files",
    ]


def test_check_names_a_file_that_is_not_there(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["bank", "check", "gone.yaml"]) == 1
    said = "mlprep: gone.yaml: no such file; mlprep bank path names the bank folder\n"
    assert ("", said) == capsys.readouterr()


def test_the_users_banks_are_checked_and_what_they_leave_out_is_said(home):
    folder = home / "banks"
    write(folder / "mine.yaml", bank("mine", "one", "BAD"))
    link(folder / "circle.yaml", folder / "circle.yaml")
    circle, mine = (source.mistakes for source in check_banks(bank_paths(folder)))
    assert [mistake[:2] for mistake in mine] == [(5, 10)]
    assert circle[0].text.startswith("cannot be read: ")
    assert [
        f"{folder / 'circle.yaml'}: left out; mlprep bank check",
        f"{folder / 'mine.yaml'}: 1 question left out; mlprep bank check",
    ] == load_library().left_out()
