"""Rows gathered in memory and written in one go with plain ``executemany``."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping

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
    "booking_series": "child_id weekdays starts_on until made_by made_at",
    "booking": "child_id class_id mode tariff day from_minute to_minute made_by made_at ended_at series_id "
    "note outcome cancelled_by cancel_reason told_at ended_by",
    "visit": "child_id class_id day mode tariff reason promised_at pickup_code arrived_at brought_by "
    "received_by left_at collected_by proof released_by undone_at undone_by",
    "health_check": "visit_id kind at tenths site outcome note staff_id undone_at",
    "absence": "child_id day kind reason told_by noted_by noted_at undone_at",
    "absence_follow_up": "child_id day away_since traced_by traced_at way whom result illness hospital "
    "diagnosis infectious handling returns_on again_on again_by",
    "log_batch": "kind staff_id made_at undone_at undone_by",
    "log_entry": "batch_id visit_id child_id day kind at until detail quality grade amount_ml tenths text "
    "note staff_id replaces_id ended_at",
    "menu": "day slot dishes allergens",
    "menu_portion": "day slot position dish grams added_at added_by ended_at",
    "day_plan": "day class_id from_minute name",
    "handover_note": "visit_id number prose activity food sleep mood toilet health notice edited written_at "
    "written_by signed_at signed_by replaces_id ended_at seen",
    "price": "code name category unit fen valid_from valid_to",
    "receipt": "number kind reverses_id visit_id child_id class_name payer tender total_fen issued_at day "
    "issued_by",
    "receipt_line": "receipt_id position price_code purpose quantity unit unit_fen amount_fen explanation",
    "card": "number child_id batch replaces_id issued_at issued_by ended_as ended_at ended_by ended_words",
    "number_series": "name last",
    "applicant": "child_id name born_on due_on contact phone wish_kind wish_mode wish_half wish_start "
    "priority note applied_on added_by added_at",
    "life_step": "applicant_id child_id kind on_day class_id mode half starts_on ends_on seat_kept ending "
    "deadline before_id reason batch made_by made_at undone_at undone_by",
    "draft": "kind staff_id title body held saved_at done_at",
    "paper": "kind subject_id printed_at staff_id",
    "settings_change": "area subject_id words valid_from changed_at staff_id undone_at undone_by",
    "settings_cell": "change_id place row_key field old new",
    "roll_call": "kind plan day started_at started_by ended_at ended_by undone_at undone_by",
    "roll_call_person": "roll_call_id visit_id staff_id class_id name class_name listed_at",
    "roll_call_mark": "person_id batch state how at staff_id undone_at undone_by",
    "roll_call_note": "roll_call_id course problems improvements remarks noted_at noted_by ended_at",
    "record_act": "subject subject_id verb label at staff_id undone_at undone_by",
    "record_change": "act_id subject subject_id field before value before_row value_row ended_at",
    "consent": "child_id purpose version answer day signer_id signer paper noted_at noted_by ended_at",
    "child_paper": "child_id kind number issued_on expires_on note added_at added_by ended_at",
    "barring": "child_id adult_id paper_kind paper_number paper_on valid_until added_at added_by ended_at",
    "staff_pin": "staff_id salt hash set_at set_by ended_at",
    "barred_trait": "adult_id kind value noted_by noted_at ended_at",
    "pickup_grant": "day code caller_id adult_id name relation phone identity_tail made_by made_at ended_at "
    "ended_by",
    "pickup_grant_child": "grant_id child_id",
    "release": "visit_id together_id proof who grant_id confirmed_by reason at released_by undone_at "
    "undone_by",
    "belonging": "visit_id words noted_by noted_at returned_in undone_at",
    "week_plan": "monday class_id theme goals replaces_id made_by made_at ended_at undone_by",
    "observation_act": "kind staff_id made_at undone_at undone_by",
    "observation": "act_id child_id day area months words staff_id replaces_id ended_at ended_in",
    "staff_post": "staff_id post reason starts_on set_at set_by ended_at ended_by",
    "duty": "staff_id class_id day kind cover from_at to_at entered_by ended_by after_id replaces_id reason "
    "undone_at undone_by",
    "walk": "day place started_at started_by back_at back_by undone_at undone_by",
    "walk_member": "walk_id visit_id staff_id class_id name",
    "head_count": "day stage class_id walk_id place expected found reason at staff_id undone_at undone_by",
    "head_count_child": "count_id visit_id name result",
    "instruction": "child_id category words slots from_day to_day told_by way taken_at taken_by ended_at "
    "ended_by end_reason",
    "instruction_read": "instruction_id staff_id read_at",
    "check_detail": "check_id batch card findings told treatment",
    "fever_case": "visit_id check_id entry_id tenths site recheck_at started_at started_by undone_at "
    "undone_by",
    "fever_step": "case_id kind at staff_id tenths site whom phone reached words release_id undone_at "
    "undone_by",
    "medicine_request": "visit_id medicine dose way reason allergy original_pack expires_on brought home_at "
    "signer signed_how signature taken_at taken_by undone_at undone_by",
    "medicine_dose": "request_id due_at",
    "medicine_act": "dose_id kind at dose giver_id second_id late_minutes reason release_id undone_at "
    "undone_by",
    "medicine_return": "request_id at staff_id whom words release_id undone_at undone_by",
    "injury": "root_id child_id class_id class_name day minute duty_id kind subtype other_id place activity "
    "company handling aid regions diagnosis rest_days outcome story noted_by noted_at replaces_id ended_at",
    "injury_addition": "injury_id kind words whom how told_at version_id added_by added_at",
    "illness_case": "root_id child_id class_id class_name disease detail confirmed onset_on basis_on left_on "
    "diagnosed_on diagnosed_by note source source_id noted_by noted_at replaces_id ended_at ended_as",
    "illness_clearance": "case_id kind day words basis_on seen_by confirmed_by at undone_at undone_by",
    "register_entry": "register day class_id child_id item answers open noted_by noted_at replaces_id "
    "ended_at ended_by",
    "shift_sheet": "class_id day expected came guests went sick personal other later unheard early counted "
    "reason remark given_by taken_by signed_at undone_at undone_by",
    "shift_point": "class_id words opened_at opened_by undone_at undone_by",
    "shift_point_closing": "point_id words closed_at closed_by undone_at undone_by",
    "shift_line": "sheet_id section words point_id",
    "shift_check": "sheet_id item good note",
    "growth_measure": "child_id day weight_g stature_mm lying head_mm doubt measured_at measured_by "
    "replaces_id ended_at undone_at undone_by",
    "doctor_visit": "day doctor clinic content conclusion noted_at noted_by replaces_id ended_at undone_at "
    "undone_by",
    "doctor_child": "visit_id child_id advice",
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

    def change(self, table: str, key: int, at: int, *values: object) -> None:
        """Put other values into a row, from its column ``at`` on (the key not counted)."""
        row = self._rows[table][key - 1]
        self._rows[table][key - 1] = (*row[:at], *values, *row[at + len(values) :])

    def rows(self, table: str) -> Iterator[tuple[int, tuple[object, ...]]]:
        """The rows of a table so far, with their keys."""
        return iter(list(enumerate(self._rows[table], 1)))

    def named(self, table: str) -> Iterator[tuple[int, Mapping[str, object]]]:
        """The rows of a table so far with their keys, each by its columns."""
        columns = _COLUMNS[table].split()
        return ((key, dict(zip(columns, row, strict=True))) for key, row in self.rows(table))

    def change_named(self, table: str, key: int, values: Mapping[str, object]) -> None:
        """Put other values into a row, by column."""
        columns = _COLUMNS[table].split()
        for name, value in values.items():
            self.change(table, key, columns.index(name), value)

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
