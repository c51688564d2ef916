"""What marks a file as ours, readable without importing sqlite-utils (start-up is a feature)."""

# "TuoH" as a 32-bit number; PRAGMA application_id.
APPLICATION_ID = 0x54756F48
# PRAGMA user_version = number of migrations applied; a test keeps it equal to len(migrations).
SCHEMA_VERSION = 23
