import pytest

from mlprep.core.nodes import MAX_DEPTH, Mapping, Scalar, Sequence, YamlError, compose

PARSERS = pytest.mark.parametrize("pure", [False, True], ids=["C", "pure"])


def plain(node):
    """Return a tree without its places."""
    match node:
        case Mapping():
            return {key.text: plain(value) for key, value in node.entries}
        case Sequence():
            return [plain(item) for item in node.items]
        case Scalar():
            return node.text
    return None


def tree(text, pure=False):
    root, refused = compose(text, pure=pure)
    assert refused == []
    return root


def failure(text, pure=False):
    with pytest.raises(YamlError) as caught:
        compose(text, pure=pure)
    return caught.value


@PARSERS
def test_scalars_stay_text(pure):
    text = "[no, 12:30, 1e3, 0x10, ~, null, true, 2026-12-01, .5, 'a', \"b\"]"
    expected = ["no", "12:30", "1e3", "0x10", "~", "null", "true", "2026-12-01", ".5", "a", "b"]
    assert expected == plain(tree(text, pure))


@PARSERS
def test_every_key_and_value_knows_its_place(pure):
    root = tree("a:\n  - b: c\n    d: {e: 'f'}\n", pure)
    (first,) = root.get("a").items
    inner = first.get("d")
    assert (root.key("a").line, root.key("a").column) == (1, 1)
    assert (first.line, first.column) == (2, 5)
    assert (first.key("d").line, first.key("d").column) == (3, 5)
    assert (inner.line, inner.column) == (3, 8)
    assert (inner.get("e").line, inner.get("e").column) == (3, 12)


@PARSERS
def test_an_empty_value_stands_behind_its_colon(pure):
    root = tree("a:\nb: {c: , d: }\n", pure)
    flow = root.get("b")
    assert (root.get("a").line, root.get("a").column) == (1, 3)
    assert (flow.get("c").line, flow.get("c").column) == (2, 7)
    assert (flow.get("d").line, flow.get("d").column) == (2, 12)


@PARSERS
def test_a_plain_text_knows_where_it_ends(pure):
    value = tree("a: one\n  two  # three\n", pure).get("a")
    assert (value.text, value.end) == ("one two", (1, 5))


@PARSERS
def test_braces_are_told_from_a_pair_in_brackets(pure):
    braced, pair = tree("[{a: b}, a: b]", pure).items
    assert (braced.braced, pair.braced) == (True, False)


@PARSERS
@pytest.mark.parametrize("text", ["", "  \n\n", "# only a comment\n"])
def test_nothing_is_no_tree(text, pure):
    assert tree(text, pure) is None


@PARSERS
@pytest.mark.parametrize(
    ("places", "text"),
    [
        ([(1, 4)], "a: !!python/object/apply:os.system [id]\n"),
        ([(1, 4)], "a: !tag b\n"),
        ([(1, 4), (2, 4)], "a: &x b\nc: *x\n"),
        ([(1, 1)], "&x a: b\n"),
        ([(2, 1)], "a: b\n<<: {c: d}\n"),
        ([(2, 1)], "a: b\na: c\n"),
        ([(1, 3)], "? [a, b]\n: c\n"),
        ([(1, 2), (1, 9)], "[*x, a, *y]"),
    ],
)
def test_what_could_surprise_is_refused_at_its_place(places, text, pure):
    _, refused = compose(text, pure=pure)
    assert places == [(mistake.line, mistake.column) for mistake in refused]


@PARSERS
def test_of_a_key_that_stands_twice_the_first_is_kept(pure):
    root, _ = compose("a: b\na: c\n", pure=pure)
    assert plain(root) == {"a": "b"}


@PARSERS
def test_quoted_merge_sign_is_a_key_like_others(pure):
    assert plain(tree('"<<": b', pure)) == {"<<": "b"}


@PARSERS
def test_a_key_of_a_null_character_is_a_key_like_others(pure):
    assert plain(tree('"\\0": hidden\na: b\n', pure)) == {"\0": "hidden", "a": "b"}


@PARSERS
def test_nesting_is_bounded(pure):
    deepest = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    tree(deepest, pure)
    assert failure(f"[{deepest}]", pure).mistake[:2] == (1, MAX_DEPTH + 1)


@PARSERS
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_a_million_openings_are_refused_at_once(opening, pure):
    assert failure(opening * 250_000, pure).mistake.text.startswith("nested deeper than 20 levels")


@PARSERS
@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\x1b", "\x7f", "\x80", "\x9b", "\ud800", "\uffff"]
)
def test_control_characters_are_named_with_their_place(sign, pure):
    mistake = failure(f"a: b\nc: 'd{sign}'\n", pure).mistake
    assert (2, 6, f"control character U+{ord(sign):04X}; remove it") == mistake[:3]


@PARSERS
@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029"])
def test_ends_of_lines_that_no_editor_shows_hide_no_key(end, pure):
    assert plain(tree(f"a: 'b{end}c: d'\ne: f\n", pure)) == {"a": "b␤c: d", "e": "f"}


@PARSERS
def test_windows_ends_of_lines_count_once(pure):
    root = tree("a: b\r\nc: d\r\n", pure)
    assert (root.key("c").line, root.key("c").column) == (2, 1)


@PARSERS
def test_what_was_read_before_yaml_breaks_off_is_kept(pure):
    error = failure("a: [b, c]\nd: &x e\nf: @g\n", pure)
    assert plain(error.root) == {"a": ["b", "c"], "d": "e"}
    assert [mistake[:2] for mistake in error.refused] == [(2, 4)]
    assert error.mistake[:2] == (3, 4)


@PARSERS
def test_an_alias_explains_what_breaks_off_behind_it(pure):
    error = failure("a: *args are what\n", pure)
    assert error.mistake[:2] == (1, 4)
    assert error.refused == []


@PARSERS
def test_more_aliases_than_anyone_types_by_mistake_end_the_reading(pure):
    error = failure("- *a\n" * 5000, pure)
    assert len(error.refused) <= 1000


def test_more_values_than_a_bank_holds_end_the_reading():
    error = failure("[" + "a," * 1_000_000 + "]")
    assert error.mistake.text == "more than a bank can hold; split it into several files"


@pytest.mark.parametrize(
    "text",
    [
        "a: b\tc\n", "a:\tb\n", "a: b\t\n", "\ta: b\n", "a: |\n  b\n\t c\n", "[a,\tb]",  # tabs
        "{a: b?, c: d}", "[a?b]", "{a?: b}", "[?a]",  # question marks
        "a: >-#c\n  b\n", "a: |2#c\n   b\n",  # comments
        "a: !b!c d\n", "a: !<b c\n", "a: !!b,c d\n",  # tags
        'a: "\\U00110000"\n', 'a: "\\uD800"\n', 'a: "\\q"\n',  # escapes
        "\ufeffa: b\nc: 'd\ufeffe' #f\n",
    ],
)  # fmt: skip
def test_both_parsers_see_the_same(text):
    def seen(pure):
        try:
            return compose(text, pure=pure)
        except YamlError as error:
            return error.mistake, error.root, error.refused

    assert seen(True) == seen(False)
