"""Calendar files for other programs: the sheet that saves one, and the folder that is kept up to date."""
