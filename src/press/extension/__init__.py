"""The Sphinx extension: its set-up, the steps of a build, warnings, and patches of other packages.

Nothing is imported here: `patches` also serves processes that never load Sphinx.
"""
