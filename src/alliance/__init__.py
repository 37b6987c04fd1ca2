"""The U.S.–ROK alliance in numbers: tables, measures, and charts of the research book."""
