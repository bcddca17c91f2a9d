"""What is printed of sessions: sign-in sheets, rosters, door sheets and name badges (X4)."""
