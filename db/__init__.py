"""The file: its identity, its migrations and the practice centre. Imports nothing of ``app``."""
