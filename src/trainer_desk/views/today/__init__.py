"""The pages where a day begins: Today for those who plan, My day for trainers."""
