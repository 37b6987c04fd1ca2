"""LaTeX as MathML and as Typst: environments of amsmath, commands, macros, and what is refused."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from press.document import latex, math
from press.document.latex import Macro


def compiled(*equations):
    """Set equations with Typst; the message of its first complaint, or None."""
    import typst

    source = "\n".join(f"$ {equation} $" for equation in equations)
    _, warnings = typst.Compiler(source.encode()).compile_with_warnings()
    return warnings[0].message if warnings else None


@pytest.mark.parametrize(
    ("written", "typst"),
    [
        (r"\begin{equation} x = 1 \end{equation}", "x = 1"),
        (r"\begin{gather*} a \\ b \end{gather*}", r"a \ b"),
        (r"\begin{multline} a \\ b \end{multline}", r"a \ b"),
        (r"\begin{split} a &= b \\ c &= d \end{split}", r"a &= b \ c &= d"),
        (r"\begin{eqnarray} a &=& b \\ c &=& d \end{eqnarray}", r"a &= b \ c &= d"),
        (r"\begin{alignat}{2} a &= b \end{alignat}", "a &= b"),
        (r"\begin{aligned}[t] a &= b \\[5pt] c &= d \end{aligned}", r"a &= b \ c &= d"),
        (r"\mbox{the rest}", '"the rest"'),
        (r"\textrm{a " "b}", '"a b"'),
        (r"\text{if $x$ is “so”}", '"if " x " is “so”"'),
        (r"\big( x \Bigr)", "(x)"),
        (r"\lVert x \rVert", "bar.v.double x bar.v.double"),
        (r"\bm{\beta}", "bold(beta)"),
        (r"\stackrel{iid}{\sim}", "limits(~)^lr(i i d)"),
        (r"\underset{x \in A}{\max} f", "limits(max)_lr(x in A) f"),
        (r"\xrightarrow{a} b", "limits(-->)^lr(a) b"),
        (r"{\color{red} x}", "x"),
        (r"{a \over b}", "frac(a, b)"),
        (r"\frac{a}{b}^{2}", "frac(a, b)^2"),
        (r"{}^{14}C", '""^14 C'),
        (r"_{2}", '""_2'),
        (r"\begin{pmatrix} a; & b \end{pmatrix}", 'mat(a ";", b)'),
        (r"\begin{array}{c|c} \hline a & b \end{array}", "mat(delim: #none, augment: #1, align: #center, a, b)"),
        (r"\operatorname*{arg\,max}_{x}", 'op("arg max", limits: #true)_x'),
        (r"\text{평균} = 평균 값", '"평균" = "평균 값"'),
        (r"x \label{eq} % a comment", "x"),
        (r"a &= b \\ &= c", r"a &= b \ &= c"),
        (r"\begin{pmatrix} 1 \cr 2 \end{pmatrix}", "mat(1; 2)"),
        (r"\text{\textit{so}}", '"so"'),
        (r"\lnot a \mathclose{)} \vcenter{x}", "not a paren.r x"),
        (r"\frac{P(a)}{1 - P(a}", "frac(P(a), 1 - P paren.l a)"),
        (r"\underbrace{(a}_{b)}", "underbrace(paren.l a, b paren.r)"),
        (r"\begin{cases} (a & b \\ c) & d \end{cases}", "cases(paren.l a & b, c paren.r & d)"),
        (r"\frac{[0,1)}{\text{(a}}", 'frac(bracket.l 0 comma 1 paren.r, "(a")'),
        (r"\begin{aligned} a &= (b \\ &+ c) \end{aligned}", r"a &= (b \ & +c)"),
        (r"\left]0, 1\right[", "lr(bracket.r 0, 1 bracket.l)"),
        (r"{n \brace k}", 'mat(delim: "{", n; k)'),
        (r"{x_{1} \atop y}", "mat(delim: #none, x_1; y)"),
        (r"\LaTeX", '"LaTeX"'),
        (r"\text{a \textbf{b} c}", '"a b c"'),
        (r"\begin{bmatrix*}[r] 1 \end{bmatrix*}", 'mat(delim: "[", 1)'),
        (r"\xcancel{x}", "cancel(x)"),
        (r"\cancelto{0}{x} + y", "cancel(x)^0 + y"),
        (r"\genfrac{(}{)}{0pt}{}{a}{b}", "(mat(delim: #none, a; b))"),
        (r"\genfrac{[}{]}{}{0}{a}{b}", "[frac(a, b)]"),
        ("\U0001d443(\U0001d431) ∈ \U0001d53c", "P(upright(bold(x))) ∈ EE"),
        (r"{\displaystyle x} y", "x y"),
        (r"\alpha\in(0, 1]", "alpha in paren.l 0, 1 bracket.r"),
        ("\\displaystyle\nx = 1", "display(x = 1)"),
        ("a \\veebar b,\\\nc", "a ⊻ b, med c"),
        (r"p \qquad (i)", "p std.math.wide (i)"),
        (r"\mathsf{T} \text{sans}", 'std.math.sans(T) "sans"'),
        (r"a\;b; c", 'a thick b ";" c'),
        (r"1{,}000 + x", '1","000 + x'),
        (r"a \hskip0.5cm b", "a quad b"),
        (r"A \not\perp B \not\in C", "A cancel(perp) B in.not C"),
    ],
)
def test_latex_becomes_typst(written, typst):
    converted = math.to_typst(written)
    assert " ".join(converted.split()) == typst
    assert compiled(converted) is None


@pytest.mark.parametrize(
    ("written", "reason"),
    [(r"\nosuch{x}", r"\\nosuch is unknown"), (r"\begin{tikzcd} a \end{tikzcd}", "the environment tikzcd is unknown")],
)
def test_what_cannot_be_set_is_named(written, reason):
    with pytest.raises(math.EquationError, match=reason):
        math.to_typst(written)


def test_the_page_takes_the_same_commands():
    converted = math.to_mathml(r"\begin{equation} x = \mbox{한글} \label{a} \nonumber \end{equation}", "block")
    assert "한글" in converted and "\\" not in converted


def test_macros_of_the_settings_and_of_a_page():
    macros = {"RR": r"\mathbb{R}", "norm": [r"\lVert #1 \rVert", 1]}
    config = SimpleNamespace(mathjax3_config={"tex": {"macros": macros}})
    document = new_document("page")
    for text in (r"\newcommand{\E}[1]{\mathbb{E}[#1]}", r"\E{x} \in \RR", r"\norm{\E{y}}"):
        document += nodes.math_block(text, text)
    math.expand_macros(document, math.macros_of(config))
    assert [node.astext() for node in document.findall(nodes.math_block)] == [
        r"{\mathbb{E}[x]} \in {\mathbb{R}}",
        r"{\lVert {\mathbb{E}[y]} \rVert}",
    ]


def test_a_macro_that_calls_itself_comes_to_an_end():
    assert latex.expand(r"\x", {"x": Macro(r"\x")})


@pytest.mark.parametrize(
    ("written", "left", "tag"),
    [(r"x = 1 \tag{A}", "x = 1 ", "(A)"), (r"a \tag{A} \\ b \tag{B}", r"a \tag{A} \\ b \tag{B}", ""), ("x", "x", "")],
)
def test_a_tag_stands_in_the_place_of_the_number(written, left, tag):
    assert math.without_tag(written) == (left, tag)


TABLE = (r"\begin{aligned}a &= b \\ c &= d\end{aligned}", r"\begin{alignat}{2}a &= b \\ c &= d\end{alignat}")
TABLE += (
    r"\begin{eqnarray}a &=& b \\ c &=& d\end{eqnarray}",
    r"\begin{dcases}a & b \\ c & d\end{dcases}",
    r"a &= b \\ c &= d",
)


@pytest.mark.parametrize("written", [*TABLE, r"\begin{gather}a = b \\ c = d\end{gather}"])
def test_lines_of_an_equation_are_rows_on_the_page(written):
    made = math.to_mathml(written, "block")
    assert made.count("<mtr>") == 2 and "&</" not in made


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"\bigl\langle x \bigr\rangle", "&#x027E8;"),
        (r"\arg\max_x", ">arg<"),
        (r"\operatorname*{arg\,max}_x", ">arg\u2009max</mo>"),
        (r"\ensuremath{x}", "<mi>x</mi>"),
        (r"\text{50\% of a\_b}", "a_b"),
        (r"\P", "¶"),
    ],
)
def test_the_page_prints_no_commands(written, shown):
    made = math.to_mathml(written, "inline")
    assert shown in made and "\\" not in made


def test_a_command_that_the_page_does_not_know_is_named():
    with pytest.raises(math.EquationError, match=r"\\nosuch is unknown"):
        math.to_mathml(r"x + \nosuch{y}", "inline")


def test_macros_of_mathjax_in_every_form():
    macros = {"N": r"\mathbb{N}", "half": [r"\left[\begin{array}"], "floor": [r"\lfloor #1 \rfloor", 1]}
    found = math.macros_of(SimpleNamespace(mathjax3_config={"tex": {"macros": macros}}))
    assert found["half"] == Macro(r"\left[\begin{array}", 0) and found["floor"].arguments == 1


def test_a_macro_that_is_half_an_environment_stands_in_no_group():
    macros = {"bmat": Macro(r"\left[\begin{array}"), "emat": Macro(r"\end{array}\right]"), "N": Macro("n")}
    assert latex.expand(r"\bmat{cc} 1 & 2 \emat^\N", macros) == r"\left[\begin{array}{cc} 1 & 2 \end{array}\right]^{n}"


def test_a_reference_to_an_equation_is_a_reference(app):
    document = new_document("page")
    document += nodes.paragraph("", "", nodes.math("", r"\eqref{eq-a}"), nodes.math("", "x"))
    app.env.temp_data["docname"] = "book/index"
    math.refer_to_equations(app, document)
    app.env.temp_data.clear()
    (reference,) = document.findall(addnodes.pending_xref)
    assert (reference["refdomain"], reference["reftype"], reference["reftarget"]) == ("math", "eq", "eq-a")
    assert [node.astext() for node in document.findall(nodes.math)] == ["x"]


def test_letters_and_commands_beside_a_digit_are_an_equation_and_money_is_none(app):
    document = new_document("page")
    money = "It cost $1.5 billion in 2021 and $2 in 2022, 5$ or 6$."
    for text in ("0.3$x_1$", "a 2$\\times$2 matrix", "10$\\mu_{ab}^2$s", money):
        document += nodes.paragraph("", "", nodes.Text(text))
    document += nodes.literal("", "2$x$")
    math.read_equations_beside_digits(app, document)
    assert [node.astext() for node in document.findall(nodes.math)] == ["x_1", r"\times", r"\mu_{ab}^2"]
    assert [each.astext() for each in document.children[1:4]] == [r"a 2\times2 matrix", r"10\mu_{ab}^2s", money]


@pytest.fixture
def labeled(app):
    """Read equations of a page, each its LaTeX and what its directive says of it; the document."""

    def labeled(*equations):
        document = new_document("page")
        for written, given in equations:
            document += nodes.math_block("", written, **{"label": None, "number": None} | given)
            if "label" in given:
                app.env.domains["math"].equations[given["label"]] = ("book/snow", 1)
        math.label_equations(app, document)
        return document

    app.env.temp_data["docname"] = "book/snow"
    yield labeled
    app.env.temp_data.clear()
    app.env.domains["math"].clear_doc("book/snow")


def test_what_labels_name_within_equations_can_be_referred_to(app, labeled):
    lines = r"\begin{align} a &= b \label{eq-one} \\ c &= d \label{eq-two} \end{align}"
    random = {"classes": ["amsmath"], "label": "0b5c", "ids": ["equation-0b5c"]}
    document = labeled(
        (lines, random),
        ("x", {}),
        (r"x \label{eq-three}", {}),
        (r"y \label{eq-five}", {"label": "eq-four", "ids": ["equation-eq-four"]}),
        (r"\begin{gather} z \end{gather}", random),
    )
    found = [(node["label"], node["number"], node["ids"]) for node in document.findall(nodes.math_block)]
    assert found == [
        ("eq-one", 1, ["equation-eq-one"]),
        (None, None, []),
        ("eq-three", 2, ["equation-eq-three"]),
        ("eq-four", 3, ["equation-eq-four"]),
        ("book/snow-4", 4, ["equation-book-snow-4"]),
    ]
    for asked, leads_to in (("eq-one", "eq-one"), ("eq-two", "eq-one"), ("eq-five", "eq-four"), ("eq-six", "eq-six")):
        page = new_document("page")
        page.settings.env = app.env
        page += addnodes.pending_xref("", refdomain="math", reftype="eq", reftarget=asked)
        math.FindEquations(page).run()
        assert page[0]["reftarget"] == leads_to
