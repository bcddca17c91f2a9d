"""The same deeds decided twice, by the program and by the functions of a server, on random small organisations."""
