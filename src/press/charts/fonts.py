"""Type of the book: static faces cut from the variable fonts, for the page and for the PDF.

Source Serif 4 and Source Sans 3 come as wheels with variable fonts; Typst and the chart
renderer need static ones, the page wants small ones. Each face is made once and kept.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any
from unicodedata import category

from press import project
from press.errors import PressError

# family, style, weight → package, file, position on the axes
FACES = {
    ("Source Serif 4", "normal", 400): (
        "fontpkg_source_serif_4",
        "SourceSerif4[opsz,wght].ttf",
        {"wght": 400, "opsz": 14},
    ),
    ("Source Serif 4", "normal", 600): (
        "fontpkg_source_serif_4",
        "SourceSerif4[opsz,wght].ttf",
        {"wght": 600, "opsz": 14},
    ),
    ("Source Serif 4", "italic", 400): (
        "fontpkg_source_serif_4",
        "SourceSerif4-Italic[opsz,wght].ttf",
        {"wght": 400, "opsz": 14},
    ),
    ("Source Sans 3", "normal", 400): ("fontpkg_source_sans_3", "SourceSans3[wght].ttf", {"wght": 400}),
    ("Source Sans 3", "normal", 600): ("fontpkg_source_sans_3", "SourceSans3[wght].ttf", {"wght": 600}),
    ("Source Sans 3", "italic", 400): ("fontpkg_source_sans_3", "SourceSans3-Italic[wght].ttf", {"wght": 400}),
}

FALLBACK = ("New Computer Modern Math", "Libertinus Serif", "DejaVu Sans Mono")  # that Typst brings along


_RANGES = (
    (0x20, 0x7F),
    (0xA0, 0x180),
    (0x2010, 0x2040),
    (0x2070, 0x20BF),
    (0x2150, 0x215F),
    (0x2190, 0x2194),
)
_LATIN = sorted({code for first, end in _RANGES for code in range(first, end)} | set(map(ord, "ℓ№™∂∆∑−√∞≈≠≤≥✓■●")))
_FEATURES = ["kern", "liga", "lnum", "onum", "pnum", "tnum", "locl", "mark", "ccmp", "sups"]
# Of each face pages load a small file with the letters of English, and another only where they need one of the rest.
_ENGLISH_SIGNS = "\xa0£§©°±·½×ßáäéöü÷₩€←→−≈≤≥✓"
_ENGLISH = sorted({*range(0x20, 0x7F), *range(0x2010, 0x2027), *map(ord, _ENGLISH_SIGNS)})
PARTS = {"": _ENGLISH, "-more": sorted(set(_LATIN) - set(_ENGLISH))}
_FEATURES_OF_PAGES = ["kern", "liga", "lnum", "tnum", "locl", "mark", "ccmp"]


def make_static_fonts(folder: Path) -> Path:
    """Make the static faces in `folder` (`*.ttf`, and `*.woff2` for the page) unless this code has made them."""
    if not are_made(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for file in {(package, name) for package, name, _ in FACES.values()}:
            _make_file(*file, _wanted(folder))
        _mark(folder).touch()
    return folder


def are_made(folder: Path) -> bool:
    """Tell whether this code has made all faces in the folder; other code may cut them otherwise."""
    paths = _wanted(folder).values()
    return _mark(folder).exists() and all(
        file.exists() for path in paths for file in (path, *_for_pages(path).values())
    )


def _wanted(folder: Path) -> dict[tuple[str, str, int], Path]:
    return {face: folder / _name(*face) for face in FACES}


def _mark(folder: Path) -> Path:
    """Return the empty file that stands for this code."""
    return project.cache_path(folder, "made", Path(__file__).read_text(encoding="utf-8"))


def hangul() -> list[Path]:
    """Return the Hangul fonts of the PDF."""
    fonts = _package("pylopdf_fonts_ko")
    return [fonts.sans_path(), fonts.serif_path()]


def subset_hangul(text: str, path: Path) -> None:
    """Cut from the sans Hangul font just the syllables that the pages use; kept beside a list of them."""
    wanted = "".join(
        sorted(
            {
                letter
                for letter in text
                if "\u1100" <= letter <= "\u11ff" or "\u3130" <= letter <= "\u318f" or "\uac00" <= letter <= "\ud7a3"
            }
        )
    )
    known = path.with_suffix(".txt")
    if path.exists() and known.exists() and known.read_text(encoding="utf-8") == wanted:
        return
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(hangul()[0], recalcTimestamp=False)
    cutter = subset.Subsetter(subset.Options(flavor="woff2", recalc_timestamp=False))
    cutter.populate(text=wanted or "한")
    cutter.subset(font)
    font.flavor = "woff2"
    font.save(path)
    known.write_text(wanted, encoding="utf-8")


def _name(family: str, style: str, weight: int) -> str:
    return f"{family.replace(' ', '')}-{weight}{'-italic' if style == 'italic' else ''}.ttf"


def _for_pages(path: Path) -> dict[str, Path]:
    return {part: path.with_name(f"{path.stem}{part}.woff2") for part in PARTS}


def css() -> str:
    """Return what a style sheet says of the fonts that lie beside it."""
    rules = (_rule(face, part, str(_for_pages(Path(_name(*face)))[part])) for face, part in product(FACES, PARTS))
    return "\n".join(rules) + "\n"


def embedded(picture: str, folder: Path) -> str:
    """Return an SVG picture with the faces of `folder` that it is set in: it then looks alike on every machine."""
    letters, slants = set(map(ord, picture)), {"normal"} | ({"italic"} if "italic" in picture else set())
    rules = [
        _rule(face, part, _as_address(_for_pages(folder / _name(*face))[part]), "block")  # it waits for no network
        for face, part in product(FACES, PARTS)
        if face[0] == "Source Sans 3" and face[1] in slants and letters & set(PARTS[part])
    ]
    return picture.replace("<title>", f"<style>{''.join(rules)}</style><title>", 1)


@cache
def _as_address(path: Path) -> str:
    return f"data:font/woff2;base64,{b64encode(path.read_bytes()).decode()}"


def _rule(face: tuple[str, str, int], part: str, address: str, display: str = "optional") -> str:
    """Return the rule of a style sheet for one file of a face."""
    family, style, weight = face
    letters = ", ".join(f"U+{first:X}-{last:X}" for first, last in _runs(PARTS[part]))
    return (
        f'@font-face {{ font-family: "{family}"; src: url("{address}") format("woff2"); font-weight: {weight}; '
        f"font-style: {style}; font-display: {display}; unicode-range: {letters}; }}"
    )


def _runs(codes: list[int]) -> list[tuple[int, int]]:
    """First and last of each row of neighbors among sorted numbers."""
    known = set(codes)
    return list(
        zip(
            [code for code in codes if code - 1 not in known],
            [code for code in codes if code + 1 not in known],
            strict=True,
        )
    )


def _package(name: str):
    try:
        return import_module(name)
    except ImportError:
        raise PressError(
            f"font {name}", "the wheel is not installed.", "Run `make book`; it installs the locked set."
        ) from None


def _make_file(package: str, name: str, wanted: dict) -> None:
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    source = TTFont(_package(package).ROOT / "files" / name, recalcTimestamp=False)
    _subset(source, _LATIN, _FEATURES)
    for face, path in wanted.items():
        if FACES[face][:2] != (package, name):
            continue
        static = instancer.instantiateVariableFont(source, FACES[face][2], inplace=False)
        _rename(static, *face)
        static.save(path)
        for part, file in _for_pages(path).items():
            small = TTFont(path, recalcTimestamp=False)
            _subset(small, PARTS[part], _FEATURES_OF_PAGES)
            small.flavor = "woff2"
            small.save(file)


def _subset(font, letters: list[int], features: list[str]) -> None:
    from fontTools import subset

    options = subset.Options(layout_features=features, notdef_outline=True, name_IDs=["*"], recalc_timestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)


def _rename(font, family: str, style: str, weight: int) -> None:
    """Name the face so that weight and style are found by family name alone."""
    if "STAT" in font:  # it speaks of axes and of names that are gone; Firefox complains of them
        del font["STAT"]
    names = font["name"]
    for record in list(names.names):
        if record.nameID not in (0, 5, 7, 13, 14):  # keep copyright, version, trademark, license
            names.removeNames(nameID=record.nameID)
    variant = {400: "Regular", 600: "SemiBold"}[weight]
    variant = "Italic" if style == "italic" else variant
    for identifier, text in {
        1: family if variant in ("Regular", "Italic") else f"{family} {variant}",
        2: variant if variant in ("Regular", "Italic") else "Regular",
        4: f"{family} {variant}",
        6: f"{family}-{variant}".replace(" ", ""),
        16: family,
        17: variant,
    }.items():
        names.setName(text, identifier, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


@cache
def typst_fonts(folder: Path):
    """Return the book's faces for Typst: those cut into `folder`, and Hangul."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[folder, hangul()[0].parent])


def advance_widths(path: Path) -> dict[str, float]:
    """Letter → how far it moves the pen, in em."""
    return _kept(path.parent, "advances", [path], lambda: _advance_widths(path))


def _kept(folder: Path, what: str, paths: Sequence[Path], read: Callable[[], Any]) -> Any:
    """Return what is read of fonts, kept in a folder: to read one of them takes a tenth of a second."""
    state = [f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}\n" for path in paths]
    kept = project.cache_path(folder, f"{what}.json", *state)
    if not kept.exists():
        project.write_atomic(kept, json.dumps(read()).encode())
    return json.loads(kept.read_bytes())


def _advance_widths(path: Path) -> dict[str, float]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        widths, em = font["hmtx"], font["head"].unitsPerEm
        return {chr(code): round(widths[glyph][0] / em, 4) for code, glyph in sorted(font.getBestCmap().items())}


@cache
def characters(path: Path) -> frozenset[int]:
    """Code points a font has a glyph for."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing_letters(text: str, folder: Path) -> list[str]:
    """Return the characters of a text that have no glyph in the book's fonts, nor in those that Typst brings along.

    Marks of direction and joining need none: nothing of them is to be seen.
    """
    paths = [*sorted(folder.glob("*.ttf")), *hangul()]
    available = frozenset(_kept(folder, "letters", paths, lambda: sorted(frozenset().union(*map(characters, paths)))))
    unknown = {letter for letter in text if ord(letter) not in available}
    return sorted(letter for letter in unknown if not letter.isspace() and category(letter) != "Cf" and _is_box(letter))


@cache
def _is_box(letter: str) -> bool:
    """Tell whether Typst has no glyph for a character in the fonts that it brings along (`FALLBACK`)."""
    import typst

    names = ", ".join(f'"{name}"' for name in FALLBACK)
    source = f'#set document(title: "x")\n#set text(font: ({names}), fallback: false)\n#"{letter}"'
    try:
        typst.Compiler(source.encode()).compile(pdf_standards=["ua-1"])
    except typst.TypstError:
        return True
    return False


def check_glyphs(text: str, folder: Path, where: str) -> None:
    """Stop when a character of the text has no glyph: PDF readers would see a box."""
    if problems := missing_glyphs([(where, text)], folder):
        raise next(iter(problems.values()))


def missing_glyphs(texts: Sequence[tuple[str, str]], folder: Path) -> dict[str, PressError]:
    """Return a problem for each character that has no glyph, with the first place where it stands.

    Parameters
    ----------
    texts : sequence of tuple
        Where each text stands, and the text.
    folder : Path
        Of the book's fonts.
    """
    problems = {}
    for letter in missing_letters("".join({letter for _, text in texts for letter in text}), folder):
        where, text = next((where, text) for where, text in texts if letter in text)
        line = next(line for line in text.splitlines() if letter in line)
        problems[letter] = PressError(
            where,
            f"no font of the book has {letter!r} (U+{ord(letter):04X}), in “{line.strip()[:80]}”.",
            "Write it another way.",
        )
    return problems
