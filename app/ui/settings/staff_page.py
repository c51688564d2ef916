"""员工: who works here, with class, telephone and certificates."""

from PySide6.QtCore import Slot

from app.domain.ids import ClassId, StaffId
from app.domain.staff import Actor, Role
from app.domain.typed_days import Direction
from app.services.exporting import ListKind
from app.services.staff_settings import StaffDraft, StaffLine, StaffView, day_words
from app.ui.rooms import RoomContext
from app.ui.settings.list_page import ListPage
from app.ui.widgets.choices import choice_box, choose, chosen, fill_choices
from app.ui.widgets.export import ask_and_save
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.records import Record

_JOINS, _LEAVES = "入职的日子", "离职的日子（办离职时用）"


class StaffPage(ListPage):
    """The staff, and the one who is lit."""

    key, name = "staff", "员工"
    empty, new_words, logged = "还没有同事。按 Ctrl N 添加。", "添加同事", "staff"

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self._view: StaffView | None = None
        self._add_fields()
        self.save, self.new = self.save_button(), self.new_button("添加同事")
        self.gone = self.button("办离职", "leave", "Ctrl+D", kind="danger")
        self.undo_button()
        self.out = self.button("导出", "export", "F5", icon="tray-arrow-down")
        self.out.clicked.connect(lambda: ask_and_save(self.context, ListKind.STAFF, self))
        self.gone.clicked.connect(self._on_leave_clicked)

    def _add_fields(self) -> None:
        theme = self.context.theme
        self.name_field = Field(theme, "settings.staff.name", "姓名", required=True)
        roles = [(role.value, role.label) for role in Role]
        self.role = choice_box(roles, Role.TEACHER.value, "settings.staff.role", "岗位")
        self.group = choice_box([("", "不带班")], "", "settings.staff.class", "带哪个班")
        self.phone = Field(theme, "settings.staff.phone", "手机")
        self.certificate = Field(theme, "settings.staff.certificate", "资格证", placeholder="如 保育师四级")
        until, kept = "certificate_until", "health_until"
        self.certificate_until = self.day_field(
            f"settings.staff.{until}", "资格证到期", Direction.COMING, "没有期限就不填", until
        )
        self.health_until = self.day_field(
            f"settings.staff.{kept}", "健康证到期", Direction.COMING, "每年一次，如 2026-08-31", kept
        )
        self.day = self.day_field("settings.staff.day", _JOINS, Direction.NEAR, "如 2026-01-01", "day")
        self.lay_fields(
            (
                ("name", self.name_field),
                ("phone", self.phone),
                ("role", Labelled(theme, "岗位", self.role)),
                ("class_id", Labelled(theme, "带哪个班", self.group)),
                ("certificate", self.certificate),
                ("certificate_until", self.certificate_until),
                ("health_until", self.health_until),
                ("day", self.day),
            )
        )

    def first(self, *, new: bool) -> Field:
        """The name."""
        del new
        return self.name_field

    def refresh(self) -> None:
        """Read the staff again."""
        actor = self.context.actor
        self.show_rights()
        self.context.ask(lambda s: s.manage.staff.view(actor), self._show)

    def _show(self, view: StaffView) -> None:
        self._view = view
        self.warn(view.warning)
        here = sum(not line.gone for line in view.lines)
        self.list.set_title(f"员工（在职 {here} 人）")
        groups = [("", "不带班"), *((str(key), name) for key, name in view.classes)]
        fill_choices(self.group, groups, "")
        self.list.show_records([_record(line) for line in view.lines])

    def _line(self) -> StaffLine | None:
        lines = self._view.lines if self._view is not None else ()
        return next((line for line in lines if line.id == self.list.key()), None)

    def show_lit(self) -> bool:
        """Show who is lit."""
        line = self._line()
        if line is None:
            return False
        draft = line.draft
        self._head.setText(f"{draft.name}　{line.starts_on:%Y-%m-%d} 入职")
        self._fill(draft)
        self.gone.set_text("办离职" if line.ends_on is None else "取消离职")
        self.gone.setEnabled(True)
        self.day.set_label(_LEAVES)
        self.day.set_text("")  # a day that stands here would read as the one on which she joined
        self.read_history(line.id)
        return True

    def _fill(self, draft: StaffDraft) -> None:
        self.name_field.set_text(draft.name)
        choose(self.role, draft.role.value)
        choose(self.group, "" if draft.class_id is None else str(draft.class_id))
        self.phone.set_text(draft.phone)
        self.certificate.set_text(draft.certificate)
        self.certificate_until.set_text(day_words(draft.certificate_until))
        self.health_until.set_text(day_words(draft.health_until))
        self.day.set_text(self.today.isoformat())

    def clear_form(self) -> None:
        """A teacher, by default."""
        self._fill(StaffDraft("", Role.TEACHER))
        self.gone.setEnabled(False)
        self.day.set_label(_JOINS)

    def _draft(self) -> StaffDraft:
        group = chosen(self.group)
        return StaffDraft(
            self.name_field.text(),
            Role(chosen(self.role)),
            ClassId(int(group)) if group else None,
            self.phone.text(),
            self.certificate.text(),
            self.certificate_until.read_or_none(),
            self.health_until.read_or_none(),
        )

    def save_lit(self) -> None:
        """Change who is lit, or add somebody."""
        actor, line, draft = self.context.actor, self._line(), self.try_read(self._draft)
        if draft is None:
            return
        if line is not None:
            staff = line.id
            words = f"{draft.name} 的资料已保存。"
            self.act_proved(
                lambda s, pin: s.manage.staff.change(actor, staff, draft, pin),
                lambda _key: self._renew(staff, draft),
                words=words,
            )
            return
        day = self.typed_day(self.day)
        if day is not None:
            week = draft.role is Role.TEACHER and draft.class_id is not None
            words = f"{draft.name} 已添加。" + ("周一到周五的班次已排好，可在排班页改。" if week else "")
            self.act_proved(lambda s, pin: s.manage.staff.add(actor, draft, day, pin), words=words)

    def _renew(self, staff: StaffId, draft: StaffDraft) -> None:
        """Who changed herself acts from now on under her new name and role."""
        if self.context.actor.id == staff:
            self.context.sign_in(
                Actor(staff, draft.name.strip(), draft.role, draft.class_id, self._class_name(draft))
            )

    def _class_name(self, draft: StaffDraft) -> str:
        classes = dict(self._view.classes) if self._view is not None else {}
        return "" if draft.class_id is None else classes.get(draft.class_id, "")

    @Slot()
    def _on_leave_clicked(self) -> None:
        actor, line = self.context.actor, self._line()
        if line is None:
            return
        staff, name = line.id, line.draft.name
        if line.ends_on is not None:
            words = f"{name} 不离职了。"
            self.act_proved(lambda s, pin: s.manage.staff.come_back(actor, staff, pin), words=words)
            return
        day = self.typed_day(self.day)
        if day is not None:
            words = f"{name} 做到 {day:%Y-%m-%d}。"
            self.act_proved(lambda s, pin: s.manage.staff.leave(actor, staff, day, pin), words=words)


def _record(line: StaffLine) -> Record:
    return Record(line.id, line.draft.name, line.words, line.chips, faint=line.gone)
