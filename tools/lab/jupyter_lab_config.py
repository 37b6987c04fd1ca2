"""JupyterLab as `make lab` opens it: at the way in to the chapters, and without questions about news and updates."""

from pathlib import Path

c = get_config()  # type: ignore[name-defined]  # noqa: F821 – Jupyter defines it
c.ServerApp.root_dir = str(Path(__file__).resolve().parents[2])
c.LabApp.default_url = "/lab/tree/docs/start.md"
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
