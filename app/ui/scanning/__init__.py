"""Scanned codes: told apart from typing, and sent to the room that can do something with them."""
