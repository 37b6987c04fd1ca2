"""Settings of other packages as the press wants them, where the book's own settings say nothing."""

from difflib import get_close_matches

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from press.document.mime_renderer import PRIORITIES

logger = logging.getLogger(__name__)
# Setting, value, and why.
_DEFAULTS = (
    ("myst_dmath_allow_digits", False),  # “$1.5 billion and $2 billion” is no equation
    ("nb_render_markdown_format", "myst"),  # with equations and tables, as JupyterLab shows it
    ("html_math_renderer", "mathml"),  # needs no script, and no network
    ("html_permalinks_icon", "#"),
)


def check_names(app: Sphinx, config: Config) -> None:
    """Warn of settings that would be the press's, but for their names."""
    for name in config.overrides.keys() | config._raw_config.keys():
        if name.startswith("press_") and name not in config:
            near = get_close_matches(name, config.values, 1)
            logger.warning("there is no setting %s%s", name, f"; the nearest is {near[0]}" if near else "")


def set_defaults(app: Sphinx, config: Config) -> None:
    """Set what the book leaves open."""
    for name, value in _DEFAULTS:
        if name not in config.overrides and name not in config._raw_config and name in config:
            config[name] = value
    config.nb_mime_priority_overrides = (*PRIORITIES, *config.nb_mime_priority_overrides)
    if config.html_theme == "press":
        config.html_theme_options = {}  # those that Jupyter Book sets are for its own theme
