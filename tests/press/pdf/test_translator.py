"""The markup that the PDF is set from."""

import json
import string

from hypothesis import given, settings
from hypothesis import strategies as some

from press.pdf import translator

PRINTABLE = some.text(some.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40)
MARKUP = some.text("#[]{}()$*_`\\\"'@<>=~/-+;:.%&^!|\n\t " + string.ascii_lowercase[:3], max_size=40)


def typeset(expressions):
    """What Typst understands the expressions to say, all in one compilation."""
    import typst

    source = "".join(f"#metadata([{expression}]) <text>\n" for expression in expressions)
    found = json.loads(typst.query(source.encode(), "<text>", field="value"))
    return [plain(value) for value in found]


def plain(value):
    """The text of a Typst content value; fails when it is anything but text."""
    if value["func"] == "sequence":
        return "".join(map(plain, value["children"]))
    if value["func"] == "space":
        return " "
    assert value["func"] == "text", value
    return value["text"]


@settings(max_examples=5, deadline=None)
@given(some.lists(PRINTABLE | MARKUP, min_size=40, max_size=60))
def test_no_text_is_ever_taken_for_markup(texts):
    assert typeset(map(translator.words, texts)) == texts


def test_text_that_looks_like_markup(tmp_path):
    texts = [
        "#set page()",
        "[x]",
        "*bold*",
        "_it_",
        "$x$",
        "= Head",
        "- item",
        "\\",
        '"',
        "`raw`",
        "@ref",
        "<label>",
        "//c",
        "~",
        "--",
        "https://x.org",
        "1. one",
        "#",
        "\\u007f",
        "\u2028",
        "\u007f",
        "\u00ad",
        "비\u200b비",
    ]
    assert typeset(map(translator.words, texts)) == texts
