"""Who may use the program: logins, their roles, and which person or trainer each of them is."""
