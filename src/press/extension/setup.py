"""What the press adds to a stock Jupyter Book."""

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import ENUM
from sphinx.util.docutils import is_directive_registered

from press import project
from press.document import (
    attachments,
    bearing,
    descriptions,
    directives,
    html_on_paper,
    lint,
    math,
    nodes,
    numbering,
    roles,
    source_lint,
    start_page,
    terms,
    titles,
    transforms,
)
from press.document.margin import Margin
from press.extension import bibliography, defaults, events, execution, glue
from press.html import figure_extras, figures, folding, navigation, page_context
from press.html.templates import THEME
from press.html.translator import HTMLTranslator, visit_block_math, visit_inline_math
from press.pdf.builder import PdfBuilder
from press.pdf.documents import PAPERS

_NODES = (
    nodes.board,
    nodes.chart,
    nodes.changes,
    nodes.cited,
    nodes.claim_mark,
    nodes.code,
    nodes.figure_extras,
    nodes.file,
    nodes.gallery,
    nodes.item_list,
    nodes.listed_claims,
    nodes.listed_items,
    nodes.line_break,
    nodes.plain_chart,
    nodes.scroll,
    nodes.sources_in_full,
    nodes.shown_again,
    nodes.status_chip,
    nodes.term_link,
    nodes.thumbnail,
)
# Name, default, what is done again when it changes, what it may be.
_SETTINGS: tuple[tuple[str, Any, Any, Any], ...] = (
    ("press_pdf", "book.pdf", "env", str),
    ("press_documents", {}, "env", dict),
    ("press_paper", "a4", "env", ENUM(*PAPERS)),
    ("press_keywords", [], "env", list),
    ("press_subtitle", "", "env", str),
    ("press_edition", "", "env", str),
    ("press_imprint", "", "env", str),
    ("press_imprint_facts", {}, "env", dict),
    ("press_back_cover", "", "env", str),
    ("press_index", "", "env", str),
    ("press_license", "", "html", str),
    ("press_license_address", "", "html", str),
    ("press_author_type", "", "html", ENUM("", "Person", "Organization")),
    ("press_first_page", "", "html", str),
    ("press_glossary", "", "env", str),
    ("press_errata", "", "html", str),
    ("press_how_to_cite", "", "html", str),
    ("press_item_name", "Item", "env", str),
    ("press_status_name", "Status", "env", str),
    ("press_appendices", "Appendices", "env", str),
    ("press_code", "shown", "env", ENUM("shown", "folded")),
    ("press_on_page", "all", "html", ENUM("all", "chapters")),
    ("press_repository", "", "html", str),
    ("press_warnings", "stop", "", ENUM("stop", "tell")),
)
_DIRECTIVES = {
    "claims": directives.Claims,
    "board": directives.Items,
    "changes": directives.Changes,
    "chapter-card": start_page.ChapterCard,
    "data-package": directives.DataPackage,
    "data-columns": directives.DataColumns,
    "data-rows": directives.DataRows,
    "evidence": directives.Items,
    "figures": directives.Gallery,
    "item": directives.Items,
    "items": directives.Items,
    "picture": start_page.ShownAgain,
    "quotable": start_page.Quotable,
    "tables": directives.Gallery,
}
_TRANSFORMS = (
    glue.ShowGluedPictures,
    math.FindEquations,
    transforms.ResolveCited,
    transforms.ResolveItems,
    transforms.ResolveClaims,
    transforms.ResolveChanges,
    start_page.ResolveStartPage,
    transforms.ResolveNumbers,
    transforms.MarkStatuses,
    transforms.ResolveLabels,
    html_on_paper.ChooseHtml,
    html_on_paper.TellHtml,
    terms.LinkTerms,
    transforms.MarkKorean,
)
# Event, handler, priority: 500 is Sphinx's own; what asks for numbers comes after Sphinx has given them.
_HANDLERS = (
    ("config-inited", defaults.set_defaults, 400),
    ("config-inited", events.keep_overrides, 400),
    ("config-inited", events.collect_warnings, 400),
    ("config-inited", defaults.check_names, 400),
    ("config-inited", events.on_config_inited, 500),
    ("config-inited", bibliography.cache_style, 500),
    ("config-inited", bibliography.part_with_semicolons, 500),
    ("builder-inited", events.on_builder_inited, 500),
    ("builder-inited", bibliography.use_kept_entries, 500),
    ("env-get-outdated", events.on_env_get_outdated, 500),
    ("env-purge-doc", events.on_env_purge_doc, 500),
    ("env-merge-info", events.on_env_merge_info, 500),
    ("source-read", source_lint.check_source, 400),
    ("source-read", attachments.unpack_attachments, 500),
    ("doctree-read", math.read_equations_beside_digits, 400),
    ("doctree-read", math.refer_to_equations, 400),
    ("doctree-read", math.expand_page_macros, 400),
    ("doctree-read", math.label_equations, 400),
    ("doctree-read", descriptions.describe_pictures, 390),
    ("doctree-read", lint.drop_comments, 400),
    ("doctree-read", lint.check_images, 400),
    ("doctree-read", lint.check_dollars, 400),
    ("doctree-read", lint.check_marks, 400),
    ("doctree-read", titles.note_titles, 400),
    ("doctree-read", terms.note_terms, 400),
    ("doctree-read", bearing.note_bearing, 600),
    ("doctree-read", execution.complete_chapter, 450),
    ("doctree-read", glue.note_glued, 450),
    ("doctree-read", events.on_doctree_read, 500),
    ("env-updated", bibliography.tell_apart, 400),
    ("env-updated", events.on_env_updated, 500),
    ("env-updated", glue.rewrite_glued, 500),
    ("env-updated", titles.fill_titles, 500),
    ("env-updated", terms.rewrite_all_when_terms_changed, 500),
    ("env-updated", bearing.rewrite_when_bearing_changed, 500),
    ("env-updated", figure_extras.rewrite_after_release, 500),
    ("env-get-updated", numbering.number_appendices, 850),
    ("env-get-updated", navigation.note_contents, 900),
    ("env-get-updated", numbering.note_figures, 900),
    ("env-check-consistency", events.on_env_check_consistency, 500),
    ("html-page-context", page_context.add_context, 500),
    ("doctree-resolved", figures.write_own_pages, 500),
    ("html-collect-pages", figures.write_own_pages, 500),
    ("html-collect-pages", page_context.extra_pages, 500),
    ("build-finished", events.on_build_finished, 500),
    ("build-finished", page_context.stamp_commit, 600),
)


def setup(app: Sphinx) -> dict:
    """Register settings, nodes, roles, directives, translators, builder, and the handlers of events."""
    for name, default, rebuild, kind in _SETTINGS:
        app.add_config_value(name, default, rebuild, kind)
    app.add_html_theme("press", str(THEME))
    app.add_html_math_renderer(
        "mathml", inline_renderers=(visit_inline_math, None), block_renderers=(visit_block_math, None)
    )
    app.add_builder(PdfBuilder)
    app.set_translator("html", HTMLTranslator)
    for node in _NODES:
        app.add_node(node)
    app.add_node(nodes.folded, html=(folding.visit_folded, folding.depart_folded))
    app.add_enumerable_node(nodes.tabular, "table")
    app.add_role_to_domain("glue", "text", roles.Cite("number"), override=True)
    app.add_role("claim", roles.Cite("claim"))
    app.add_role("status", roles.Cite("item"))
    for name, directive in _DIRECTIVES.items():
        app.add_directive(name, directive)
    if not is_directive_registered("margin"):  # Jupyter Book's own theme brings one along
        app.add_directive("margin", Margin)
    app.add_transform(attachments.DecodeNames)
    for transform in _TRANSFORMS:
        app.add_post_transform(transform)
    for event, handler, priority in _HANDLERS:
        app.connect(event, handler, priority)
    return {
        "version": "1",
        "env_version": project.code_version(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
