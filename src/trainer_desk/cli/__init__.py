"""The command line of Trainer Desk."""
