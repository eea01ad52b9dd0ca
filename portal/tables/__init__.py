"""Many rows at once, from a spreadsheet and into one.

`files` reads the cells, `columns`, `days` and `references` say what a cell means, `table` which columns a model has,
`planning` what a file would change, in `lines`; `applying` does it, and `writing` makes the files. The tables of the
ground are in `ground`; a wing has its own.
"""
