"""The index of a PDF: terms of the glossary and names that a file lists, and where the prose speaks of them."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from press import project
from press.document.terms import Term, in_lower_case

_COLUMNS = ("entry", "forms")


class Index:
    """Finds in a text what the index lists.

    Parameters
    ----------
    names : dict
        Form, as the text writes it → entry, as the index does: Biden → Biden, Joseph.
    terms : iterable of Term
        Of the glossary; the first form of each is its entry.
    """

    def __init__(self, names: dict[str, str], terms: Iterable[Term] = ()):
        spoken = {form: _entry(term) for term in terms for form in term.forms}
        self.entries = spoken | {in_lower_case(form): entry for form, entry in spoken.items()} | names
        forms = "|".join(map(re.escape, sorted(self.entries, key=len, reverse=True)))
        self.pattern = re.compile(rf"(?<![\w-])(?P<form>{forms})s?(?![\w-])") if forms else None

    def split(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield a text in pieces, each with the entry of what it begins with; the first may have none."""
        begins, entry = 0, ""
        for found in self.pattern.finditer(text) if self.pattern else ():
            if found.start() > begins:
                yield entry, text[begins : found.start()]
            begins, entry = found.start(), self.entries[found["form"]]
        if begins < len(text):
            yield entry, text[begins:]


def _entry(term: Term) -> str:
    """Return a term as the index lists it: its name, and its abbreviation in brackets."""
    name, *short = term.forms
    return f"{name} ({short[0]})" if short else name


def read_names(path: Path, where: str) -> dict[str, str]:
    """Return the names that a CSV file lists: `entry`, and in `forms` how the text writes it, parted by bars.

    Without forms, it is written as it is listed.
    """
    rows = project.read_rows(path, _COLUMNS, where)
    return {form.strip(): row["entry"] for row in rows for form in (row["forms"] or row["entry"]).split("|")}
