"""An improvement plan that a council keeps as a table of Word or Excel: found, understood and read row by row.

`workbooks` and `word_tables` turn a file into grids; `headings` finds the heading row and what each column means;
`rows` reads the rows below it; `drafts` makes of each row what it proposes. No word of a row is lost: what is no field
becomes a note, and what cannot be used is named in a remark.
"""
