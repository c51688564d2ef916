"""Keys of the things kept. Whole numbers in the file; told apart by type in the code."""

from typing import NewType

ChildId = NewType("ChildId", int)
AdultId = NewType("AdultId", int)
StaffId = NewType("StaffId", int)
ClassId = NewType("ClassId", int)
VisitId = NewType("VisitId", int)
EntryId = NewType("EntryId", int)
BatchId = NewType("BatchId", int)
NoteId = NewType("NoteId", int)
ReceiptId = NewType("ReceiptId", int)
DraftId = NewType("DraftId", int)
AbsenceId = NewType("AbsenceId", int)
