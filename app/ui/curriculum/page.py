"""课程: plan of the week, library, observations, the term's summary, the month's booklet; a page each."""

from app.domain.changes import Topic
from app.ui.paged import PagedRoom, PageSpec

PAGES = (
    PageSpec("plan", "周计划", "app.ui.curriculum.plan_page:PlanPage"),
    PageSpec("library", "活动库", "app.ui.curriculum.library_page:LibraryPage"),
    PageSpec("notes", "观察", "app.ui.curriculum.notes_page:NotesPage"),
    PageSpec("terms", "成长小结", "app.ui.curriculum.term_page:TermPage"),
    PageSpec("booklets", "成长月册", "app.ui.curriculum.booklet_page:BookletPage"),
)


class CurriculumRoom(PagedRoom):
    """One page for each part of the work with the children's development."""

    key = "curriculum"
    name = "课程"
    pages = PAGES
    topics = frozenset({Topic.CHILDREN, Topic.LOG, Topic.VISITS, Topic.NOTES, Topic.SETTINGS})

    def wants_search(self) -> bool:
        """Each page has its own list."""
        return False
