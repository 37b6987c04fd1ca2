"""What `_config.yml` and `_toc.yml` say."""

import re
from collections.abc import Iterator
from functools import lru_cache
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

from press.errors import PressError
from press.project.root import CONFIG, TOC

if TYPE_CHECKING:
    from sphinx_external_toc.api import SiteMap
    from yaml import Node

_LISTS = ("extensions", "bibtex_bibfiles")  # settings that Sphinx would read letter by letter
_ENTRY = re.compile(r" @ '([^']*)'$")  # where sphinx-external-toc found a mistake


def read_settings(root: Path, file: str) -> dict:
    """Return what `_config.yml` or `_toc.yml` say; read once as long as it stays the same, and not to be changed."""
    try:
        text = (root / file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PressError(file, "the file is missing.", "Restore it from version control.") from None
    return _parse(file, text)


@lru_cache(8)
def _parse(file: str, text: str) -> dict:
    import yaml

    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        repeated = _repeated(node)
        content = loader.construct_document(node) if node and not repeated else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        what = getattr(error, "problem", None) or str(error)
        remedy = "Indent with blanks, not with tabs." if r"'\t'" in what else "Look at this line and the one before."
        raise PressError(f"{file}{line}", f"not valid YAML: {what}.", remedy) from None
    if repeated:
        where = f"{file}, line {repeated.start_mark.line + 1}"
        raise PressError(where, f"{repeated.value!r} stands here twice.", "Leave out one of the two.")
    if file == TOC and isinstance(content, list):
        raise PressError(
            file,
            "it is a list, as Jupyter Book read it before version 0.11.",
            "Run “jupyter-book toc migrate _toc.yml”.",
        )
    if not isinstance(content, dict):
        what = "it names no pages." if file == TOC else "it holds no settings."
        raise PressError(file, what, "Restore it from version control.")
    return content


def sphinx_settings(settings: dict) -> dict:
    """Return what of the settings in `_config.yml` is handed to Sphinx as it is."""
    return (settings.get("sphinx") or {}).get("config") or {}


def _repeated(node: "Node | None") -> "Node | None":
    """Return the first name that stands twice in a mapping of YAML: the second would hide the first."""
    below = node.value if node is not None and isinstance(node.value, list) else []  # pairs, or entries
    names: list[str] = []
    for each in below:
        name, value = each if isinstance(each, tuple) else (None, each)
        if name and name.value in names:
            return name
        names += [name.value] if name else []
        if found := _repeated(value):
            return found
    return None


def check_settings(root: Path) -> list[PressError]:
    """Return where `_config.yml` says what Jupyter Book does not understand."""
    from jupyter_book.config import get_validator

    settings = read_settings(root, CONFIG)
    given = sphinx_settings(settings)
    for name in _LISTS:
        if isinstance(words := given.get(name), str):
            raise PressError(f"{CONFIG}, sphinx, config, {name}", f"{words!r} is not a list.", f"Write [{words}].")
    return [
        PressError(
            ", ".join([CONFIG, *map(str, error.absolute_path)]), f"{error.message}.", "Correct it, or leave it out."
        )
        for error in get_validator().iter_errors(settings)
    ]


def list_pages(root: Path) -> list[str]:
    """Return the pages of the book, without suffixes, as `_toc.yml` names them or as its patterns find them."""
    contents = _contents(root)
    return sorted({*contents, *_found(root, contents.globs())})


def check_first_page(root: Path) -> None:
    """Raise an error where `_toc.yml` is malformed, or where there is no first page: Sphinx would look for another."""
    page = _contents(root).root.docname
    if not (root / page).is_file() and not any(root.glob(f"{escape(page)}.*")):
        raise PressError(f"{TOC}, root", f"there is no page {page!r}.", f"Correct the name, or write {page}.md.")


def _contents(root: Path) -> "SiteMap":
    from sphinx_external_toc.parsing import MalformedError, parse_toc_data

    try:
        return parse_toc_data(read_settings(root, TOC))
    except MalformedError as error:
        raise PressError(*_in_entry(str(error)), "Compare it with the last one that worked.") from None


def _in_entry(said: str) -> tuple[str, str]:
    """Return where a mistake of `_toc.yml` is, its entries counted from 1, and what it is."""
    found = _ENTRY.search(said)
    path = found[1].strip("/").split("/") if found else []
    entries = [f"{name} {int(place) + 1}" for name, place in zip(path[::2], path[1::2], strict=False)]
    return ", ".join([TOC, *entries]), f"{_ENTRY.sub('', said)}."


def _found(root: Path, patterns: set[str]) -> Iterator[str]:
    """Yield the files that patterns of `_toc.yml` match, without suffixes."""
    if patterns:
        from sphinx.util.matching import get_matching_files  # slow

        for path in get_matching_files(root, [f"{pattern}.*" for pattern in patterns], ["_build", ".*", "**/.*"]):
            yield path.rpartition(".")[0]
