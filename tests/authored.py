"""Pages as authors of Jupyter Books write them."""

import base64
import json

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAACgAAAAUCAIAAABwJOjsAAAAJ0lEQVR4nGM8oaHBMBCAaUBsHbV41OJRi0ctHrV41OJRi0ctHhAAABx5AUDfR9jWAAAAAElFTkSuQmCC"
)

MARKDOWN = r"""# A page

An {abbr}`SMA (Special Measures Agreement)`, again the {abbr}`SMA (Special Measures Agreement)`. Line one\
line two <!-- a note to myself --> and more. It cost $1.5 billion in 2021 and $2 billion in 2022.

![red box](red.png) {download}`the picture <red.png>` {term}`Alpha`

```{figure} red.png
:name: fig-red
:alt: a red box
:width: 3cm

A caption.

A legend.
```

```{figure} red.png
:alt: without caption
```

{numref}`fig-red` {numref}`tbl-list` {numref}`code-x` Inline `방위비` code.

:::{note}
Noted.
:::

:::{admonition} My own title
A body.
:::

:::{seealso}
Seen.
:::

```{sidebar} Side title
Sidebar text.
```

```{margin}
Margin text.
```

```{glossary}
Alpha
    The first letter.
```

```{epigraph}
Quote it.

-- Somebody
```

```{contents}
:local:
```

```{code-block} python
:caption: My code
:name: code-x
print("한글")  # LINE
```

Term
: First definition
: Second definition

```{list-table} My list
:header-rows: 1
:name: tbl-list

* - A
  - B
* - x
  - 1
```

```{csv-table} My rows
:header: a, b

1, 2
```

```{table} My table

| a | b |
|:--|--:|
| 1 | 2 |
```

```{eval-rst}
+------------+------------+-----------+
| Header 1   | Header 2   | Header 3  |
+============+============+===========+
| body row 2 | spans two columns      |
+------------+------------+-----------+
| body row 3 | spans rows | - blocks  |
+------------+            +-----------+
| body row 4 |            | last      |
+------------+------------+-----------+

a. lettered
b. list

| verse one
| verse two

:Field: value
```

<div><p>Raw <em>html</em></p><table><tr><th>told head</th></tr><tr><td>told cell</td></tr></table></div>

\begin{equation}
x = \mbox{the rest}
\end{equation}

\begin{align}
a &= b \label{eq-first} \\
c &= d \label{eq-second}
\end{align}

By $\eqref{eq-first}$ and {eq}`eq-second`, so.

$$
\newcommand{\mean}[1]{\bar{#1}}
$$

So $\mean{x}$ and

$$ @@LONG@@ $$

```text
@@WORD@@xEND
```

|@@HEAD@@|
|@@RULE@@|
|@@CELLS@@|

Greek α, Cyrillic Ж, arrows ⇒, checks ✗.[^note]

[^note]: A note.

## Rain of {glue:text}`rain-arley`

The end.
"""

CELLS = (
    "import pandas as pd\npd.DataFrame({'town': ['Arley', 'Boxford'], 'rain': [902.5, -1]})",
    "pd.DataFrame({'a': [1.25]}).style.format(precision=1)",
    "from IPython.display import HTML, Image, Latex, Markdown, Math, display\nMarkdown('A *computed* sentence')",
    r"Markdown('| computed | cells |\n|--|--|\n| here | $x_1^2$ |')",
    r"Math(r'\frac{1}{2}')",
    ("Image('../book/red.png')", {"mystnb": {"image": {"alt": "a computed picture"}}}),
    "HTML('<p>Told <b>in</b> text</p>')",
    'HTML(\'<p><svg width="60" height="9"><title>A drawn line</title><path d="M0 0H60" stroke="red"/></svg></p>\')',
    "40 + 2",
    "import altair as alt\nframe = pd.DataFrame({'x': [1], 'y': [2]})\n"
    "alt.Chart(frame).mark_bar(color='#123456').encode(x='x:O', y='y')"
    ".properties(description='One bar of two')",
    "from press import table\nrows = pd.DataFrame({'n': [f'row-{i:02d}-begin' for i in range(28)], "
    "'what': ['The ministers met and agreed on a statement. ' * 14 + f'row-{i:02d}-end' for i in range(28)]})\n"
    "columns = {'n': 'Meeting', 'what': 'What was agreed'}\n"
    "table(rows, id='tbl-tall', title='Tall', columns=columns, source=['rainfall'])",
)


def page():
    """The page, with an equation, a word, and a table that are too wide."""
    names = range(24)
    parts = {
        "LONG": " + ".join(f"a_{{{index}}} b_{{{index}}}" for index in range(40)),
        "WORD": "x" * 180,
        "HEAD": "|".join(f"column number {index}" for index in names),
        "RULE": "|".join(["---"] * 24),
        "CELLS": "|".join(f"some longer value {index} 123456789" for index in names),
    }
    text = MARKDOWN
    for name, part in parts.items():
        text = text.replace(f"@@{name}@@", part)
    return text


def notebook():
    """The notebook: an image pasted into its prose, a raw cell for LaTeX, and what cells show."""
    cells = [
        {
            "cell_type": "markdown",
            "metadata": {},
            "attachments": {"a picture.png": {"image/png": base64.b64encode(PICTURE).decode()}},
            "source": "# Outputs\n\n![attached picture](attachment:a%20picture.png)",
        },
        {"cell_type": "raw", "metadata": {"format": "text/latex"}, "source": "\\clearpage"},
    ]
    for cell in CELLS:
        source, metadata = (cell, {}) if isinstance(cell, str) else cell
        code = {"cell_type": "code", "metadata": metadata, "source": source, "execution_count": None, "outputs": []}
        cells.append(code)
    cells = [cell | {"id": f"c{index}"} for index, cell in enumerate(cells)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})
