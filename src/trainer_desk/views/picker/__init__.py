"""The sheet that adds people to a session: those who need it most first."""
