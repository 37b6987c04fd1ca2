"""How a table of ``data/`` comes from its publishers: one module per publisher.

Each module has one function per table, from the folder with the source files to a tidy DataFrame.
``python -m alliance.collect --from DIR`` makes all tables, checks them and only then replaces those
in ``data/``. Making them again from the same files gives the same bytes.
"""
