"""The schedule: painted week, day, month and resource lanes, with pure layout code beside them."""
