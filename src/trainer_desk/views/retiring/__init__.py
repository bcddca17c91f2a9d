"""Retiring people, courses, trainers, venues and equipment: one sheet that settles what is coming."""
