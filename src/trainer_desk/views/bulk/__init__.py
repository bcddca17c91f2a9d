"""Changes of many sessions at once: the sheet that rehearses one, and what was refused."""
