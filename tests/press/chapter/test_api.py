"""The press from inside: the four words, the ledger, charts, type and the PDF's markup, without printing a book."""

import json
import re
import shutil
import string
from pathlib import Path

import altair
import numpy
import pandas
import pytest
from conftest import ROOT, SAMPLE
from hypothesis import given, settings
from hypothesis import strategies as some

from press import ledger, project
from press.build import notebook_format
from press.charts import fonts, layout, renderer, svg
from press.document import directives
from press.execution import dependencies
from press.chapter import api
from press.errors import PressError, UntrueClaim, explain, place
from press.ledger import Ledger
from press.pdf import translator

RAIN = pandas.DataFrame({"town": ["Arley", "Boxford"], "rain": [902.5, 612.0]})
FIGURE = {
    "id": "fig-rain",
    "title": "It rains",
    "subtitle": "mm, 2024",
    "alt": "902 and 612 mm.",
    "source": ["rainfall"],
}
TABLE = {"id": "tbl-rain", "title": "Rain", "source": ["rainfall"], "columns": {"town": "Town", "rain": "Rain, mm"}}


@pytest.fixture(autouse=True)
def in_the_sample(monkeypatch):
    """The words find the book they belong to from the folder they run in."""
    monkeypatch.chdir(SAMPLE / "notebooks")


@pytest.fixture
def shown(monkeypatch):
    """What the words displayed, output by output."""
    outputs = []

    def display(output, raw):
        assert raw and output["text/plain"], "an output without plain text is nothing in a terminal"
        outputs.append(output)

    monkeypatch.setattr(api, "display", display)
    return outputs


def record(shown):
    return shown[0][ledger.RECORD]


def bars(frame=RAIN):
    return altair.Chart(frame).mark_bar().encode(x="town", y="rain")


# --- number ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value, form, text",
    [
        (1519.2, "₩{:,.1f} bn", "₩1,519.2 bn"),
        (-3.5, "{:.1f} %", "−3.5 %"),
        (-0.5, "{:+.1f}", "−0.5"),
        (0.5, "{:+.1f}", "+0.5"),
        (7, "{}", "7"),
        (numpy.float64(2.25), "{:.2f}", "2.25"),
        (numpy.int64(-12), "{:,}", "−12"),
        (-2, "1991-{}", "1991-−2"),
        (3, "well-known {}", "well-known 3"),
    ],
)
def test_a_number_is_printed_as_a_printer_would(shown, value, form, text):
    api.number("rain", value, form)
    made = record(shown)
    assert made == {"kind": "number", "id": "rain", "value": made["value"], "text": text}
    assert made["value"] == value and type(made["value"]) in (int, float)
    assert json.loads(json.dumps(made)) == made
    assert shown[0]["text/plain"] == text and text in shown[0]["text/html"]


@pytest.mark.parametrize("value", [float("nan"), numpy.nan, None, pandas.NA, pandas.NaT])
def test_a_missing_number_is_refused(shown, value):
    with pytest.raises(PressError, match=r"number 'rain': the value is missing \(NaN\)\. Look at the table"):
        api.number("rain", value)
    assert shown == []


@pytest.mark.parametrize("value", ["12", [1, 2], RAIN["rain"], True, float("inf"), numpy.array([1.0, 2.0])])
def test_what_is_no_number_is_refused(shown, value):
    with pytest.raises(PressError, match="number 'rain'"):
        api.number("rain", value)
    assert shown == []


@pytest.mark.parametrize("id", ["Rain", "rain_2024", "rain-", "-rain", "rain--2024", "2024", "", "rain 2024", "비"])
@pytest.mark.parametrize("word", ["number", "claim", "figure", "table"])
def test_an_id_that_cannot_be_cited_is_refused(shown, word, id):
    call = {
        "number": lambda: api.number(id, 1),
        "claim": lambda: api.claim(id, True, "It rains."),
        "figure": lambda: api.figure(bars(), **(FIGURE | {"id": id})),
        "table": lambda: api.table(RAIN, **(TABLE | {"id": id})),
    }[word]
    with pytest.raises(PressError, match="not a valid id.*hyphens"):
        call()
    assert shown == []


# --- claim ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("holds", [True, numpy.True_, numpy.bool_(1)])
def test_a_true_claim_is_recorded(shown, holds):
    api.claim("rains", holds, "It rains <often>.")
    assert record(shown) == {"kind": "claim", "id": "rains", "statement": "It rains <often>.", "holds": True}
    assert "<often>" not in shown[0]["text/html"]


@pytest.mark.parametrize("holds", [False, numpy.False_])
def test_an_untrue_claim_names_its_sentence(shown, holds):
    with pytest.raises(UntrueClaim, match="claim 'rains': the data no longer support “It rains.” Correct"):
        api.claim("rains", holds, "It rains.")
    assert shown == []


@pytest.mark.parametrize("holds", [1, 0, "yes", None, RAIN["rain"] > 1, numpy.array([True, False]), pandas.NA, 1.0])
def test_a_claim_is_true_or_false_and_nothing_else(shown, holds):
    with pytest.raises(PressError, match="claim 'rains': .*neither true nor false") as refused:
        api.claim("rains", holds, "It rains.")
    assert not isinstance(refused.value, UntrueClaim) and shown == []


def test_a_claim_says_something(shown):
    with pytest.raises(PressError, match="claim 'rains'.*statement is empty"):
        api.claim("rains", True, " ")


# --- figure ---------------------------------------------------------------------------------------------------------


def test_a_figure_records_all_that_a_reader_expects(shown):
    api.figure(bars(), **FIGURE, note="Nobody measured it.")
    made = record(shown)
    assert {key: made[key] for key in ("id", "title", "subtitle", "alt")} == {
        key: FIGURE[key] for key in ("id", "title", "subtitle", "alt")
    }
    assert made["sources"] == ["rainfall"] and made["note"] == "Nobody measured it." and made["narrow"] is None
    lab = shown[0][ledger.LAB_CHART]
    assert lab["title"]["text"] == FIGURE["title"] and lab["description"] == FIGURE["alt"]
    assert (
        "Nobody, Rainfall of two towns (2024), CC0" in shown[1]["text/html"]
        and "Nobody measured it." in shown[1]["text/html"]
    )


def fingerprint(shown, frame):
    shown.clear()
    api.figure(bars(frame), **FIGURE)
    return record(shown)["sha256"]


def test_a_figures_fingerprint_is_that_of_its_data(shown):
    first = fingerprint(shown, RAIN)
    assert re.fullmatch("[0-9a-f]{64}", first) and fingerprint(shown, RAIN.copy()) == first
    assert fingerprint(shown, RAIN.assign(rain=[902.5, 612.1])) != first


def test_a_tables_fingerprint_is_that_of_what_it_shows(shown):
    prints = []
    for frame in (RAIN, RAIN.copy(), RAIN.assign(rain=[902.5, 613.0])):
        shown.clear()
        api.table(frame, **TABLE)
        prints.append(record(shown)["sha256"])
    assert prints[0] == prints[1] != prints[2]


@pytest.mark.parametrize("part", ["title", "subtitle", "alt"])
@pytest.mark.parametrize("empty", ["", "  \n"])
def test_a_figure_lacks_nothing(shown, part, empty):
    with pytest.raises(PressError, match=f"figure 'fig-rain': {part} is empty. Write the {part}"):
        api.figure(bars(), **(FIGURE | {part: empty}))
    assert shown == []


@pytest.mark.parametrize("word, what", [("figure", bars()), ("table", RAIN)], ids=["figure", "table"])
@pytest.mark.parametrize(
    "source, says",
    [
        ([], "no source is named. Pass source="),
        (["snow"], "no table 'snow'. Choose one of rainfall"),
        ("rainfall", "not a list"),
    ],
)
def test_figures_and_tables_have_sources_that_exist(shown, word, what, source, says):
    facts = {"figure": FIGURE, "table": TABLE}[word] | {"source": source}
    with pytest.raises(PressError, match=re.escape(says)):
        getattr(api, word)(what, **facts)
    assert shown == []


# --- table ----------------------------------------------------------------------------------------------------------


def test_a_table_prints_its_cells_once(shown):
    frame = RAIN.assign(change=[-3.25, numpy.nan], days=[-120, 98])
    columns = {"town": "Town", "rain": "Rain, mm", "change": "Change, %", "days": "Days"}
    api.table(frame, **(TABLE | {"columns": columns}), forms={"rain": "{:,.1f}", "change": "{:.1f}"})
    made = record(shown)
    assert made["columns"] == ["Town", "Rain, mm", "Change, %", "Days"]
    assert made["rows"] == [["Arley", "902.5", "−3.2", "−120"], ["Boxford", "612.0", "–", "98"]]
    assert made["numeric"] == [False, True, True, True]


def test_text_in_a_table_keeps_its_hyphens(shown):
    api.table(RAIN.assign(town=["A-1", "1991-1993"]), **TABLE)
    assert [row[0] for row in record(shown)["rows"]] == ["A-1", "1991-1993"]


def test_a_column_that_is_not_there_is_named(shown):
    with pytest.raises(PressError, match="table 'tbl-rain': no column 'snow'. Choose from town, rain."):
        api.table(RAIN, **(TABLE | {"columns": {"town": "Town", "snow": "Snow"}}))


def test_a_form_for_a_column_that_is_not_shown_is_named(shown):
    with pytest.raises(PressError, match="table 'tbl-rain': .*'snow'"):
        api.table(RAIN, **TABLE, forms={"snow": "{:.1f}"})


def test_an_empty_table_is_refused(shown):
    with pytest.raises(PressError, match="table 'tbl-rain': .*no rows"):
        api.table(RAIN[:0], **TABLE)


# --- ledger ---------------------------------------------------------------------------------------------------------


def entered(**pages):
    ledger = Ledger()
    for page, records in pages.items():
        for kind, id in records:
            ledger.enter(page, {"kind": kind, "id": id, "title": id, "secret": "not kept"})
    return ledger


def test_the_ledger_names_ids_used_twice_and_where():
    ledger = entered(one=[("number", "rain"), ("figure", "rain")], two=[("table", "snow")], three=[("claim", "snow")])
    said = [str(problem) for problem in ledger.problems()]
    assert len(said) == 2
    assert "one (number) and one (figure)" in said[0] and "'rain' is used 2 times" in said[0]
    assert "two (table) and three (claim)" in said[1]


def test_the_ledger_names_citations_of_nothing():
    ledger = entered(one=[("number", "rain")])
    ledger.cite("two", "number", "rain", 3)
    ledger.cite("two", "claim", "rain", 4)
    ledger.cite("two", "number", "snow", 20_005)
    said = [str(problem) for problem in ledger.problems()]
    assert said[0].startswith("two, line 4: claim 'rain' is cited but not defined.")
    assert said[1].startswith(
        "two, cell 2, line 5: number 'snow' is cited but not defined. Define it with number('snow'"
    )
    assert len(said) == 2


def test_a_page_that_is_read_again_leaves_nothing_behind():
    ledger = entered(one=[("number", "rain")], two=[("number", "snow")])
    ledger.cite("two", "number", "rain", 1)
    rain, snow = (ledger.find("number", id) for id in ("rain", "snow"))
    assert ledger.citing([rain]) == {"two"} and ledger.citing([snow]) == set()
    assert ledger.forget("one") == [rain]
    assert [entry["id"] for entry in ledger.entries("number")] == ["snow"] and len(ledger.problems()) == 1
    ledger.merge({"one"}, entered(one=[("number", "rain")]))
    assert ledger.problems() == [] and ledger.find("number", "rain")["chapter"] == "one"
    with pytest.raises(PressError, match="no claim 'rain'"):
        ledger.find("claim", "rain")


def test_the_ledger_is_written_in_order_and_without_more_than_it_promises(tmp_path):
    entered(two=[("number", "snow")], one=[("number", "rain"), ("figure", "fig-rain")]).write(tmp_path / "ledger.json")
    written = json.loads((tmp_path / "ledger.json").read_text(encoding="utf-8"))
    assert list(written) == ["numbers", "claims", "figures", "tables"] and written["claims"] == []
    assert written["numbers"] == [
        {"chapter": "one", "id": "rain", "title": "rain"},
        {"chapter": "two", "id": "snow", "title": "snow"},
    ]


# --- charts ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def atelier(workshop, tmp_path):
    """A workshop with the book's type and scripts, in which nothing is drawn yet."""
    for name in ("fonts", "scripts"):
        (tmp_path / name).symlink_to(workshop / name)
    return tmp_path


def draw(chart, atelier, width=layout.WIDE):
    return renderer.render_svg(layout.widen(chart.to_dict(), width), "fig-rain", atelier)


def test_a_chart_is_drawn_at_two_widths_and_once(atelier):
    wide, narrow = (draw(bars(), atelier, width) for width in (layout.WIDE, layout.NARROW))
    assert re.search(r'width="700"', wide) and re.search(r'width="344"', narrow)
    assert len(list(atelier.glob("charts/*.svg"))) == 2
    kept = next(atelier.glob("charts/*.svg"))
    kept.write_text("kept", encoding="utf-8")
    assert "kept" in (draw(bars(), atelier), draw(bars(), atelier, layout.NARROW))


def test_a_chart_gives_its_labels_the_room_that_the_type_takes(atelier):
    """Measured in a browser at 12 px: 126 px in Source Sans 3, 143 px in Arial, which is seen until that has come."""
    name = "needed from the base year"
    chart = (
        altair.Chart(pandas.DataFrame({"town": [name], "rain": [1]}))
        .mark_bar()
        .encode(y=altair.Y("town", title=None), x="rain")
    )
    left = float(re.search(r'transform="translate\(([\d.]+),', draw(chart, atelier))[1])
    assert 143 < left < 143 + 20, left


def test_a_label_that_is_too_long_is_cut_at_its_limit(atelier):
    chart = altair.Chart(pandas.DataFrame({"town": ["a town with a very long name indeed"], "rain": [1]})).mark_bar()
    drawn = draw(chart.encode(y=altair.Y("town", title=None, axis=altair.Axis(labelLimit=80)), x="rain"), atelier)
    assert re.search(r">a town with[a-z ]*…<", drawn)


def test_a_picture_has_twice_its_size_in_pixels(atelier):
    picture = svg.poster(draw(bars(), atelier), "Rain", "Rain, mm, two towns", "Rain fell.", ["Source: none."])
    width, height = svg.size(picture)
    image = renderer.render_png(picture, atelier)
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert [int.from_bytes(image[at : at + 4], "big") for at in (16, 20)] == [2 * width, 2 * height]


def test_charts_side_by_side_keep_their_widths():
    pair = (bars() | bars()).to_dict()
    assert layout.widen(pair) == pair
    assert layout.widen(bars().to_dict())["width"] == layout.WIDE


def test_two_figures_on_a_page_share_no_id(atelier):
    shaded = (
        altair.Chart(RAIN)
        .mark_area(
            color=altair.Gradient(gradient="linear", stops=[altair.GradientStop(color=project.color("ink"), offset=0)])
        )
        .encode(x="town", y="rain")
    )
    drawn = draw(shaded, atelier)
    pages = [
        svg.inline(drawn, figure, variant, "Rain.")
        for figure in ("fig-a", "fig-b")
        for variant in ("wide", "narrow")
    ]
    ids = [re.findall(r'\bid="([^"]+)"', page) for page in pages]
    assert all(ids), "the chart should have ids to tell apart"
    assert len({id for found in ids for id in found}) == sum(map(len, ids))
    for page, found in zip(pages, ids, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(found)


def test_a_chart_on_a_page_is_one_image_with_one_text(atelier):
    page = svg.inline(draw(bars(), atelier), "fig-rain", "wide", 'Rain "fell" & <stopped>.')
    assert page.count("role=") == page.count("aria-") == page.count("aria-label=") == 1
    assert page.startswith(
        '<svg class="chart-wide" role="img" aria-label="Rain &quot;fell&quot; &amp; &lt;stopped&gt;." viewBox='
    )
    assert not re.search(r"<svg[^>]* (width|height)=", page)


PLACES = some.tuples(some.integers(-9999, 9999), some.integers(-9999, 9999))  # tenths of a px


@settings(max_examples=50, deadline=None)
@given(some.lists(some.lists(PLACES, min_size=1, max_size=9), min_size=1, max_size=3))
def test_a_line_told_step_by_step_has_the_same_corners(lines):
    tag = '<path d="{}"/>'.format(
        "".join(("L" if n else "M") + f"{x / 10:g},{y / 10:g}" for line in lines for n, (x, y) in enumerate(line))
    )
    found, at = [], (0, 0)
    for command, x, y in re.findall(
        r"([Ml])([-\d.]+),([-\d.]+)", svg.inline(f"<svg>{tag}</svg>", "fig-rain", "wide", "Rain.")
    ):
        step = (round(10 * float(x)), round(10 * float(y)))
        at = step if command == "M" else (at[0] + step[0], at[1] + step[1])
        found.append(at)
    assert found == [corner for line in lines for corner in line]


@pytest.mark.parametrize("path", ["M5,0A5,5,0,1,1,-5,0", "M0,0h4v3h-4Z", "M0,0L4,0C1,2,3,4,5,6"])
def test_what_is_not_straight_is_left_as_it_is(path):
    assert f'd="{path}"' in svg.inline(f'<svg><path d="{path}"/></svg>', "fig-rain", "wide", "Rain.")


@pytest.mark.parametrize("color", ["hotpink", "#123456", "rgb(1,2,3)"])
def test_a_color_outside_the_palette_is_named_with_its_figure(atelier, color):
    with pytest.raises(PressError, match=f"figure 'fig-rain': color {re.escape(color)} is not in book/palette.json"):
        draw(altair.Chart(RAIN).mark_bar(color=color).encode(x="town", y="rain"), atelier)
    assert list(atelier.glob("charts/*.svg")) == []


def test_a_chart_that_cannot_be_drawn_is_named(atelier):
    with pytest.raises(PressError, match="figure 'fig-rain': the chart cannot be drawn"):
        draw(bars().transform_filter("datum.["), atelier)


def test_every_color_by_its_name():
    assert project.color("arley") == "#0a5071" and project.color("ink") == "#202020"
    with pytest.raises(PressError, match="no color 'kor'. Choose one of arley, boxford"):
        project.color("kor")


def luminance(color):
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return sum(
        k * (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4)
        for k, c in zip((0.2126, 0.7152, 0.0722), parts)
    )


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_the_books_colors_can_be_read_and_told_apart(shade):
    colors = project.load_palette(ROOT)
    paper = luminance(colors["page"]["paper"][shade])

    def contrast(name, group):
        low, high = sorted((luminance(colors[group][name][shade]), paper))
        return (high + 0.05) / (low + 0.05)

    for name in ("ink", "muted", "link"):
        assert contrast(name, "page") >= 4.5, name
    for name in set(colors["chart"]) - {"tint", "mist", "shade"}:  # pale on purpose: never the only mark, or outlined
        assert contrast(name, "chart") >= 3, name
    every = [shades["light"] for group in ("page", "chart") for name, shades in colors[group].items() if name != "link"]
    assert len(set(every)) == len(every), "a light color stands for one dark color"


# --- the book -------------------------------------------------------------------------------------------------------


def test_a_book_is_found_from_any_folder_in_it(tmp_path):
    assert project.find_root(SAMPLE / "notebooks") == project.find_root(SAMPLE) == SAMPLE
    with pytest.raises(PressError, match="no _config.yml here or above"):
        project.find_root(tmp_path)


def test_a_data_package_that_is_missing_or_broken_is_named(tmp_path):
    with pytest.raises(PressError, match="datapackage.json: the file is missing. Re-make it"):
        project.load_data_package(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "datapackage.json").write_text('{"name":\n oops}', encoding="utf-8")
    with pytest.raises(PressError, match="datapackage.json, line 2: not valid JSON"):
        project.load_data_package(tmp_path)


def test_the_press_knows_no_subject():
    """Only languages are named: a book in English may quote Korean."""
    for path in (ROOT / "src" / "press").rglob("*.*"):
        if path.suffix in (".py", ".css", ".js", ".html", ".typ"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"alliance|\bsma\b|\bkor\b|\busa\b|burden|\brok\b|u\.s\.", text, re.IGNORECASE), path


INPUTS = ["table rainfall", "src/rain.py", dependencies.ENVIRONMENT, "book/palette.json", "data"]


@pytest.mark.parametrize("name", INPUTS)
def test_an_input_is_told_by_its_content_wherever_the_book_lies(tmp_path, name):
    folder = shutil.copytree(SAMPLE, tmp_path / "rain")
    assert dependencies.fingerprint(name, folder) == dependencies.fingerprint(name, SAMPLE)


@pytest.mark.parametrize(
    ("file", "input"),
    [
        ("data/rainfall.csv", "table rainfall"),
        ("src/rain.py", "src/rain.py"),
        ("requirements.lock", dependencies.ENVIRONMENT),
        ("data/new.csv", "data"),
    ],
)
def test_a_change_of_one_input_is_told_and_of_no_other(tmp_path, file, input):
    folder = shutil.copytree(SAMPLE, tmp_path / "rain")
    noted = {name: dependencies.fingerprint(name, folder) for name in INPUTS}
    with open(folder / file, "ab") as changed:
        changed.write(b"\n")
    assert dependencies.changed(noted, folder) == [input]


def test_what_another_program_read_cannot_be_known():
    assert dependencies.changed({dependencies.PROGRAMS: ""}, SAMPLE) == [dependencies.PROGRAMS]


# --- errors ---------------------------------------------------------------------------------------------------------


def test_a_problem_of_the_book_is_found_however_deep_it_is_wrapped():
    inner = PressError("chapter", "it is wrong.", "Mend it.")
    outer = RuntimeError("theme error")
    outer.orig_exc = ValueError("again")
    outer.orig_exc.__cause__ = inner
    assert explain(outer) == explain(inner) == "chapter: it is wrong. Mend it."


def test_any_other_failure_says_what_and_where():
    failure = KeyError("rain")
    failure.add_note("notebooks/01-rainfall")
    assert explain(failure) == "notebooks/01-rainfall: KeyError: 'rain'."


@pytest.mark.parametrize("line, says", [(None, "page"), (7, "page, line 7"), (30_012, "page, cell 3, line 12")])
def test_a_line_of_a_chapter_is_a_line_of_a_cell(line, says):
    assert place("page", line) == says


# --- type -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def faces():
    folder = ROOT / "_build" / ".press" / "fonts"
    if not folder.exists():
        pytest.skip("faces are not cut yet: make book")
    return folder


def test_the_faces_are_found_by_family_weight_and_style(faces):
    from fontTools.ttLib import TTFont

    for face in fonts.FACES:
        family, style, weight = face
        with TTFont(faces / fonts._name(*face)) as font:
            assert font["name"].getBestFamilyName() == family and "fvar" not in font
            assert font["OS/2"].usWeightClass == weight
            assert bool(font["OS/2"].fsSelection & 1) == (style == "italic"), face
            assert bool(font["OS/2"].fsSelection & 32) == bool(font["head"].macStyle & 1) == False, face  # noqa: E712 – no legacy bold
            assert set(map(ord, "aZ09₩−–“”…éŁ")) <= set(font.getBestCmap())
            assert font["name"].getDebugName(0) and font["name"].getDebugName(13), "copyright and license stay"


def test_pages_load_a_small_face_and_the_rest_where_it_is_needed(faces):
    for face in fonts.FACES:
        whole = faces / fonts._name(*face)
        small, more = fonts._for_pages(whole).values()
        assert small.stat().st_size < 15_000 and more.stat().st_size < 20_000
        assert not fonts.characters(small) & fonts.characters(more)
        assert fonts.characters(small) | fonts.characters(more) == fonts.characters(whole)
    assert set(map(ord, "aZ09₩−–“”…é")) <= fonts.characters(small) and set(map(ord, "ñŁ")) <= fonts.characters(more)
    assert fonts.css().count("@font-face") == 2 * len(fonts.FACES) and "U+20-7E, U+A0" in fonts.css()


def test_a_letter_without_a_font_is_named_with_its_line(faces):
    fonts.check_glyphs("Rain 비 ₩1,519.2 bn − “quoted”\u00a0…\n", faces, "the PDF")
    with pytest.raises(PressError, match=r"the PDF: no font of the book has '𓀀' \(U\+13000\), in “then 𓀀 here”"):
        fonts.check_glyphs("first line\nthen 𓀀 here\n", faces, "the PDF")


def test_the_hangul_font_holds_just_the_syllables_of_the_pages(tmp_path):
    from fontTools.ttLib import TTFont

    path = tmp_path / "hangul.woff2"
    fonts.subset_hangul("Rain is 비, burden is 방위비. ㄱ", path)
    with TTFont(path) as font:
        assert set(map(ord, "비방위ㄱ")) <= set(font.getBestCmap())
        assert ord("한") not in font.getBestCmap() and ord("R") not in font.getBestCmap()
    first = path.read_bytes()
    made = path.stat().st_mtime_ns
    fonts.subset_hangul("위 방 비 ㄱ!", path)
    assert path.stat().st_mtime_ns == made, "the same syllables need no new font"
    path.with_suffix(".txt").unlink()
    fonts.subset_hangul("비방위ㄱ", path)
    assert path.read_bytes() == first
    fonts.subset_hangul("눈", path)
    with TTFont(path) as font:
        assert ord("눈") in font.getBestCmap() and ord("비") not in font.getBestCmap()


# --- the PDF's markup -----------------------------------------------------------------------------------------------

PRINTABLE = some.text(some.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40)
MARKUP = some.text("#[]{}()$*_`\\\"'@<>=~/-+;:.%&^!|\n\t " + string.ascii_lowercase[:3], max_size=40)


def typeset(expressions):
    """What Typst understands the expressions to say, all in one compilation."""
    import typst

    source = "".join(f"#metadata([{expression}]) <text>\n" for expression in expressions)
    found = json.loads(typst.query(source.encode(), "<text>", field="value"))
    return [plain(value) for value in found]


def plain(value):
    """The text of a Typst content value; fails when it is anything but text."""
    if value["func"] == "sequence":
        return "".join(map(plain, value["children"]))
    if value["func"] == "space":
        return " "
    assert value["func"] == "text", value
    return value["text"]


@settings(max_examples=5, deadline=None)
@given(some.lists(PRINTABLE | MARKUP, min_size=40, max_size=60))
def test_no_text_is_ever_taken_for_markup(texts):
    assert typeset(map(translator.words, texts)) == texts


def test_text_that_looks_like_markup(tmp_path):
    texts = [
        "#set page()",
        "[x]",
        "*bold*",
        "_it_",
        "$x$",
        "= Head",
        "- item",
        "\\",
        '"',
        "`raw`",
        "@ref",
        "<label>",
        "//c",
        "~",
        "--",
        "https://x.org",
        "1. one",
        "#",
        "\\u007f",
        "\u2028",
        "\u007f",
        "\u00ad",
        "비\u200b비",
    ]
    assert typeset(map(translator.words, texts)) == texts


# --- notebooks ------------------------------------------------------------------------------------------------------

EDITED = {
    "nbformat": 4,
    "nbformat_minor": 2,
    "metadata": {"kernelspec": {"name": "rain", "display_name": "My Python"}, "widgets": {}},
    "cells": [
        {"cell_type": "markdown", "source": "# Rain\n\nIt rains 비.\n\n", "metadata": {"editable": True}},
        {
            "cell_type": "code",
            "id": "b",
            "source": ["1 +\n", " 1"],
            "metadata": {"tags": ["hide"], "scrolled": True},
            "execution_count": 7,
            "outputs": [{"output_type": "stream", "name": "stdout", "text": "2"}],
        },
        {"cell_type": "code", "id": "b", "source": "", "metadata": {}, "execution_count": None, "outputs": []},
        {"cell_type": "code", "id": "b", "source": "2", "metadata": {}, "execution_count": None, "outputs": []},
    ],
}


def test_the_canonical_form_keeps_the_chapter_and_drops_the_rest():
    text = notebook_format.canonical(json.dumps(EDITED))
    tidy = json.loads(text)
    assert [cell["source"] for cell in tidy["cells"]] == [["# Rain\n", "\n", "It rains 비."], ["1 +\n", " 1"], ["2"]]
    assert all(cell.get("outputs", []) == [] and cell.get("execution_count") is None for cell in tidy["cells"])
    assert [cell["metadata"] for cell in tidy["cells"]] == [{}, {"tags": ["hide"]}, {}]
    assert tidy["metadata"] == notebook_format.METADATA and "비" in text and text.endswith("}\n") and "\r" not in text
    ids = [cell["id"] for cell in tidy["cells"]]
    assert ids[1] == "b" and len(set(ids)) == 3 and all(re.fullmatch(r"[\w-]{1,64}", id) for id in ids)


def test_the_canonical_form_is_one_and_valid():
    import nbformat

    text = notebook_format.canonical(json.dumps(EDITED))
    assert notebook_format.canonical(text) == text == notebook_format.canonical(json.dumps(json.loads(text), indent=4))
    nbformat.validate(nbformat.reads(text, as_version=4))


@pytest.mark.parametrize(
    "text, says",
    [('{"cells":\n oops}', "line 2: not valid JSON"), ("[]", "not a notebook"), ('{"nbformat": 3}', "not a notebook")],
)
def test_what_is_no_notebook_is_named(text, says):
    with pytest.raises(PressError, match=f"rain.ipynb.*{says}"):
        notebook_format.canonical(text, "rain.ipynb")


def test_tidy_rewrites_only_what_needs_it(tmp_path, monkeypatch, capsys):
    from press.__main__ import main

    (tmp_path / "_config.yml").touch()
    (tmp_path / "notebooks").mkdir()
    edited, tidy = tmp_path / "notebooks" / "a.ipynb", tmp_path / "notebooks" / "b.ipynb"
    edited.write_text(json.dumps(EDITED), encoding="utf-8")
    tidy.write_text(notebook_format.canonical(json.dumps(EDITED)), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["tidy"]) == 0 and capsys.readouterr().out == f"Tidied {Path('notebooks', 'a.ipynb')}\n"
    assert edited.read_bytes() == tidy.read_bytes()
    assert main(["tidy"]) == 0 and capsys.readouterr().out == ""


# --- rows of a table -------------------------------------------------------------------------------------------------


def test_a_cell_whose_table_has_an_address_for_it_is_a_link():
    row = {
        "year": "2024",
        "source_title": "Gauge",
        "source_url": "https://gauge.example",
        "second_title": "",
        "second_url": "",
    }
    assert directives._cell(row, "source_title")["refuri"] == "https://gauge.example"
    assert directives._cell(row, "year") == "2024" and directives._cell(row, "second_title") == ""
