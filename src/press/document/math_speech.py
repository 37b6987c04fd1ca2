"""Equations in words, for those who hear a PDF."""

import re

from press.document.latex import argument

_COMMAND = re.compile(r"\\([A-Za-z]+)\*?|\\(.)", re.S)
_TOKEN = re.compile(r"\d[\d.,]*(?<![.,])|.", re.S)
_WORDS = {
    "times": "times",
    "cdot": "times",
    "div": "divided by",
    "pm": "plus or minus",
    "leq": "is at most",
    "le": "is at most",
    "geq": "is at least",
    "ge": "is at least",
    "neq": "is not equal to",
    "ne": "is not equal to",
    "approx": "is about",
    "equiv": "is the same as",
    "sim": "is distributed as",
    "infty": "infinity",
    "rightarrow": "to",
    "ldots": "and so on",
    "cdots": "and so on",
    "dots": "and so on",
    "ln": "the natural logarithm of",
    "log": "the logarithm of",
    "exp": "the exponential of",
    "min": "the smallest of",
    "max": "the largest of",
    "bmod": "modulo",
    "partial": "partial",
}
_BOUNDED = {"sum": "the sum", "prod": "the product", "int": "the integral"}
_MARKS = {"bar": "bar", "overline": "bar", "hat": "hat", "tilde": "tilde", "dot": "dot", "vec": "vector"}
_TEXT = ("text", "mathrm", "operatorname", "mathit", "textit", "textrm", "mbox", "mathbf", "mathbb", "mathcal")
_SIGNS = {
    "=": "equals",
    "+": "plus",
    "-": "minus",
    "−": "minus",
    "/": "over",
    "*": "times",
    "<": "is less than",
    ">": "is more than",
    "(": "open parenthesis",
    ")": "close parenthesis",
    "[": "open bracket",
    "]": "close bracket",
    "|": "bar",
    "!": "factorial",
    "%": "percent",
    "'": "prime",
}
_POWERS = {"2": "squared", "3": "cubed", "\\prime": "prime"}


def spoken(latex: str) -> str:
    r"""Return an equation as one would read it aloud.

    Examples
    --------
    >>> spoken(r"H = \sum_i s_i^2")
    'H equals the sum over i of s sub i squared'
    >>> spoken(r"\frac{a}{b+1}")
    'the fraction a over b plus 1, end of fraction'
    """
    words, at = [], 0
    while at < len(latex):
        if command := _COMMAND.match(latex, at):
            said, at = _command(command[1] or command[2], latex, command.end())
        elif latex[at] in "^_":
            script, end = argument(latex, at + 1)
            said, at = (_above(script) if latex[at] == "^" else f"sub {spoken(script)}"), end
        elif latex[at] == "{":
            group, at = argument(latex, at)
            said = spoken(group)
        else:
            token = _TOKEN.match(latex, at)
            assert token is not None
            said, at = _SIGNS.get(token[0], token[0].strip(" \n\t&~")), token.end()
        words.append(said)
    return re.sub(r"\s+([,;:.])", r"\1", " ".join(filter(None, words)))


def _above(script: str) -> str:
    return _POWERS.get(script) or f"to the power {spoken(script)}"


def _command(name: str, latex: str, at: int) -> tuple[str, int]:
    """Return what a command says, with its arguments, and where these end."""
    if name in ("frac", "dfrac", "tfrac"):
        top, at = argument(latex, at)
        bottom, at = argument(latex, at)
        return f"the fraction {spoken(top)} over {spoken(bottom)}, end of fraction", at
    if name in _BOUNDED:
        return _bounded(_BOUNDED[name], latex, at)
    if name in ("sqrt", *_MARKS, *_TEXT, "begin", "end"):
        inner, at = argument(latex, at)
        if name in ("begin", "end"):
            return "", at
        if name in _TEXT:
            return inner.strip(), at
        return (
            f"the root of {spoken(inner)}, end of root" if name == "sqrt" else f"{spoken(inner)} {_MARKS[name]}"
        ), at
    if name in ("left", "right") and latex[at : at + 1] == ".":
        return "", at + 1
    if not name.isalpha() or name in ("left", "right", "quad", "qquad", "displaystyle", "limits", "big", "Big"):
        return {"\\": ",", "%": "percent", "{": "open brace", "}": "close brace"}.get(name, ""), at
    return _WORDS.get(name, name), at


def _bounded(word: str, latex: str, at: int) -> tuple[str, int]:
    """Return a sum or product with its bounds."""
    below = above = ""
    while (bound := re.compile(r"\s*([_^])").match(latex, at)) is not None:
        script, at = argument(latex, bound.end())
        if bound[1] == "_":
            below = spoken(script)
        else:
            above = spoken(script)
    if below and above:
        return f"{word} from {below} to {above} of", at
    return f"{word} over {below} of" if below else f"{word} of", at
