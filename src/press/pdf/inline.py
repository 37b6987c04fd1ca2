"""What stands within a line: text, its kinds, references, notes."""

import json
from functools import cached_property
from pathlib import Path

from docutils import nodes

from press import state
from press.document.terms import is_prose
from press.pdf.base import DESCRIBED, Base
from press.pdf.index import Index, read_names
from press.pdf.markup import breakable, squeeze, string, together, words


class Inlines(Base):
    """Sets text and what marks it."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.explained: set[str] = set()

    def render_Text(self, node) -> str:
        text = together(squeeze(node.astext()))
        self.text.append((self.page, text))
        if not self.own.index or not is_prose(node):
            return words(breakable(text))
        return "".join(_indexed(entry) + words(breakable(piece)) for entry, piece in self.index.split(text))

    @cached_property
    def index(self) -> Index:
        """What the index lists."""
        file = self.config.press_index
        names = read_names(Path(self.env.srcdir, file), file) if file else {}
        found = state.book(self.env).terms.values()
        self.text += [("the index", entry) for entry in names.values()]
        return Index(names, [term for terms in found for term in terms])

    def render_emphasis(self, node) -> str:
        return f"#emph[{self.children(node)}]"

    render_title_reference = render_literal_emphasis = render_emphasis

    def render_strong(self, node) -> str:
        return f"#strong[{self.children(node)}]"

    render_literal_strong = render_field_name = render_strong

    def render_literal(self, node) -> str:
        code = node.astext()
        self.text.append((self.page, code))
        return f"#raw({string(breakable(code))})"

    def render_superscript(self, node) -> str:
        return f"#super[{self.children(node)}]"

    def render_claim_mark(self, node) -> str:
        self.text.append((self.page, f"✓{node['number']}"))
        return f"#claim-mark({string(str(node['number']))})"

    def render_subscript(self, node) -> str:
        return f"#sub[{self.children(node)}]"

    def render_abbreviation(self, node) -> str:
        """Set an abbreviation, and what it stands for where it comes first."""
        meaning = node.get("explanation", "")
        if not meaning or meaning in self.explained:
            return self.children(node)
        self.explained.add(meaning)
        self.text.append((self.page, meaning))
        return f"{self.children(node)}{words(f' ({meaning})')}"

    def render_Inline(self, node) -> str:
        return self.children(node)

    render_file = render_term_link = render_generated = render_pending_xref = render_Inline

    def render_inline(self, node) -> str:
        if "number" in node["classes"]:  # a number and its unit stay on one line
            self.text.append((self.page, node.astext()))
            number = words(node.astext().replace(" ", "\u00a0"))
            return f"#quantity[{number}]" if "\u00a0" in number else number
        body = self.children(node)
        if "struck" in node["classes"]:
            return f"#strike[{body}]"
        if language := next((name[9:] for name in node["classes"] if name.startswith("language-")), None):
            return f"#text(lang: {string(language)})[{body}]"
        return f"#linebreak()#table-subtitle[{body}]" if "table-subtitle" in node["classes"] else body

    def render_line_break(self, node) -> str:
        return "#linebreak()"

    render_sd_line_break = render_line_break

    # -- references

    def render_reference(self, node) -> str:
        body = self.children(node)
        if "refid" in node:
            return self.link(f"{self.page}#{node['refid']}", body)
        return self.led(node.get("refuri", ""), body)

    def render_number_reference(self, node) -> str:
        """Set a reference to a figure, table, or section: its number stays with its word."""
        for text in list(node.findall(nodes.Text)):
            text.parent.replace(text, nodes.Text(text.astext().replace(" ", "\u00a0")))
        made = self.render_reference(node)
        if not made.startswith("#link(label("):
            return made
        self.referred.add(json.loads(made[len("#link(label(") :].partition("))[")[0]))
        return f"#numbered{made.removeprefix('#link')}"

    def render_download_reference(self, node) -> str:
        """Set a link to the file on the site, where the site has an address; else the words alone."""
        body, base = self.children(node), self.config.html_baseurl.rstrip("/")
        address = node.get("refuri") or (f"{base}/_downloads/{node['filename']}" if base and "filename" in node else "")
        return f"#link({string(address)})[{body}]" if address else body

    # -- notes

    def render_footnote_reference(self, node) -> str:
        mark = "<note-mark>" if isinstance(node.parent, nodes.title) else ""
        return f"#super[{self.link(self.page + '#' + node['refid'], self.children(node))}]{mark}"

    def render_footnote(self, node) -> str:
        label, *body = node.children
        return f"#note-line[#super[{self.children(label)}] {''.join(self.render(part) for part in body)}]\n\n"

    def render_citation(self, node) -> str:
        label, *body = node.children
        self.name(node, "".join(part.astext() for part in body), most=DESCRIBED)
        by_author = str(getattr(self.config, "bibtex_reference_style", "")).startswith("author")
        name = "" if by_author and self.works.intersection(node["ids"]) else words(f"[{label.astext()}] ")
        return f"#entry[{name}{''.join(self.render(part) for part in body)}]\n\n"

    @cached_property
    def works(self) -> frozenset[str]:
        """The ids of entries of the bibliography, which an author's own citations are not."""
        domain = self.env.domains.get("cite")
        return frozenset(work.citation_id for work in domain.citations) if domain else frozenset()

    # -- what has no place on paper

    def render_Invisible(self, node) -> str:
        return ""

    render_figure_extras = render_sources_in_full = render_target = render_Invisible
    render_index = render_meta = render_Invisible
    render_colspec = render_system_message = render_toctree = render_highlightlang = render_Invisible
    render_tabular_col_spec = render_sd_icon = render_fontawesome = render_label = render_Invisible
    render_HiddenCellNode = render_docinfo = render_decoration = render_header = render_footer = render_Invisible


def _indexed(entry: str) -> str:
    """Return the mark of a place that the index names."""
    return f"#indexed({string(entry)})" if entry else ""
