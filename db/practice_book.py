"""Rows gathered in memory and written in one go with plain ``executemany``."""

import sqlite3
from collections import defaultdict

_COLUMNS = {
    "centre": "name address phone seal_key practice created_at",
    "licensed_seats": "valid_from seats",
    "setting": "name value valid_from set_at",
    "class_group": "name kind seats colour sort opened_on closed_on",
    "calendar_day": "day kind name source",
    "staff": "name role class_id phone certificate certificate_until health_until starts_on ends_on",
    "shift": "staff_id class_id weekday day from_minute to_minute ended_at",
    "child": "name nickname sex born_on document_kind document_number allergy pinyin initials note added_at",
    "child_allergy": "child_id substance added_at ended_at",
    "adult": "name phone pinyin initials identity_seen_at added_at",
    "child_adult": "child_id adult_id relation is_guardian may_collect is_emergency barred only_day sort "
    "added_at ended_at",
    "enrolment": "child_id class_id mode half weekdays arrive_minute leave_minute starts_on ends_on",
    "booking": "child_id class_id mode tariff day from_minute to_minute made_by made_at ended_at",
    "visit": "child_id class_id day mode tariff reason promised_at pickup_code arrived_at brought_by "
    "received_by left_at collected_by proof released_by undone_at undone_by",
    "health_check": "visit_id kind at tenths site outcome note staff_id undone_at",
    "absence": "child_id day kind reason told_by noted_by noted_at undone_at",
    "log_batch": "kind staff_id made_at undone_at undone_by",
    "log_entry": "batch_id visit_id child_id day kind at until detail quality grade amount_ml tenths text "
    "note staff_id replaces_id ended_at",
    "menu": "day slot dishes allergens",
    "day_plan": "day class_id from_minute name",
    "handover_note": "visit_id number prose activity food sleep mood toilet health notice edited written_at "
    "written_by signed_at signed_by replaces_id ended_at",
    "price": "code name category unit fen valid_from valid_to",
    "receipt": "number kind reverses_id visit_id child_id class_name payer tender total_fen issued_at day "
    "issued_by",
    "receipt_line": "receipt_id position price_code purpose quantity unit unit_fen amount_fen explanation",
    "number_series": "name last",
    "draft": "kind staff_id title body held saved_at done_at",
    "paper": "kind subject_id printed_at staff_id",
    "audit": "at staff_id verb subject subject_id detail chain",
}
_KEYLESS = ("calendar_day", "number_series")


class Book:
    """Rows by table, in the order they were added; a row's key is its place."""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[object, ...]]] = defaultdict(list)

    def add(self, table: str, *values: object) -> int:
        """Note a row (columns in the order of the schema) and return its key."""
        rows = self._rows[table]
        rows.append(values)
        return len(rows)

    def row(self, table: str, key: int) -> tuple[object, ...]:
        """A row noted before, by its key."""
        return self._rows[table][key - 1]

    def count(self, table: str) -> int:
        """How many rows the table will have."""
        return len(self._rows[table])

    def write(self, connection: sqlite3.Connection) -> None:
        """Insert everything, parents before children."""
        for table, names in _COLUMNS.items():
            columns = names.split()
            keyed = [] if table in _KEYLESS else ["id"]
            marks = ", ".join("?" * (len(columns) + len(keyed)))
            statement = f"insert into {table} ({', '.join(keyed + columns)}) values ({marks})"  # noqa: S608
            rows = self._rows[table]
            if keyed:
                connection.executemany(statement, ((key, *row) for key, row in enumerate(rows, 1)))
            else:
                connection.executemany(statement, rows)
