"""Many rows at once, from a spreadsheet and into one.

`files` reads the cells, `columns` and `references` say what a cell means,
`table` which columns a model has, `planning` what a file would change, and
`writing` makes the files. The tables of the ground are in `ground`; a wing has
its own.
"""
