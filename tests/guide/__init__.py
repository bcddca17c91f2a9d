"""The guides in docs/guide: that they are true, and the command reference, which is made from the program."""
