"""The attendance sheet: a window for fingers and keys, whose marks are kept on the computer first."""
