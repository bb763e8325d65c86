"""Documents: a model in, bytes out. No database, no settings, no clock.

`model.Document` is printed by `pdf.render`, `word.render` and `html.render`; `tables.Table` by `tables.write_csv` and
`tables.write_xlsx`.
"""
