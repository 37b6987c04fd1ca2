"""JupyterLab as `make lab` opens it: at the way in to the chapters, and without questions about news and updates."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# Settings of the page itself stand in the folder labconfig; those of the reader's own come after them.
os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join([str(HERE), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])])

c = get_config()  # type: ignore[name-defined]  # noqa: F821 – Jupyter defines it
c.ServerApp.root_dir = str(ROOT)
c.LabApp.extra_labextensions_path = [str(ROOT / "src" / "press" / "labextensions")]  # text with the values of the run
c.LabApp.default_url = "/lab/tree/docs/start.md"
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
