"""Who works here and what each may do: the one permission table."""

from enum import StrEnum

from app.domain.errors import RuleError
from app.domain.ids import ClassId, StaffId
from app.domain.record import record


class Role(StrEnum):
    """岗位. Only TEACHER counts as a carer (保育人员) in the staff-child ratio."""

    FRONT_DESK = "front_desk"
    TEACHER = "teacher"
    HEALTH_WORKER = "health_worker"
    CASHIER = "cashier"
    DIRECTOR = "director"

    @property
    def label(self) -> str:
        """前台, 带班老师, 保健员, 收费员, 园长."""
        words = {
            "front_desk": "前台",
            "teacher": "带班老师",
            "health_worker": "保健员",
            "cashier": "收费员",
            "director": "园长",
        }
        return words[self.value]


class Permission(StrEnum):
    """One thing a staff member may be allowed to do."""

    CHECK_IN = "check_in"
    CHECK_OUT = "check_out"
    REGISTER_CHILD = "register_child"
    BOOK = "book"
    LOG_DAY = "log_day"
    SIGN_NOTE = "sign_note"
    TAKE_MONEY = "take_money"
    HEALTH_CHECK = "health_check"
    SEE_MONTH = "see_month"
    ADMIT = "admit"
    CHANGE_SETTINGS = "change_settings"
    ROLL_CALL = "roll_call"
    EXPORT = "export"
    READ = "read"
    KEEP_RECORDS = "keep_records"
    RUN_CLASS = "run_class"  # who works where, heads, walks, moves within the day, the family's wishes
    SEE_HEALTH = (
        "see_health"  # illnesses, checks, vaccination, diet in her record; allergies stand everywhere
    )
    SEE_CUSTODY = "see_custody"  # by which paper somebody is barred; that he is barred everybody sees
    SEE_ADDRESS = "see_address"
    SEE_DOCUMENTS = "see_documents"  # identity numbers (masked) and papers
    RELEASE_EXCEPTION = "release_exception"  # to let somebody take a child who is not on her list
    # To say that a certificate lets a child come back, a fever was none, she bears what she did not.
    ANSWER_FOR_HEALTH = "answer_for_health"
    OVERRULE_HEALTH = "overrule_health"  # to let a child in who should stay at home, a class take somebody


_ALL = frozenset(Permission)
_GRANTED: dict[Role, frozenset[Permission]] = {
    Role.FRONT_DESK: frozenset(
        {
            Permission.READ,
            Permission.CHECK_IN,
            Permission.CHECK_OUT,
            Permission.REGISTER_CHILD,
            Permission.BOOK,
            Permission.TAKE_MONEY,
            Permission.HEALTH_CHECK,
            Permission.ROLL_CALL,
            Permission.KEEP_RECORDS,
            Permission.EXPORT,
            Permission.ADMIT,
            Permission.RUN_CLASS,
            Permission.SEE_HEALTH,
            Permission.SEE_CUSTODY,
            Permission.SEE_ADDRESS,
            Permission.SEE_DOCUMENTS,
        }
    ),
    Role.TEACHER: frozenset(
        {
            Permission.READ,
            Permission.CHECK_IN,
            Permission.CHECK_OUT,
            Permission.LOG_DAY,
            Permission.SIGN_NOTE,
            Permission.HEALTH_CHECK,
            Permission.ROLL_CALL,
            Permission.RUN_CLASS,
            Permission.SEE_HEALTH,  # of the children in her care (services/scope.py)
        }
    ),
    Role.HEALTH_WORKER: frozenset(
        {
            Permission.READ,
            Permission.CHECK_IN,
            Permission.LOG_DAY,
            Permission.HEALTH_CHECK,
            Permission.ROLL_CALL,
            Permission.KEEP_RECORDS,
            Permission.RUN_CLASS,
            Permission.SEE_HEALTH,
            Permission.SEE_ADDRESS,  # an infectious disease is reported with it
            Permission.SEE_DOCUMENTS,
            Permission.ANSWER_FOR_HEALTH,
        }
    ),
    Role.CASHIER: frozenset(
        {
            Permission.READ,
            Permission.TAKE_MONEY,
            Permission.SEE_MONTH,
            Permission.ROLL_CALL,
            Permission.EXPORT,
        }
    ),
    Role.DIRECTOR: _ALL,
}


class NotPermittedError(RuleError):
    """The acting staff member's role does not allow this."""


@record
class Actor:
    """The staff member who acts. Every service verb takes one."""

    id: StaffId
    name: str
    role: Role
    class_id: ClassId | None = None
    class_name: str = ""

    @property
    def post(self) -> str:
        """Where a teacher works, by which her colleagues know her: 抱抱龙班 · 带班; else the role."""
        if self.role is not Role.TEACHER or not self.class_name:
            return self.role.label
        return f"{self.class_name.removesuffix('班')}班 · 带班"

    def may(self, permission: Permission) -> bool:
        """Whether the table grants it."""
        return permission in _GRANTED[self.role]

    def require(self, permission: Permission) -> None:
        """Pass, or raise ``NotPermittedError`` with a sentence naming the role."""
        if not self.may(permission):
            msg = f"{self.name}（{self.role.label}）没有这项权限。请换有权限的同事登录后再试。"
            raise NotPermittedError(msg)
