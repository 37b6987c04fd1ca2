"""Settings of other packages as the press wants them, where the book's own settings say nothing."""

from sphinx.application import Sphinx
from sphinx.config import Config

from press.document.mime_renderer import PRIORITIES

# Setting, value, and why.
_DEFAULTS = (
    ("myst_dmath_allow_digits", False),  # “$1.5 billion and $2 billion” is no equation
    ("html_math_renderer", "mathml"),  # needs no script, and no network
    ("html_permalinks_icon", "#"),
)


def set_defaults(app: Sphinx, config: Config) -> None:
    """Set what the book leaves open."""
    for name, value in _DEFAULTS:
        if name not in config.overrides and name not in config._raw_config and name in config:
            config[name] = value
    config.nb_mime_priority_overrides = (*PRIORITIES, *config.nb_mime_priority_overrides)
    if config.html_theme == "press":
        config.html_theme_options = {}  # those that Jupyter Book sets are for its own theme
