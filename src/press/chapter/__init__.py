"""What an author imports.

`api` has `number`, `claim`, `figure`, and `table`; `theme` has the look of every chart.
"""
