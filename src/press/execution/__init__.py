"""Running chapters: a pool of workers, their interpreter, what outputs depend on, and the cache of outputs."""
