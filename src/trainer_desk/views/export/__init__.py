"""Files that leave the program: sheets that choose what goes into them and where (X1)."""
