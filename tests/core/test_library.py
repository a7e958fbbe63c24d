from pathlib import Path

import pytest

from mlprep.core.bank import parse_bank
from mlprep.core.library import Library
from mlprep.core.rubric import Level
from mlprep.errors import MlprepError
from mlprep.storage.bank_files import to_source

PHASE = "title: T, minutes: 5, ask: A, rubric: [R], answer: A"
DESIGN = f"kind: design, phases: [{{id: one, {PHASE}}}, {{id: two, {PHASE}}}]"


def recall(name, more=""):
    return f"{{id: {name}, prompt: Prompt of {name}, answer: A{more}}}"


def bank(name, *questions, head="title: T"):
    return f"bank: {name}\n{head}\nquestions:\n" + "".join(f"  - {q}\n" for q in questions)


def library(*files):
    """Return the library of files, each a text, or a text that is the user's own."""
    sources, bodies = [], {}
    for number, file in enumerate(files):
        text, own = file if isinstance(file, tuple) else (file, False)
        parsed = parse_bank(text)
        path = Path(f"/{'own' if own else 'shipped'}{number}.yaml")
        bodies[str(path)] = parsed
        sources.append(to_source(path, parsed, own=own))
    return Library(sources, lambda source, n: bodies[source.path].entries[n].mapping)


def own(*arguments, **keywords):
    return bank(*arguments, **keywords), True


def said(found):
    """Return what is wrong across banks, as `file:line:column: text`."""
    return [
        f"{Path(source.path).stem}:{m.line}:{m.column}: {m.text}"
        for source in found.sources
        for m in source.mistakes
    ]


def test_items_stand_in_the_order_of_the_banks():
    found = library(bank("a", recall("two"), recall("one")), own("b", recall("zero")))
    assert list(found.items) == ["a/two", "a/one", "b/zero"]


def test_a_design_is_an_item_for_each_phase():
    found = library(bank("a", f"{{id: case, prompt: P, {DESIGN}}}"))
    assert list(found.items) == ["a/case/one", "a/case/two"]
    assert found.items["a/case/two"].requires == ("a/case/one",)


def test_a_users_bank_that_names_no_weight_counts_twice():
    found = library(bank("a", recall("one")), own("b", recall("one")))
    named = library(own("b", recall("one"), head="title: T\nweight: 1"))
    assert (found.items["a/one"].weight, found.items["b/one"].weight) == (1, 2)
    assert named.items["b/one"].weight == 1


def test_a_users_file_adds_to_a_built_in_bank():
    shipped = bank("a", recall("one"), head="title: T\nlevel: staff\ntopic: t\ndimension: data")
    found = library(shipped, own("a", recall("two"), head="weight: 3"))
    item = found.items["a/two"]
    assert said(found) == []
    assert (item.level, item.topic, item.dimension, item.weight) == (Level.STAFF, "t", "data", 3)
    assert found.items["a/one"].weight == 1


def test_a_users_question_stands_in_the_place_of_the_built_in_one():
    mine = "{id: one, prompt: Mine, answer: A}"
    found = library(bank("a", recall("one"), recall("two")), own("a", mine))
    assert list(found.items) == ["a/one", "a/two"]
    assert found.question("a/one").prompt == "Mine"
    assert said(found) == []


@pytest.mark.parametrize("makes", [bank, own])
def test_a_question_in_two_files_is_an_error_that_names_both(makes):
    found = library(makes("a", recall("one")), makes("a", recall("two"), recall("one")))
    place = Path(found.sources[0].path)
    second = Path(found.sources[1].path).stem
    assert [
        f"{second}:5:5: question 'one' stands already at {place}:4:5; give one of them another id"
    ] == said(found)
    assert [
        f"{Path(f'/{second}.yaml')}: 1 question left out; mlprep bank check"
    ] == found.left_out()
    assert found.entry("a/one")[0].path == str(place)


def test_the_first_file_of_a_bank_has_a_title():
    found = library(own("a", recall("one"), head="level: staff"), own("a", recall("two")))
    assert said(found) == ["own0:1:1: bank 'a' has no 'title' in its first file; add it"]
    assert list(found.items) == ["a/one", "a/two"]


def test_what_is_required_comes_first_in_other_banks_too():
    found = library(
        bank("a", recall("one", ", requires: [two, b/case]"), recall("two")),
        bank("b", f"{{id: case, prompt: P, {DESIGN}}}"),
    )
    assert found.items["a/one"].requires == ("a/two", "b/case/one", "b/case/two")
    assert said(found) == []


def test_an_unknown_question_cannot_be_required():
    found = library(bank("a", recall("one", ", requires: [tow, two, c/d]"), recall("two")))
    assert said(found) == [
        "shipped0:4:60: 'requires' names no question: 'tow'; did you mean 'a/two'?",
        "shipped0:4:70: 'requires' names no question: 'c/d'",
    ]
    assert found.items["a/one"].requires == ("a/two",)


@pytest.mark.parametrize("length", [2, 3, 40])
def test_a_circle_of_requirements_is_named_once_and_opened(length):
    names = [f"q{n}" for n in range(length)]
    after = [*names[1:], names[0]]
    questions = [recall(n, f", requires: {a}") for n, a in zip(names, after, strict=True)]
    found = library(bank("a", *questions))
    assert len(said(found)) == 1
    assert [bool(item.requires) for item in found.items.values()].count(False) == 1


def test_two_roads_to_one_question_are_no_circle():
    found = library(bank("a", recall("a", ", requires: [b, c]"), recall("b", ", requires: d"),
                         recall("c", ", requires: d"), recall("d")))  # fmt: skip
    assert said(found) == []


@pytest.mark.parametrize(
    ("expected", "key"),
    [
        ("a/new", "a/old"), ("a/new", "b/older"), ("a/new", "a/new"), ("x/y", "x/y"),
        ("a/case/one", "a/old-case/one"), ("a/case", "a/old-case"), ("a/case/one", "a/case/one"),
    ],
)  # fmt: skip
def test_a_former_key_leads_to_the_present_one(expected, key):
    case = f"{{id: case, prompt: P, formerly: old-case, {DESIGN}}}"
    found = library(bank("a", recall("new", ", formerly: [old, b/older]"), case))
    assert expected == found.current(key)


def test_all_names_of_an_item_are_known():
    case = f"{{id: case, prompt: P, formerly: [old, b/old], {DESIGN}}}"
    found = library(bank("a", case))
    assert found.names("a/case/one") == ["a/case/one", "a/old/one", "b/old/one"]


def test_a_question_that_exists_is_nobodys_former_one():
    found = library(bank("a", recall("one", ", formerly: two"), recall("two")))
    assert said(found) == [
        "shipped0:4:59: 'formerly' names a question that exists: 'a/two'; its history is its own"
    ]
    assert found.current("a/two") == "a/two"


def test_a_former_key_has_one_heir():
    found = library(
        bank("a", recall("one", ", formerly: old")), bank("b", recall("two", ", formerly: a/old"))
    )
    assert said(found) == [
        "shipped1:4:59: 'formerly' names 'a/old', which a/one claims too; remove one"
    ]
    assert found.current("a/old") == "a/one"


@pytest.mark.parametrize(
    ("expected", "key"),
    [
        (["a/one"], "a/one"), (["a/one"], "one"), (["a/one"], "a/old"),
        (["a/case/one", "a/case/two"], "a/case"), (["a/case/two"], "a/case/two"),
        (["a/case/one", "a/case/two"], "case"),
    ],
)  # fmt: skip
def test_a_question_is_found_by_what_a_user_types(expected, key):
    case = f"{{id: case, prompt: P, {DESIGN}}}"
    found = library(bank("a", recall("one", ", formerly: old"), case))
    assert expected == [item.key for item in found.find(key)]


@pytest.mark.parametrize(
    ("expected", "key"),
    [
        ("no question 'a/oen'; did you mean 'a/one'?", "a/oen"),
        ("no question 'zzzzz'; mlprep bank list shows all", "zzzzz"),
        ("'both' stands in several banks; write a/both or b/both", "both"),
    ],
)
def test_a_question_that_is_not_found_is_named_with_the_nearest(expected, key):
    found = library(bank("a", recall("one"), recall("both")), bank("b", recall("both")))
    with pytest.raises(MlprepError) as caught:
        found.find(key)
    assert expected == str(caught.value)


def test_topics_come_with_those_above_them():
    found = library(
        bank("a", recall("one", ", topic: y/z"), recall("two"), head="title: T\ntopic: x")
    )
    assert found.topics() == ["x", "x/y", "x/y/z"]


def test_a_drill_says_on_one_line_what_a_file_leaves_out():
    found = library(
        own("a", recall("one"), "{id: two, prompt: P}", "{id: three}"),
        own("b", "{id: two, prompt: @P}"),
        own("c", recall("one")),
    )
    assert list(found.items) == ["a/one", "c/one"]
    assert found.left_out() == [
        f"{Path('/own0.yaml')}: 2 questions left out; mlprep bank check",
        f"{Path('/own1.yaml')}: left out; mlprep bank check",
    ]
