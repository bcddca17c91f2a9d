"""The settings page: the organisation, its working time, defaults, holidays and accounts."""
