"""A Sphinx builder that sets the whole book as one tagged PDF."""

import json
import re
import shutil
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.console import darkgreen
from sphinx.util.nodes import inline_all_toctrees

from press import project, state
from press.charts import fonts
from press.errors import PressError, combined
from press.pdf import up_to_date
from press.pdf.base import Elsewhere
from press.pdf.documents import documents, share_out
from press.pdf.floats import compile_around
from press.pdf.translator import Translator
from press.pdf.up_to_date import Place

BESIDE_PAGES = "beside_pages"  # tag of a run that sets the PDF while another writes the pages
_NUMBER = re.compile(r"\d[\d.,]*$")
logger = logging.getLogger(__name__)
TEMPLATE = Path(__file__).parent.parent / "theme" / "book.typ"


class PdfBuilder(Builder):
    """The builder of `jupyter-book build . --builder custom --custom-builder pdf`."""

    name = "pdf"
    format = "typst"
    epilog = "The PDF is in %(outdir)s."
    allow_parallel = True
    supported_image_types = [  # noqa: RUF012  # as in Sphinx
        "image/svg+xml",
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "application/pdf",
    ]
    supported_remote_images = True  # that is: Sphinx fetches none

    def get_outdated_docs(self) -> str:
        """Return what is written: everything."""
        return "the whole book"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a page, which the translator turns into a place in the PDF."""
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the address of a page, the same from everywhere."""
        return self.get_target_uri(to)

    def prepare_writing(self, docnames: set[str]) -> None:
        """Nothing to prepare: the book is written at once."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Never called: `write` sets all pages together."""

    def write(self, build_docnames, updated_docnames, method: str = "update") -> None:
        """Set the book into the output folder, in the documents that the setting `press_documents` names."""
        folder = Path(self.outdir) / "source"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        cache_dir = state.cache_directory(self.app)
        fonts.make_static_fonts(cache_dir / "fonts")
        tree, wanted = self._assemble(), documents(self.config)
        translators = [
            Translator(self, tree, folder, cache_dir, own, share)
            for own, share in zip(wanted, share_out(tree, wanted), strict=True)
        ]
        named = {target for each in translators if each.body for target in each.referred}
        built = project.build_time(Path(self.srcdir))
        elsewhere = {
            place: Elsewhere(each.own.name)
            for each in reversed(translators)  # of several that hold it, the first is meant
            if each.own.name
            for place in each.places
        }
        for each in translators:
            each.document(built)
        unset = self._check(translators, cache_dir / "fonts")
        shutil.copyfile(TEMPLATE, folder / "template.typ")
        asked_for, completed = {at.name for at in elsewhere.values()}, []
        with ThreadPoolExecutor(1) as thread:  # one document is completed while Typst sets the next
            for each in reversed(translators):  # what follows is set first: the book names pages of its annex
                source = folder / f"{Path(each.own.file).stem}.typ"
                source.write_text(_spelled_out(each.document(built, elsewhere, named), unset), encoding="utf-8")
                if each.own.name not in asked_for:  # no other document waits for its pages
                    completed.append(thread.submit(self._set_whole, each, source, cache_dir))
                    continue
                places, complete = self._set(each, source, cache_dir)
                completed.append(thread.submit(complete))
                elsewhere |= _with_pages(places, each.own.name, elsewhere)
        self._stop_or_tell([fault for document in completed for fault in document.result()])
        for old in set(Path(self.outdir).glob("*.pdf")) - {Path(self.outdir) / each.own.file for each in translators}:
            old.unlink()

    def _check(self, translators: list[Translator], fonts_dir: Path) -> list[str]:
        """Stop at what the documents cannot show; return the signs without a letter whose names are set instead."""
        text = [noted for translator in translators for noted in translator.text]
        problems = [problem for translator in translators for problem in translator.problems]
        unset = fonts.missing_glyphs(text, fonts_dir)
        self._stop_or_tell(problems + (list(unset.values()) if self.config.press_warnings == "stop" else []))
        for problem in unset.values():
            logger.warning("%s Its name is set in its place.", problem.what, location=problem.where)
        return list(unset)

    def _stop_or_tell(self, problems: list[PressError]) -> None:
        """Stop at what is wrong with a document, unless the book asks to be told only."""
        if problems and self.config.press_warnings == "stop":
            raise combined(problems)
        for problem in problems:
            state.build(self.app).tell(str(problem))

    def _set(
        self, each: Translator, source: Path, cache_dir: Path
    ) -> tuple[dict[str, Place], Callable[[], list[PressError]]]:
        """Set one document, unless it lies there as it was made of the same; return its places, and what is left to do.

        That completes the document and returns what is wrong with it.
        """
        target, kept_as = Path(self.outdir) / each.own.file, f"{source.stem}-{each.own.paper}"
        record = cache_dir / f"{kept_as}.made.json"
        facts = {"rights": self.config.press_license, "publisher": self.config.author}
        made_of = up_to_date.fingerprint(source, cache_dir / "fonts", json.dumps([facts, each.names]))
        places = up_to_date.places_in(target, record, made_of)
        if places is not None:
            return places, list
        from press.pdf.layout_check import check_layout
        from press.pdf.postprocess import finish  # with pikepdf: not needed where nothing is set anew

        places = compile_pdf(source, target, cache_dir / "fonts")
        names = {at: each.names[place] for place, at in places.items() if place in each.names}

        def complete() -> list[PressError]:
            finish(target, facts, names)
            faults = check_layout(target, cache_dir / f"{kept_as}.paper.txt")
            if not faults:
                up_to_date.keep(target, record, made_of, places)
            return faults

        return places, complete

    def _set_whole(self, each: Translator, source: Path, cache_dir: Path) -> list[PressError]:
        """Set and complete one document, and return what is wrong with it."""
        _, complete = self._set(each, source, cache_dir)
        return complete()

    def _assemble(self) -> nodes.document:
        root = self.config.root_doc
        tree = self.env.get_doctree(root)
        tree = inline_all_toctrees(self, {root}, root, tree, darkgreen, [root])
        tree["docname"] = root
        for page in tree.findall(addnodes.start_of_file):  # Sphinx leaves what stands on them to their old documents
            for child in page.children:
                child.parent = page
        _put_pages_last(tree)
        self.env.resolve_references(tree, root, self)
        self.post_process_images(tree)
        _put_numbers_with_their_words(tree)
        return tree


def _with_pages(places: dict[str, Place], name: str, elsewhere: dict[str, Elsewhere]) -> dict[str, Elsewhere]:
    """Return where the places of a document of this name are that others ask for, with their pages."""
    return {
        place: Elsewhere(name, at.page)
        for place, at in places.items()
        if place in elsewhere and elsewhere[place].name == name
    }


def _spelled_out(markup: str, letters: list[str]) -> str:
    """Return markup in which letters that no font has are told by their names."""
    for letter in letters:
        name = f"[{unicodedata.name(letter, '').lower()}]" if unicodedata.name(letter, "") else ""
        markup = markup.replace(json.dumps(letter, ensure_ascii=False)[1:-1], name)
    return markup


def _put_numbers_with_their_words(tree: nodes.document) -> None:
    """Put a number right before words of another language among them: 18 of 18일 is read and set with 일."""
    for node in list(tree.findall(nodes.inline)):
        if not any(name.startswith("language-") for name in node["classes"]):
            continue
        place = node.parent.index(node)
        before = node.parent[place - 1] if place else nodes.Text("")
        number = _NUMBER.search(before.astext())
        if not number:
            continue
        if isinstance(before, nodes.Text):
            node.parent[place - 1] = nodes.Text(before.astext()[: number.start()])
            node.insert(0, nodes.Text(number[0]))
        elif isinstance(before, nodes.inline) and "number" in before["classes"] and number[0] == before.astext():
            node.parent.remove(before)
            node.insert(0, before)


def _put_pages_last(tree: nodes.document) -> None:
    """Let the pages below a page follow its own text, wherever in it their contents stand."""
    for page in list(tree.findall(addnodes.start_of_file)):
        above = page.parent
        while not isinstance(above, (addnodes.start_of_file, nodes.document)):
            above = above.parent
        page.parent.remove(page)
        above.append(page)


def build_pdf(app: Sphinx) -> list[str]:
    """Set the PDF of the book whose pages are being written; return what was warned of.

    To be called in another process than that of the pages.
    """
    run = set_documents(app, Path(app.outdir).parent / "pdf")
    for document in documents(app.config):
        shutil.copyfile(Path(run.outdir) / document.file, Path(app.outdir) / document.file)
    return state.build(run).warnings


def set_documents(app: Sphinx, folder: Path, **settings: str) -> Sphinx:
    """Set the PDFs of a book into a folder, with the environment that a run for the pages has saved; return the run.

    It is a run of Sphinx of its own: transforms and extensions then see one builder. `settings` go before those of
    `_config.yml`.
    """
    confdir = app.confdir if Path(app.confdir, "conf.py").exists() else None
    run = Sphinx(
        srcdir=app.srcdir,
        confdir=confdir,
        outdir=folder,
        doctreedir=app.doctreedir,
        buildername=PdfBuilder.name,
        confoverrides=state.build(app).overrides
        | {name: app.config[name] for name in ("extensions", "html_title")}
        | settings,
        status=None,
        warning=None,
        tags=[BESIDE_PAGES, "latex"],  # what authors keep to the PDF of the stock tool
    )
    run.builder.write([], [])
    return run


def compile_pdf(source: Path, target: Path, faces: Path) -> dict[str, Place]:
    """Compile Typst to PDF/UA-1; a warning (a missing font, say) stops as an error does.

    Returns
    -------
    dict
        Label → where it is, of those that the source asks for (`places` of the template).
    """
    import typst

    made_on, font_paths = int(project.build_time(source.parent).timestamp()), fonts.typst_fonts(faces)

    def compile(text: str):
        source.write_text(text, encoding="utf-8")
        compiler = typst.Compiler(str(source), root=str(source.parent), font_paths=font_paths)
        pdf, warnings = compiler.compile_with_warnings(pdf_standards=["ua-1"], timestamp=made_on)
        return pdf, warnings, json.loads(compiler.query("<places>", field="value"))

    try:
        pdf, warnings, asked = compile_around(source.read_text(encoding="utf-8"), compile, typst.TypstError)
    except typst.TypstError as error:
        raise _complaint(error, source) from None
    if warnings:
        raise _complaint(warnings[0], source)
    partial = target.with_suffix(".partial")
    partial.write_bytes(_one_file(pdf))
    partial.replace(target)
    return {label: Place(*at) for labels in asked for label, *at in labels}


def _one_file(compiled: bytes | list[bytes] | None) -> bytes:
    """Return what Typst has compiled to one file."""
    if not isinstance(compiled, bytes):
        raise TypeError(f"Typst has compiled {type(compiled).__name__}, not one file")
    return compiled


def _complaint(problem, source: Path) -> PressError:
    """Return what Typst says, and which part of the book it was setting: the last place to link to before that line."""
    at = re.search(rf"{source.name}:(\d+):(\d+)", problem.diagnostic)
    line, column = (int(at[1]), int(at[2])) if at else (0, 0)
    lines = source.read_text(encoding="utf-8").splitlines()[:line]
    before = "\n".join([*lines[:-1], *(text[:column] for text in lines[-1:])])
    places = re.findall(r'#metadata\(none\)#label\("([^"]+)"\)', before)
    return PressError(
        f"{places[-1] if places else 'the book'}, in the PDF",
        f"{problem.message}.",
        f"Mend what stands there ({source}, line {line}, shows how it was set).",
    )
