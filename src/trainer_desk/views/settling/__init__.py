"""Settling coming sessions from which something goes: who retires, is ill or is closed share these parts."""
