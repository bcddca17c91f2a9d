"""The catalogue in the window: one kind of list page and one kind of panel, declared once for each kind of thing."""
