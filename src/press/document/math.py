"""Equations: LaTeX as MathML for the page (no script, no fonts) and as Typst for the PDF."""

import html
import json
import re
from collections.abc import Iterator
from functools import cache

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform

from press.document import latex as tex
from press.document.latex import Macro

# Strings, and names of equations that the template of the PDF has for something else.
_OURS = re.compile(r'"(?:\\.|[^"\\])*"|(?<![\w.#])(wide|sans|mono|serif|accent)(?!\w)')
# A text of MathML that is a command, or a sign of alignment.
_UNREAD = re.compile(r">\s*(\\[A-Za-z]+|&(?:amp;)?)\s*<")
_VARIANT = re.compile(r'"(?:\\.|[^"\\])*"|(?<![\w.#])([A-Za-z]+(?:\.[a-z]+)+)')  # a string; a sign in one of its forms
_LABEL = re.compile(r"\\label\s*\{([^{}]+)\}")
# Between dollars right behind a digit, or before one: letters and commands without blanks are no amount of money.
_TOKEN = r"{}(?:[_^](?:\w|\{{[^{{}}$\s]+\}}))*"
_COMMANDS, _SIGNS = _TOKEN.format(r"\\[A-Za-z]+"), _TOKEN.format(r"(?:\\[A-Za-z]+|[A-Za-z])")
_BESIDE_DIGIT = re.compile(rf"(?<=\d)\$((?:{_SIGNS})+)\$(?!\d)|\$((?:{_COMMANDS})+)\$(?=\d)")
_STRING = re.compile(r'"(?:\\.|[^"\\])*"')
_NO_NAME = re.compile(r'"(?:\\.|[^"\\])*"|#\w+(?:\([^()]*\))?')  # of Typst: strings, and code within an equation


class EquationError(ValueError):
    """An equation that cannot be converted, with the reason in words."""


def macros_of(config: Config) -> dict[str, Macro]:
    """Return the macros that the book's settings define, where MathJax has them."""
    found: dict[str, Macro] = {}
    for name, path in (("mathjax3_config", ("tex", "macros")), ("mathjax_config", ("TeX", "Macros"))):
        settings = getattr(config, name, None) or {}
        for key in path:
            settings = settings.get(key) or {} if isinstance(settings, dict) else {}
        for macro, body in settings.items():
            words, *count = body if isinstance(body, list) else [body]
            found[macro] = Macro(str(words), int(count[0]) if count else 0)
    return found


def expand_macros(document: nodes.document, macros: dict[str, Macro]) -> None:
    """Put what macros stand for into the equations of a page; those that an equation defines hold for all after it."""
    macros = dict(macros)
    for node in [*document.findall(lambda node: isinstance(node, (nodes.math, nodes.math_block)))]:
        written = node.astext()
        latex, defined = tex.take_definitions(written)
        macros |= defined
        latex = tex.expand(latex, macros)
        if defined and not latex.strip():
            node.parent.remove(node)
        elif latex != written:
            node.children = [nodes.Text(latex)]
            node.children[0].parent = node


def refer_to_equations(app: Sphinx, document: nodes.document) -> None:
    r"""Let an equation that is no more than `\eqref{…}` be a reference, as it is where MathJax sets it."""
    for node in list(document.findall(nodes.math)):
        if asked := re.fullmatch(r"\s*\\(?:eq)?ref\s*\{([^{}]+)\}\s*", node.astext()):
            options = {"refdomain": "math", "reftype": "eq", "reftarget": asked[1], "refexplicit": False}
            reference = addnodes.pending_xref("", refdoc=app.env.docname, refwarn=True, **options)
            reference += nodes.literal("", asked[1], classes=["xref", "eq"])
            reference.line, reference.source = node.line, node.source
            node.replace_self(reference)


def read_equations_beside_digits(app: Sphinx, document: nodes.document) -> None:
    """Let `x` of 2$x$ be an equation, though dollars beside digits are money (`myst_dmath_allow_digits: false`)."""
    if "dollarmath" not in app.config.myst_enable_extensions:
        return
    for text in list(document.findall(nodes.Text)):
        verbatim = isinstance(text.parent, (nodes.FixedTextElement, nodes.literal, nodes.math, nodes.raw))
        if not verbatim and _BESIDE_DIGIT.search(text):
            text.parent.replace(text, list(_with_equations(text)))


def _with_equations(text: str) -> Iterator[nodes.Node]:
    """Yield a text in pieces, its equations beside digits among them."""
    at = 0
    for found in _BESIDE_DIGIT.finditer(text):
        yield nodes.Text(text[at : found.start()])
        yield nodes.math("", found[1] or found[2])
        at = found.end()
    yield nodes.Text(text[at:])


def label_equations(app: Sphinx, document: nodes.document) -> None:
    r"""Let equations be referred to by what `\label` names within them, and number them in the order of the page.

    The lines of an equation have one number. Equations of amsmath that name no label go by their place: MyST-Parser
    gives them one at random.
    """
    page, domain, number = app.env.docname, app.env.domains["math"], 0
    for node in document.findall(nodes.math_block):
        written, given = list(dict.fromkeys(_LABEL.findall(node.astext()))), node.get("label")
        if not written and not given:
            continue
        number += 1
        for label in written:
            if label != given:
                domain.note_equation(page, label, location=node)
        if given and "amsmath" not in node["classes"]:
            written.insert(0, given)
        else:
            domain.equations.pop(given, None)
            node["label"] = (written or [f"{page}-{number}"])[0]
            node["ids"] = [nodes.make_id(f"equation-{node['label']}")]
        node["number"], node["docname"] = number, page
        for label in written or [node["label"]]:
            domain.equations[label] = (page, number)


class FindEquations(SphinxPostTransform):
    """Let references to a line of an equation lead to the equation: that has the number."""

    default_priority = 5

    def run(self, **kwargs) -> None:
        """Look at the references of one page."""
        known = self.env.domains["math"].equations
        for node in self.document.findall(addnodes.pending_xref):
            asked = node.get("refdomain") == "math" or node.get("reftype") in ("any", "myst")
            if asked and (place := known.get(node["reftarget"])):
                node["reftarget"] = next(label for label, at in known.items() if at == place)


def expand_page_macros(app: Sphinx, document: nodes.document) -> None:
    """Put what macros stand for into the equations of a page that was read."""
    expand_macros(document, macros_of(app.config))


def without_tag(latex: str) -> tuple[str, str]:
    r"""Return LaTeX of one line without its `\tag`, and the tag in parentheses; several tags stay where they are."""
    found = re.findall(r"\\tag\*?\s*\{([^{}]*)\}", latex)
    if len(found) != 1 or r"\\" in latex:
        return latex, ""
    return re.sub(r"\\tag\*?\s*\{[^{}]*\}", "", latex), f"({found[0]})"


def to_mathml(latex: str, display: str) -> str:
    """Return LaTeX as MathML, in a line or (`display` is ``"block"``) as an equation of its own."""
    from latex2mathml.converter import convert

    from press.document.amsmath import for_page

    try:
        made = convert(for_page(tex.plain(latex)), display=display)
    except Exception as error:  # the converter raises bare exceptions of many kinds
        raise EquationError(_reason(error)) from error
    if left := _UNREAD.search(made):  # what it does not know it writes as it is
        raise EquationError(f"{html.unescape(left[1])} is unknown to it")
    return made


def to_typst(latex: str) -> str:
    """Return LaTeX as Typst math."""
    from press.document.amsmath import simplify

    simple = simplify(tex.plain(latex))
    converted, unknown = _converted(simple)
    signs = {name: sign for name in unknown if (sign := _sign(name))}
    if signs:
        names = re.compile(rf"\\({'|'.join(signs)})(?![A-Za-z])")
        converted, unknown = _converted(names.sub(lambda found: signs[found[1]], simple))
    if unknown:
        raise EquationError(f"\\{unknown[0]} is unknown to it")
    return _OURS.sub(_qualified, _VARIANT.sub(_known_variant, converted))


def _converted(latex: str) -> tuple[str, list[str]]:
    """Return simplified LaTeX as Typst math, and the names in it that Typst does not know."""
    from tex2typst import tex2typst

    try:
        converted = tex2typst(latex, frac_to_slash=False)
    except Exception as error:  # here too
        raise EquationError(_reason(error)) from error
    converted = re.sub(r"#none(?=[_^])|(?:^|(?<=[\s(,&]))(?=[_^])", '""', converted)
    converted = re.sub(r'(?<=\d) "," (?=\d)', '","', converted)  # Typst sets blanks beside text
    names = re.findall(r"(?<![\w.#])[A-Za-z][A-Za-z]+(?![A-Za-z]*:)", _NO_NAME.sub(" ", converted))
    names += re.findall(r"#([A-Za-z]\w*)(?![\w(])", _STRING.sub(" ", converted))
    return converted, [name for name in names if name not in _known_names()]


def _sign(name: str) -> str:
    """Return the sign that the converter of the page knows by a name; empty where it knows none."""
    from latex2mathml.symbols_parser import convert_symbol

    code = convert_symbol(f"\\{name}")
    return chr(int(code, 16)) if code else ""


def _known_variant(found: re.Match) -> str:
    """Return a sign in one of its forms; one that has no crossed form is crossed by a stroke."""
    name, *forms = found[0].split(".")
    if not found[1] or name not in _variants() or any(variant >= {*forms} for variant in _variants()[name]):
        return found[0]
    if "not" in forms:
        return f"cancel({'.'.join([name, *(form for form in forms if form != 'not')])})"
    raise EquationError(f"the sign {found[0]} is unknown to it")


def _qualified(found: re.Match) -> str:
    """Return a name of equations as Typst's own; a blank parts a sign from brackets behind it."""
    return f"std.math.{found[1]}{' ' if found[1] == 'wide' else ''}" if found[1] else found[0]


def _reason(error: Exception) -> str:
    """Return what a converter says, in one line and without its stack."""
    said = str(error).partition("Stack trace")[0].replace("Conversion failed: ", "").strip()
    unknown = re.fullmatch(r"Unimplemented beginend: (\S+)", said)
    return f"the environment {unknown[1]} is unknown to it" if unknown else said or type(error).__name__


@cache
def _variants() -> dict[str, list[set[str]]]:
    """Return the signs of Typst, and the forms that each has."""
    import typst

    source = b"#metadata(dictionary(sym).pairs().map(((name, sign)) => (name, repr(sign)))) <signs>"
    signs = json.loads(typst.query(source, "<signs>", field="value", one=True))
    return {name: [set(forms.split(".")) for forms in re.findall(r'\("([a-z.]+)"', said)] for name, said in signs}


@cache
def _known_names() -> frozenset[str]:
    """Return the names that can stand in an equation of Typst."""
    import typst

    source = b"#metadata((dictionary(sym), dictionary(math), dictionary(std)).map(it => it.keys()).flatten()) <names>"
    return frozenset(["none", "true", "false", *json.loads(typst.query(source, "<names>", field="value", one=True))])
