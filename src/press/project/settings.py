"""What `_config.yml` and `_toc.yml` say."""

from pathlib import Path

from press.errors import PressError
from press.project.root import TOC


def read_settings(root: Path, file: str) -> dict:
    """Return what `_config.yml` or `_toc.yml` say."""
    import yaml

    try:
        content = yaml.safe_load((root / file).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise PressError(file, "the file is missing.", "Restore it from version control.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise PressError(
            f"{file}{line}",
            f"not valid YAML: {getattr(error, 'problem', None) or error}.",
            "Look at this line and the one before.",
        ) from None
    if file == TOC and isinstance(content, list):
        raise PressError(
            file,
            "it is a list, as Jupyter Book read it before version 0.11.",
            "Run “jupyter-book toc migrate _toc.yml”.",
        )
    if not isinstance(content, dict):
        raise PressError(file, "it holds no settings.", "Restore it from version control.")
    return content


def list_pages(root: Path) -> list[str]:
    """Return the pages of the book, without suffixes, as `_toc.yml` names them."""
    from sphinx_external_toc.parsing import MalformedError, parse_toc_data

    try:
        return sorted(parse_toc_data(read_settings(root, TOC)))
    except MalformedError as error:
        raise PressError(TOC, f"{error}.", "Compare it with the last one that worked.") from None
