"""What an author imports.

`api` has `number`, `claim`, `figure`, and `table`; `theme` has the look of every chart.
"""

from press import patches

patches.skip_optional_json_formats()  # before anything imports Altair
