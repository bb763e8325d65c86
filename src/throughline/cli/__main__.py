"""python -m throughline.cli: the same as the console script, for a process that must run this very interpreter."""

from throughline.cli import main

main()
