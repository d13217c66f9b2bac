"""The printed programme: booklet, large print, easy-to-read list, sheet of changes and posters, typeset by typst.

`press.py` runs typst in a process of its own; what it prints comes as data, never as markup, so that nothing anybody
typed can be a command. The sheets themselves are in `typst/`.
"""
