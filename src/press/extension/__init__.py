"""The Sphinx extension: its set-up, the steps of a build, and warnings."""
