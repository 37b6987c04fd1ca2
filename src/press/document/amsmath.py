"""LaTeX of amsmath and its kin in the words that the converters to Typst and to MathML know."""

import re
import unicodedata

from press.document.latex import BRACKETS, brackets_by_name, group_around, outside_text, parts, replace_commands

_CONTENT = "equation|displaymath|math|subequations"  # environments that are no more than their content
_LINES = "gather|gathered|multline|split|flalign|multlined|align|aligned|eqnarray|alignat|alignedat|xalignat"
_TEXTS = "mbox|hbox|textrm|textnormal|textup|textsf|texttt|textit|textmd|textsc"
_SIZES = re.compile(
    r"\\(?:[bB]igg?[lrm]?|middle|displaylimits|limits|nolimits|textstyle|scriptstyle|scriptscriptstyle|tiny|small"
    r"|scriptsize|footnotesize|normalsize|large|Large|LARGE|huge|centering|hfill|hline|toprule|midrule|bottomrule)(?![A-Za-z])"
)
_NAMES = {
    "bm": "boldsymbol",
    "pmb": "boldsymbol",
    "boldsymbol": "boldsymbol",
    "mathds": "mathbb",
    "mathbbm": "mathbb",
    "mathscr": "mathcal",
    "cfrac": "frac",
    "dbinom": "binom",
    "tbinom": "binom",
    "lVert": "|",
    "rVert": "|",
    "thinspace": ",",
    "enspace": ";",
    "lvert": "vert",
    "rvert": "vert",
    "dotsm": "cdots",
    "dotso": "ldots",
    "Vert": "|",
    "lnot": "neg",
    "varlimsup": "limsup",
    "varliminf": "liminf",
    "underbar": "underline",
    "dotsb": "cdots",
    "bcancel": "cancel",
    "xcancel": "cancel",
}
_SIGNS = {"coloneqq": "≔", "eqqcolon": "≕", "llbracket": "⟦", "rrbracket": "⟧", "lvert": "|", "rvert": "|", "vert": "|"}
# Signs that neither converter knows, or only one of them.
_LETTERS = {
    "P": "¶",
    "S": "§",
    "copyright": "©",
    "ss": "ß",
    "textdegree": "°",
    "degree": "°",
    "aleph": "ℵ",
    "wp": "℘",
    "surd": "√",
    "Box": "□",
    "blacksquare": "■",
    "amalg": "⨿",
    "circlearrowleft": "↺",
    "circlearrowright": "↻",
    "restriction": "↾",
}
_KINDS = "mathord|mathopen|mathclose|mathpunct|mathinner|mathrel|mathbin|vcenter|ensuremath"
_INNERMOST = re.compile(r"\\begin\{aligned\}((?:(?!\\begin\{aligned\}).)*?)\\end\{aligned\}", re.S)
# What stands between the two parts of a group, one above the other, and how it is written before them.
_BETWEEN = {
    "over": r"\frac{{{}}}{{{}}}",
    "choose": r"\binom{{{}}}{{{}}}",
    "atop": r"\begin{{matrix}}{}\\{}\end{{matrix}}",
    "brack": r"\begin{{bmatrix}}{}\\{}\end{{bmatrix}}",
    "brace": r"\begin{{Bmatrix}}{}\\{}\end{{Bmatrix}}",
}
_BETWEEN_PARTS = re.compile(rf"\\({'|'.join(_BETWEEN)})(?![A-Za-z])")
_ALPHABETS = {
    "DOUBLE-STRUCK": "mathbb",
    "SCRIPT": "mathcal",
    "FRAKTUR": "mathfrak",
    "MONOSPACE": "mathtt",
    "BOLD": "mathbf",
    "SANS-SERIF": "mathsf",
}
_STYLES = {"bf": "mathbf", "rm": "mathrm", "it": "mathit", "sf": "mathsf", "tt": "mathtt", "cal": "mathcal"}


def for_page(latex: str) -> str:
    """Return LaTeX in the words that the converter to MathML knows."""
    latex = re.sub(r"\\(?:[bB]igg?[lrm]?)\s*(?=\\[A-Za-z{}|])", "", _environments(_signs(latex)))
    latex = re.sub(r"\\arg(?![A-Za-z])", r"\\operatorname{arg}", latex)
    latex = replace_commands(latex, "ce", 1, _chemical)
    latex = "".join(_plain_text(piece) if is_text else piece for is_text, piece in parts(latex))
    while found := _INNERMOST.search(latex):
        latex = latex[: found.start()] + _lines_of(found[1]) + latex[found.end() :]
    return latex


def _signs(latex: str) -> str:
    """Return LaTeX with the signs themselves in place of their less known names, and without kinds of signs."""
    latex = re.sub(r"\\(La)?TeX(?![A-Za-z])", r"\\text{\1TeX}", latex)
    latex = re.sub(r"\\arg(max|min)(?![A-Za-z])", r"\\operatorname*{arg\1}", latex)
    for name, sign in _LETTERS.items():
        latex = re.sub(rf"\\{name}(?![A-Za-z])", sign, latex)
    latex = replace_commands(latex, "genfrac", 6, _fraction)
    latex = replace_commands(latex, "cancelto", 2, lambda value, body: rf"{{\cancel{{{body}}}}}^{{{value}}}")
    return replace_commands(latex, _KINDS, 1, lambda body: f"{{{body}}}")


def _fraction(left: str, right: str, line: str, style: str, above: str, below: str) -> str:
    """Return a fraction between brackets of any kind, with its line or without."""
    made = (
        rf"\begin{{matrix}}{above}\\{below}\end{{matrix}}" if line.startswith("0") else rf"\frac{{{above}}}{{{below}}}"
    )
    return rf"\left{left.strip() or '.'}{made}\right{right.strip() or '.'}" if left or right else f"{{{made}}}"


def _plain_text(piece: str) -> str:
    """Return a text within an equation without commands, and with its signs as they are printed."""
    if piece.startswith(r"\operatorname"):
        return _name(piece, "\u2009")
    head, _, body = _flat(piece)[:-1].partition("{")
    return f"{head}{{" + re.sub(r"\\([&_#$])", r"\1", body).replace(r"\%", r"}\%\text{") + "}"


def _name(piece: str, blank: str) -> str:
    """Return the name of an operator without commands: the converters would take them, or a star, for letters."""
    head, _, body = piece[:-1].partition("{")
    body = replace_commands(body, _TEXTS + "|text|textbf|mathrm|mathbf|mathit|mathsf|mathop", 1, lambda words: words)
    return f"{head}{{" + re.sub(r"\\[,;: ]|~", blank, body).replace(r"\!", "") + "}"


def _flat(piece: str) -> str:
    """Return a text within an equation whose words are all set in the style of the first."""
    head, _, body = piece[:-1].partition("{")
    return f"{head}{{{replace_commands(body, _TEXTS + '|text|textbf|emph', 1, lambda words: words)}}}"


def _lines_of(body: str) -> str:
    """Return lines as the page sets them: aligned, or each in the middle."""
    if re.search(r"(?<!\\)&", body):
        return rf"\begin{{align*}}{body}\end{{align*}}"
    lines = re.split(r"\\\\(?:\s*\[[^\]]*\])?", body)
    shown = r" \\ ".join(rf"\displaystyle {line}" for line in lines)
    return rf"\begin{{matrix}}{shown}\end{{matrix}}"


def simplify(latex: str) -> str:
    """Return LaTeX in the words that the converter to Typst knows."""
    latex = _environments(_signs(_letters(latex)))
    latex = _display_style(latex)
    latex = _texts(latex)
    latex = _one_above_the_other(_with_arguments(latex))
    latex = re.sub(r"\\m?(?:skip|kern|hskip)\s*-?[\d.]+\s*(?:mu|[a-z]{2})", r"\\quad ", latex)
    latex = outside_text(latex, _words)
    latex = re.sub(r"\\left\s*([\])])", lambda sign: rf"\left.{BRACKETS[sign[1]]} ", latex)
    latex = re.sub(r"\\right\s*([\[(])", lambda sign: rf"{BRACKETS[sign[1]]} \right.", latex)
    return brackets_by_name(re.sub(r"(?<!\\)\\\\\s*\[[^\]]*\]", r"\\\\", latex))


def _display_style(latex: str) -> str:
    r"""Return LaTeX with `\displaystyle` at its beginning alone: elsewhere the converter loses what is beside it."""
    plain = re.sub(r"\\displaystyle(?![A-Za-z])\s*", "", latex)
    leads = latex.lstrip().startswith(r"\displaystyle") and not re.search(r"&|\\\\", plain)
    return rf"\displaystyle {plain}" if leads else plain


def _letters(latex: str) -> str:
    """Return LaTeX with the letters of mathematics in Unicode as commands: the converter knows no signs so far out."""
    return re.sub("[\U0001d400-\U0001d7ff]", lambda found: _letter(found[0]), latex)


def _letter(sign: str) -> str:
    name, letter = unicodedata.name(sign, ""), unicodedata.normalize("NFKC", sign)
    letter = letter if letter.isascii() else f"{{{letter}}}"
    return next((rf"\{command}{{{letter}}}" for kind, command in _ALPHABETS.items() if kind in name), letter)


def _environments(latex: str) -> str:
    latex = re.sub(rf"\\(?:begin|end)\s*\{{(?:{_CONTENT})\*?\}}", "", latex)
    latex = re.sub(r"\\begin\s*\{eqnarray\*?\}(.*?)\\end\s*\{eqnarray\*?\}", _eqnarray, latex, flags=re.S)
    latex = re.sub(r"\\begin\s*\{(?:x?alignat|alignedat)\*?\}\s*\{\d*\}", r"\\begin{aligned}", latex)
    latex = re.sub(rf"\\(begin|end)\s*\{{(?:{_LINES})\*?\}}(?:\[\w\])?", r"\\\1{aligned}", latex)
    latex = re.sub(r"\\(begin|end)\s*\{dcases\*?\}", r"\\\1{cases}", latex)
    latex = re.sub(r"\\(begin|end)\s*\{smallmatrix\*?\}", r"\\\1{matrix}", latex)
    latex = re.sub(r"\\begin\s*\{([pbBvV]?matrix)\*\}(?:\[\w\])?", r"\\begin{\1}", latex)
    latex = re.sub(r"\\end\s*\{([pbBvV]?matrix)\*\}", r"\\end{\1}", latex)
    latex = re.sub(
        r"\\begin\s*\{d?rcases\}(.*?)\\end\s*\{d?rcases\}",
        r"\\left.\\begin{matrix}\1\\end{matrix}\\right\\}",
        latex,
        flags=re.S,
    )
    return re.sub(r"(\\begin\s*\{array\})(?:\[\w\])?\s*\{((?:[^{}]|\{[^{}]*\})*)\}", _array, latex)


def _eqnarray(found: re.Match) -> str:
    rows = [row.replace("&", "\0", 1).replace("&", "").replace("\0", "&") for row in found[1].split(r"\\")]
    return r"\begin{aligned}" + r"\\".join(rows) + r"\end{aligned}"


def _array(found: re.Match) -> str:
    columns = re.sub(r"[@!>< ]\s*\{[^{}]*\}|[pmb](?=\{)", "", found[2])
    return f"{found[1]}{{{re.sub(r'[^lcr|]', '', re.sub(r'{[^{}]*}', 'l', columns)) or 'c'}}}"


def _texts(latex: str) -> str:
    """Return LaTeX whose texts are all `text`, without equations and straight quotation marks in them."""
    latex = "".join(_flat(piece) if is_text else piece for is_text, piece in parts(latex))
    latex = replace_commands(latex, _TEXTS, 1, lambda words: rf"\text{{{words}}}")
    latex = replace_commands(latex, "textbf", 1, lambda words: rf"\mathbf{{\text{{{words}}}}}")
    latex = replace_commands(latex, "intertext|shortintertext", 1, lambda words: rf"\text{{{words}}} \\ ")
    return "".join(_text(piece) if is_text else piece for is_text, piece in parts(latex))


def _text(piece: str) -> str:
    if piece.startswith(r"\operatorname"):
        return _name(piece, " ")
    if not piece.startswith(r"\text"):
        return piece
    piece = r"\text{" + replace_commands(piece[piece.index("{") + 1 : -1], "text", 1, lambda words: words) + "}"
    words = re.sub(r'"([^"]*)"', "“\\1”", piece[piece.index("{") + 1 : -1]).replace('"', "”")
    words = words.replace("``", "“").replace("''", "”").replace("~", " ")
    pieces = re.split(r"(?<!\\)\$", words)
    return "".join(
        rf"\text{{{part}}}" if index % 2 == 0 else f"{{{part}}}" for index, part in enumerate(pieces) if part
    )


def _one_above_the_other(latex: str) -> str:
    while found := _BETWEEN_PARTS.search(latex):
        start, end = group_around(latex, found.start())
        made = _BETWEEN[found[1]].format(latex[start : found.start()], latex[found.end() : end])
        latex = latex[:start] + made + latex[end:]
    return latex


def _with_arguments(latex: str) -> str:
    for names, count, put in (
        ("color|hspace\\*?(?=\\{0)|vspace|hphantom|vphantom|cline|cmidrule", 1, lambda _: " "),
        ("phantom", 1, lambda _: r"\quad "),
        ("textcolor|class|cssId|style|href|colorbox", 2, lambda _, body: f"{{{body}}}"),
        ("boxed|fbox|ensuremath|smash|mathstrut|mathclap|mathllap|mathrlap|llap|rlap", 1, lambda body: f"{{{body}}}"),
        ("raise|raisebox", 1, lambda _: " "),
        ("rule", 2, lambda *_: r"\underline{\qquad\qquad}"),
        ("mathchoice", 4, lambda display, *_: f"{{{display}}}"),
        ("mathring", 1, lambda body: rf"\overset{{∘}}{{{body}}}"),
        ("check", 1, lambda body: rf"\overset{{ˇ}}{{{body}}}"),
        ("tag", 1, lambda body: rf"\qquad \text{{({body})}}"),
        ("unicode", 1, lambda code: chr(int(code.strip("x\"'"), 16 if code[:1] in "xX" else 10))),
        ("ce", 1, _chemical),
    ):
        latex = replace_commands(latex, names, count, put)
    latex = re.sub(r"\\(xrightarrow|xleftarrow)\s*\[[^\]]*\]", r"\\\1", latex)
    latex = replace_commands(latex, "xrightarrow", 1, lambda body: rf"\overset{{{body}}}{{\longrightarrow}}")
    latex = replace_commands(latex, "xleftarrow", 1, lambda body: rf"\overset{{{body}}}{{\longleftarrow}}")
    latex = replace_commands(latex, "stackrel", 2, lambda above, sign: rf"\overset{{{above}}}{{{sign}}}")
    for name in ("overset", "underset"):  # as one group: the converter would lift its first letter only
        latex = replace_commands(latex, name, 2, _grouped(name))
    return latex


def _grouped(name: str):
    return lambda beside, sign: rf"\{name}{{\left.{beside}\right.}}{{{sign}}}"


def _chemical(formula: str) -> str:
    indexed = re.sub(r"(?<=[A-Za-z)])(\d+)", r"_{\1}", formula)
    return rf"\mathrm{{{indexed}}}"


def _words(latex: str) -> str:
    """Return a piece without text in which each command is one that the converter knows."""
    latex = _SIZES.sub(" ", latex)
    for name, sign in _SIGNS.items():
        latex = re.sub(rf"\\{name}(?![A-Za-z])", sign, latex)
    latex = re.sub(r"\\([A-Za-z]+)", lambda command: f"\\{_NAMES.get(command[1], command[1])}", latex)
    latex = re.sub(r"\{\s*\\(bf|rm|it|sf|tt|cal)(?![A-Za-z])\s*([^{}]*)\}", _styled, latex)
    latex = re.sub(r"\\(bf|it|sf|tt)(?![A-Za-z])\s*", "", latex)
    latex = latex.replace("{,}", r"\text{,}")  # of a number
    return re.sub(r"(?<!\\);", r"\\text{;}", latex.replace('"', "''"))  # a semicolon, not the blank of that name


def _styled(found: re.Match) -> str:
    return rf"\{_STYLES[found[1]]}{{{found[2]}}}"
