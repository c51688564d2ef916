"""设置: this machine, the centre with its classes, staff, prices and rules, and the back-ups; a page each."""

from app.domain.changes import Topic
from app.ui.paged import PagedRoom, PageSpec

PAGES = (
    PageSpec("machine", "本机", "app.ui.settings.machine_page:MachinePage"),
    PageSpec("centre", "机构", "app.ui.settings.centre_page:CentrePage"),
    PageSpec("classes", "班级", "app.ui.settings.class_page:ClassPage"),
    PageSpec("staff", "员工", "app.ui.settings.staff_page:StaffPage"),
    PageSpec("rota", "排班", "app.ui.settings.rota_page:RotaPage"),
    PageSpec("prices", "价目", "app.ui.settings.price_page:PricePage"),
    PageSpec("calendar", "日历", "app.ui.settings.calendar_page:CalendarPage"),
    PageSpec("rules", "规则", "app.ui.settings.rule_page:RulePage"),
    PageSpec("backup", "备份", "app.ui.settings.backup_page:BackupPage"),
)


class SettingsRoom(PagedRoom):
    """One page for each thing a centre decides."""

    key = "settings"
    name = "设置"
    pages = PAGES
    topics = frozenset({Topic.SETTINGS, Topic.STAFF})
