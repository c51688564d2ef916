"""What Ctrl+K can do besides finding people: the rooms, and a small registry of commands.

**How to add a command**: one line in ``COMMANDS``. With a ``room``, that room understands the word ``act`` of
a ``Target``; without one, ``RoomContext.acts`` holds under that word what is to be called. One whose room or
act is not there, or whose room is not the actor's, is not offered. Rooms offer themselves.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from app.domain.names import SearchKeys, matches
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.ui.rooms import RoomSpec, Target

_LEAST_LETTERS = 2  # one letter means a person


@record
class Command:
    """One thing that can be done. Without a ``room`` the ``act`` is one of ``RoomContext.acts``.

    ``other`` are words that people use for it, parted by blanks; ``key`` is shown, not bound.
    """

    words: str
    icon: str
    room: str = ""
    act: str = ""
    key: str = ""
    other: str = ""
    permission: Permission = Permission.READ
    also: Permission = Permission.READ  # a second one that must be held


EXPORTS = {
    "children": ("孩子名单", Permission.EXPORT),
    "present": ("在园名单", Permission.EXPORT),
    "expected": ("待到名单", Permission.EXPORT),
    "absent": ("请假名单", Permission.EXPORT),
    "tomorrow": ("预约名单", Permission.BOOK),
    "waiting": ("候补名单", Permission.ADMIT),
    "month": ("月度各班", Permission.SEE_MONTH),
    "observations": ("观察记录", Permission.LOG_DAY),
    "hours": ("在岗工时", Permission.SEE_MONTH),
    "receipts": ("收据明细", Permission.SEE_MONTH),
    "roster": ("招生名单", Permission.ADMIT),
    "expiring": ("到期证件", Permission.KEEP_RECORDS),
    "releases": ("接走记录", Permission.CHECK_OUT),
    "grants": ("电话授权", Permission.CHECK_OUT),
    "alarms": ("禁止接走警报", Permission.CHECK_OUT),
    "cards": ("接送卡登记", Permission.EXPORT),
    "staff": ("员工名单", Permission.CHANGE_SETTINGS),
    "roll_calls": ("点名记录", Permission.ROLL_CALL),
    "follow_ups": ("缺勤追访登记", Permission.SEE_HEALTH),
    "rounds": ("晨午检登记", Permission.SEE_HEALTH),
    "illnesses": ("病例", Permission.SEE_HEALTH),
    "fevers": ("发热处理", Permission.SEE_HEALTH),
    "injuries": ("意外伤害", Permission.SEE_HEALTH),
    "medicine": ("带药记录", Permission.SEE_HEALTH),
    "growth": ("生长测量", Permission.SEE_HEALTH),
    "belongings": ("随身物品", Permission.CHECK_OUT),
    "forecast": ("托位预测", Permission.ADMIT),
}
"""The lists of ``services.exporting.ListKind``: their words, and what must be held besides ``EXPORT``."""

COMMANDS = (
    Command("临时托登记", "account-plus-outline", "intake", "new_temporary", "F2", "新孩子 散客 登记"),
    Command("紧急点名", "bell-alert-outline", act="rollcall", key="F9", other="疏散 清点 点名"),
    Command("点名登记", "clipboard-text-outline", act="rollcall_register", other="点名记录 演练 疏散记录"),
    Command(
        "缺勤追访",
        "phone-outline",
        act="trace",
        key="F7",
        other="待追访 没来 追访",
        permission=Permission.CHECK_IN,
    ),
    Command(
        "今天的电话授权",
        "phone-outline",
        act="grants",
        key="F8",
        other="授权 授权码 谁来接 代接",
        permission=Permission.CHECK_OUT,
    ),
    Command(
        "接走记录",
        "shield-check-outline",
        act="door",
        other="谁接走 谁接的 放行 离园记录 警报",
        permission=Permission.CHECK_OUT,
    ),
    Command("打卡", "clock-outline", "classroom", "clock", "F3", "上班 下班 休息 顶班 在岗 工时"),
    Command("清点人数", "clipboard-check-outline", "classroom", "count", "F7", "数人 清点"),
    Command("带出去", "run", "classroom", "walk", "F10", "户外 散步 出去 院子 外出"),
    Command("家长嘱咐", "comment-text-outline", "classroom", "wish", "F5", "嘱咐 叮嘱 交代"),
    Command("晨检", "hospital-box-outline", "health", "rounds", "F8", "晨午检 午检 全日观察 检查"),
    Command("记一次发热", "thermometer", "health", "fever.new", "Ctrl N", "发热 发烧 体温 隔离"),
    Command("收药", "pill", "health", "medicine.new", "Ctrl N", "带药 喂药 服药单 吃药"),
    Command("登记伤害", "alert-outline", "health", "injuries.new", "F2", "意外 伤害 受伤 咬伤 抓伤 摔了"),
    Command("记录疑似侵害", "shield-check-outline", act="concern", other="保护 强制报告 侵害 虐待 伤害"),
    Command("新预约", "calendar-month-outline", "bookings", "new", "N", "电话预约 登记预约"),
    Command("明天的预约", "calendar-month-outline", "bookings", "list", "M", "预约名单 提醒 电话提醒"),
    Command("咨询登记", "account-plus-outline", "admissions", "new", "F2", "招生登记 报名 来访 咨询"),
    Command("候补", "account-plus-outline", "admissions", "queue", "Ctrl 2", "排队 候补名单 等位"),
    Command("月龄预测", "chart-donut", "admissions", "forecast", "Ctrl 3", "升班 毕业 空位"),
    Command("转班", "account-switch-outline", "admissions", "moves", "Ctrl 4", "换班级 升班"),
    Command(
        "新建档案",
        "folder-account-outline",
        "records",
        "new",
        "Ctrl N",
        "新孩子 建档",
        permission=Permission.KEEP_RECORDS,
    ),
    Command(
        "导入名单",
        "tray-arrow-up",
        "importing",
        "import",
        other="批量 Excel 表格 迁移",
        permission=Permission.REGISTER_CHILD,
    ),
    Command("导出名单", "tray-arrow-down", "importing", "export", other="Excel 表格"),
    Command("打印接送卡", "card-account-details-outline", "cards", other="挂失 补卡 发卡 接送卡"),
    Command("写交接单", "clipboard-edit-outline", "handover", other="离园报告 打印报告"),
    Command("周计划", "sprout-outline", "curriculum", "plan", other="课程 主题 活动计划 教学计划"),
    Command("活动库", "sprout-outline", "curriculum", "library", other="课程 游戏 玩法 教案"),
    Command("记观察", "sprout-outline", "curriculum", "notes", other="观察记录 成长观察 发展"),
    Command("成长小结", "sprout-outline", "curriculum", "terms", other="学期小结 评语 期末"),
    Command("成长月册", "sprout-outline", "curriculum", "booklets", other="月册 成长档案 成长册"),
    Command("打印月报", "printer-outline", "office", other="月报 统计"),
    Command(
        "打印明天应到名单",
        "printer-outline",
        act="expected_paper",
        other="应到 明天 预约名单 纸",
        permission=Permission.BOOK,
    ),
    Command(
        "打印缺勤追访登记",
        "printer-outline",
        act="absence_paper",
        other="追访登记 缺勤登记 T3b",
        permission=Permission.CHECK_IN,
    ),
    Command("打印收费公示", "printer-outline", act="fee_notice", other="收费公示 价目表 公示"),
    Command("打印队列", "printer-outline", act="print_queue", key="Ctrl Shift P", other="打印机 没打出来"),
    Command("再打上一份", "printer-outline", act="print_again", key="F12", other="重打 补打"),
    Command("家长屏", "eye-outline", act="parents", key="F11", other="打开家长屏 关闭家长屏 副屏 双屏"),
    Command("验真", "shield-check-outline", "settings", "machine", other="真假 收据 二维码"),
    Command("备份", "database-check-outline", "settings", "backup", other="现在备份 恢复"),
    Command("改口令", "lock-outline", act="pins", other="口令 密码 PIN"),
    Command("员工", "account-multiple-outline", "settings", "staff", other="老师 岗位"),
    Command("排班", "clock-outline", "settings", "rota", other="值班"),
    Command("价目", "cash-multiple", "settings", "prices", other="收费项目 限价"),
    Command("放假日历", "calendar-month-outline", "settings", "calendar", other="节假日 开放日 调休"),
    Command("换人", "account-switch-outline", act="staff", key="Ctrl L", other="登录 换班 退出"),
    Command("撤销上一步", "undo-variant", act="undo", key="Ctrl Z", other="取消 撤回"),
    *(
        Command(
            f"导出{words}",
            "tray-arrow-down",
            act=f"export.{kind}",
            other="Excel 表格",
            permission=Permission.EXPORT,
            also=also,
        )
        for kind, (words, also) in EXPORTS.items()
    ),
)


@record
class Way:
    """A room or a command that was found; ``rank`` as of the children."""

    words: str
    icon: str
    key: str
    room: str
    target: Target | None
    act: str
    rank: int

    @property
    def is_room(self) -> bool:
        """Whether it only goes to a room."""
        return bool(self.room) and self.target is None


class Commands:
    """Finds rooms and commands by their words, or by how those sound once ``learn`` has been told."""

    def __init__(self, rooms: Iterable[RoomSpec], acts: Collection[str] = ()) -> None:
        self._acts = acts
        self._rooms = {spec.key: spec for spec in rooms}
        self._sounds: Mapping[str, SearchKeys] = {}

    @property
    def words(self) -> tuple[str, ...]:
        """Everything whose sound must be known."""
        titles = [spec.title for spec in self._rooms.values()]
        return tuple(dict.fromkeys([*titles, *(one for made in COMMANDS for one in _names(made))]))

    @property
    def learnt(self) -> bool:
        """Whether the sounds are known."""
        return bool(self._sounds)

    def learn(self, sounds: Sequence[SearchKeys]) -> None:
        """Take the sounds of ``words``, in that order."""
        self._sounds = dict(zip(self.words, sounds, strict=True))

    def find(self, text: str, actor: Actor, limit: int) -> tuple[Way, ...]:
        """What is meant by the text and may be done by this actor, the nearest first."""
        plain = text.strip()
        if len(plain) < _LEAST_LETTERS and plain.isascii():
            return ()
        ways = []
        for spec in self._rooms.values():
            rank = self._rank(plain, [spec.title])
            if rank is not None and actor.may(spec.permission) and not spec.hidden:
                ways.append(Way(spec.title, spec.icon, _spoken(spec.shortcut), spec.key, None, "", rank))
        for one in COMMANDS:
            rank = self._rank(plain, _names(one))
            if rank is None or not self._offered(one, actor):
                continue
            target = Target(act=one.act) if one.room else None
            ways.append(Way(one.words, one.icon, one.key, one.room, target, one.act, rank))
        return tuple(sorted(ways, key=lambda way: way.rank)[:limit])

    def _offered(self, one: Command, actor: Actor) -> bool:
        if not actor.may(one.permission) or not actor.may(one.also):
            return False
        if not one.room:
            return one.act in self._acts
        return one.room in self._rooms and actor.may(self._rooms[one.room].permission)

    def _rank(self, plain: str, names: Sequence[str]) -> int | None:
        ranks = [0 if one.startswith(plain) else 1 for one in names if plain in one]
        ranks += [2 for one in names if matches(plain, one, keys=self._sounds.get(one))]
        return min(ranks, default=None)


def _names(command: Command) -> list[str]:
    return [command.words, *command.other.split()]


def _spoken(shortcut: str) -> str:
    return shortcut.replace("+", " ")
