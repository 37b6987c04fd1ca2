"""Markdown that Markdown itself passes over: blocks left open, notes and cells that nobody sees, conflicts."""

import pytest

from press.document.source_lint import _conflicts, _lost_cells, _lost_notes, _no_blocks, read_lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("```{note}\nNever closed.", 1),
        ("Text.\n\n```python\nx = 1\n\n# Heading", 3),
        ("::::{note}\nbody\n:::\n\nMore.", 1),
        ("```{note}\n```python\nx = 1\n```\n```", 2),
        ("````{note}\n```python\nx = 1\n````", None),
        ("- item\n  ```\n  code", 2),
        ("```{note}\nbody\n```", None),
        ("````{note}\n```python\nx = 1\n```\n````", None),
        (":::{note}\n::::{tip}\nx\n::::\n:::\n\nText.", None),
        ("<!-- ```{note}\nx\n-->\n\n```\nx\n```", None),
        ("Text.\n\n<!-- to myself\n\nLost.", 3),
        ("```html\n<!--\n```", None),
        ("::::{note}\n:::{tip}\nx\n:::\n::::", None),
        ("````md\n```{note}\n````", None),
        ("````{code-block} md\n```{note}\n````", None),
        ("~~~\n```\n~~~", None),
        ("``` and ```", None),
        ("1. one\n   ```\n   x\n   ```", None),
        ("> ```\n> x\n> ```", None),
    ],
)
def test_a_block_that_nothing_closes_is_found(text, line):
    fence = read_lines(text.splitlines(), colons=True)[1]
    assert (fence.line if fence else None) == line


def test_colons_are_text_where_the_book_does_not_use_them():
    assert read_lines([":::{note}"], colons=False)[1] is None


def found(check, text, *more):
    """What a check finds in Markdown: line, and words."""
    lines, _ = read_lines(text.splitlines(), colons=True)
    return [(line, what % words) for line, what, words in check(lines, *more)]


def test_notes_that_nobody_sees_are_found():
    text = "One.[^a] Two.[^b] `[^code]` \n\n[^a]: See.\n[^c]: Never.[^a]\n\n```\n[^d]\n```"
    assert found(_lost_notes, text, False) == [(1, "there is no note [^b]"), (4, "nothing refers to the note [^c]")]
    assert found(_lost_notes, text, True) == [], "the page includes others"


def test_cells_that_markdown_leaves_out_are_found():
    text = (
        "| a | b |\n|---|:-:|\n| 1 | 2 |\n| 1 | 2 | 3 |\n| `x\\|y` | 2 |\n| 1 |\n\nx | y\n--|--\n1 | 2 | 3\n\na | b\n"
    )
    assert found(_lost_cells, text) == [
        (4, "the row has more cells than the head of its table: “| 1 | 2 | 3 |”"),
        (10, "the row has more cells than the head of its table: “1 | 2 | 3”"),
    ]


def test_blocks_with_code_in_their_titles_are_found():
    text = "```{admonition} Of `code`\nText.\n\n```{note}``` is a block.\n"
    assert [line for line, _ in found(_no_blocks, text)] == [1]


def test_marks_of_a_conflict_are_found():
    text = "<<<<<<< HEAD\nOurs.\n=======\nTheirs.\n>>>>>>> branch\n\n```\n<<<<<<< HEAD\n```"
    assert [line for line, _ in found(_conflicts, text)] == [1, 5]
