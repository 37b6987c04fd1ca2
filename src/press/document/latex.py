"""LaTeX of equations, made plainer: macros expanded, and what the converters do not know put in words that they do."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+(?: +[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+)*")
_DEFINITION = re.compile(
    r"\\(?:(?P<how>newcommand|renewcommand|providecommand|DeclareMathOperator)\*?\s*\{?\s*|def\s*)\\(?P<name>[A-Za-z]+)\s*\}?"
    r"(?P<parameters>(?:\s*\[\d\])?(?:\s*#\d)*)\s*"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?")
_TEXT = re.compile(r"\\(?:text|mbox|hbox|textrm|textnormal|textup|textsf|texttt|textbf|textit|operatorname\*?)\s*\{")
_CLOSING = {"(": ")", "[": "]", r"\{": r"\}"}
BRACKETS = {"(": r"\lparen", ")": r"\rparen", "[": r"\lbrack", "]": r"\rbrack", r"\{": r"\lbrace", r"\}": r"\rbrace"}
# What stands within an equation and is no bracket, and what is; lines of aligned equations are no cells.
_BRACKETS = re.compile(
    r"\\text\{[^{}]*\}|\\(?:left|right|middle)\s*(?:\\[A-Za-z]+|\\?.)|\\(?:begin|end)\s*\{aligned\}"
    r"|(?P<begin>\\begin\s*\{\w+\*?\}|\{)|(?P<end>\\end\s*\{\w+\*?\}|\})|(?P<cell>\\\\|&)"
    r"|(?P<bracket>\\[{}]|[()\[\]])|\\.",
    re.S,
)
_MOST = 1000  # expansions in one equation: a macro that calls itself ends there


class Macro(NamedTuple):
    """What a macro stands for, and how many arguments it takes."""

    body: str
    arguments: int = 0


def argument(latex: str, start: int) -> tuple[str, int]:
    """Return the argument that begins at `start` (a group, a command, a letter), and where it ends."""
    while start < len(latex) and latex[start].isspace():
        start += 1
    if start >= len(latex):
        return "", start
    if command := re.compile(r"\\(?:[A-Za-z]+|.)", re.S).match(latex, start):
        return command[0], command.end()
    if latex[start] != "{":
        return latex[start], start + 1
    end = _closing(latex, start)
    return latex[start + 1 : end], end + 1


def _closing(latex: str, start: int) -> int:
    """Return where the group that begins at `start` ends."""
    depth, at = 0, start
    while at < len(latex):
        if latex[at] == "\\":
            at += 1
        elif latex[at] in "{}":
            depth += 1 if latex[at] == "{" else -1
            if depth == 0:
                return at
        at += 1
    return len(latex)


def group_around(latex: str, place: int) -> tuple[int, int]:
    """Return where the content of the innermost group around a place begins and ends; that of all, where none is."""
    open_at: list[int] = []
    for found in re.finditer(r"\\.|[{}]", latex[:place], re.S):
        if found[0] == "{":
            open_at.append(found.end())
        elif found[0] == "}" and open_at:
            open_at.pop()
    return (open_at[-1], _closing(latex, open_at[-1] - 1)) if open_at else (0, len(latex))


def brackets_by_name(latex: str) -> str:
    """Return LaTeX in which brackets that a group, or a cell of a table, opens or closes alone go by their names.

    Typst sets groups and cells as arguments of functions: there a bracket alone would end the function, or never.
    So do brackets of two kinds, as in “(0, 1]”, which Typst may take for a function’s behind a name.
    """
    alone: list[re.Match] = []
    opened: list[list[re.Match]] = [[]]  # by group or environment, the outermost first
    for found in _BRACKETS.finditer(latex):
        sign = found["bracket"]
        if found["begin"]:
            opened.append([])
        elif found["end"] or found["cell"]:
            if len(opened) > 1:  # outside of all, lines may have them
                alone += opened.pop()
                opened += [] if found["end"] else [[]]
        elif sign in _CLOSING:
            opened[-1].append(found)
        elif sign and opened[-1]:
            begins = opened[-1].pop()
            alone += [] if _CLOSING[begins["bracket"]] == sign else [begins, found]
        elif sign and len(opened) > 1:
            alone.append(found)
    for found in sorted(alone, key=lambda each: each.start(), reverse=True):
        latex = f"{latex[: found.start()]}{BRACKETS[found['bracket']]} {latex[found.end() :]}"
    return latex


def take_definitions(latex: str) -> tuple[str, dict[str, Macro]]:
    """Return LaTeX without the macros that it defines, and these."""
    found: dict[str, Macro] = {}
    while definition := _DEFINITION.search(latex):
        body, end = argument(latex, definition.end())
        numbers = [int(digit) for digit in re.findall(r"\d", definition["parameters"])]
        if definition["how"] == "DeclareMathOperator":
            body = rf"\operatorname{{{body}}}"
        found[definition["name"]] = Macro(body, max(numbers, default=0))
        latex = latex[: definition.start()] + latex[end:]
    return latex, found


def expand(latex: str, macros: dict[str, Macro]) -> str:
    """Return LaTeX with macros replaced by what they stand for."""
    if not macros:
        return latex
    pattern = re.compile(rf"\\({'|'.join(sorted(map(re.escape, macros), key=len, reverse=True))})(?![A-Za-z])")
    for _ in range(_MOST):
        if not (call := pattern.search(latex)):
            break
        macro, end, values = macros[call[1]], call.end(), []
        for _ in range(macro.arguments):
            value, end = argument(latex, end)
            values.append(value)
        body = re.sub(r"#(\d)", lambda place: (values + [""] * 9)[int(place[1]) - 1], macro.body)  # noqa: B023
        body = f"{{{body}}}" if _is_whole(body) else body
        latex = f"{latex[: call.start()]}{body}{latex[end:]}"
    return latex


def _is_whole(body: str) -> bool:
    """Tell whether what a macro stands for ends all that it begins; half an environment cannot stand in a group."""
    return all(
        len(re.findall(rf"\\{one}(?![A-Za-z])", body)) == len(re.findall(rf"\\{other}(?![A-Za-z])", body))
        for one, other in (("begin", "end"), ("left", "right"))
    )


def replace_commands(latex: str, names: str, arguments: int, put: Callable[..., str]) -> str:
    """Return LaTeX with commands and their arguments replaced by what `put` returns; innermost calls last."""
    pattern = re.compile(rf"\\({names})(?![A-Za-z])\*?")
    at = 0
    while call := pattern.search(latex, at):
        end, values = call.end(), []
        for _ in range(arguments):
            value, end = argument(latex, end)
            values.append(value)
        new = put(*values)
        latex = latex[: call.start()] + new + latex[end:]
        at = call.start()
        if pattern.match(new):  # what stands there is meant to stay
            at += len(new)
    return latex


def parts(latex: str) -> Iterator[tuple[bool, str]]:
    """Yield LaTeX in pieces, and whether each is a text within the equation, with its command."""
    at = 0
    while found := _TEXT.search(latex, at):
        end = _closing(latex, found.end() - 1) + 1
        yield False, latex[at : found.start()]
        yield True, latex[found.start() : end]
        at = end
    yield False, latex[at:]


def outside_text(latex: str, change: Callable[[str], str]) -> str:
    """Return LaTeX changed wherever it is not text within the equation."""
    return "".join(piece if is_text else change(piece) for is_text, piece in parts(latex))


def without_comments(latex: str) -> str:
    """Return LaTeX without its comments."""
    return re.sub(r"(?<!\\)%[^\n]*(?:\n\s*)?", "", latex)


def hangul_as_text(latex: str) -> str:
    """Return LaTeX in which words in Hangul are text, not variables one by one."""
    return outside_text(latex, lambda piece: HANGUL.sub(lambda word: rf"\text{{{word[0]}}}", piece))


def aligned(latex: str) -> str:
    """Return LaTeX whose lines are aligned without an environment, as `{math}` lets authors write, within one."""
    lines = [line for line in re.split(r"\n[ \t]*\n", latex.strip()) if line.strip()]
    if len(lines) > 1 and "\\begin" not in latex:
        latex = r" \\ ".join(lines)
        return rf"\begin{{aligned}}{latex}\end{{aligned}}"
    bare = re.sub(r"\\begin\s*\{(\w+\*?)\}.*?\\end\s*\{\1\}", "", latex, flags=re.S)
    return rf"\begin{{aligned}}{latex}\end{{aligned}}" if re.search(r"(?<!\\)&", bare) else latex


def plain(latex: str) -> str:
    """Return LaTeX without what says nothing of how an equation looks: comments, labels, definitions' aids."""
    latex = re.sub(r"\\(?:cr|newline)(?![A-Za-z])", r"\\\\", without_comments(latex))
    latex = re.sub(r"\\(?:\\|\s+)", lambda found: found[0][:2].replace("\n", " "), latex)  # a blank, also as a new line
    latex = re.sub(r"\\(?:label|require)\s*\{[^{}]*\}|\\(?:nonumber|notag|allowbreak|relax)(?![A-Za-z])", "", latex)
    return hangul_as_text(aligned(latex))
