"""Charts: how they are laid out, rendered, and told as a table; the type they are set in."""
