"""Papers of the health room with long names and many rows, for tests to draw."""

import dataclasses
import datetime as dt

from app.reports.doctor_visit import DoctorVisitPaper, SeenChild
from app.reports.growth_card import CardChart, CardMeasure, GrowthCard
from app.reports.injury_notice import InjuryNotice
from app.reports.register_table import RegisterTable, TableColumn
from tests.reports.samples import CENTRE, DAY

LONG_NAME = "阿卜杜热合曼·买买提明"
NAMES = ("张沐阳", "周乐瑶", "尉迟嘉木", "欧阳思齐", LONG_NAME, "单于婷", "曾雨桐", "Muhammad Li")
CLASSES = ("抱抱龙", "小星星", "小海豚", "小火车", "小树苗")

_ORDINARY = ("36.5℃ 正常", "36.8℃ 咽红、咳嗽 黄牌", "", "已告诉妈妈，多喝水，下午再量一次", "顾红")
_FEVER = (
    "36.4℃ 家长说昨晚没睡好 黄牌",
    "36.6℃ 正常",
    "10:12 38.1℃ 额头烫、精神差 黄牌",
    "10:17 复测 38.4℃；10:19 通知家长 妈妈 郑海霞 接通：四十分钟到；10:21 进隔离室 顾红陪着；"
    "10:59 家长接走 妈妈 郑海霞；带去儿童医院",
    "顾红、许静",
)
REGISTER = RegisterTable(
    centre=CENTRE,
    title="晨午检及全日健康观察记录",
    month="2025-12",
    columns=(
        TableColumn("日期", 7, "center"),
        TableColumn("班级", 8),
        TableColumn("姓名", 8),
        TableColumn("晨检（家长主诉与检查）", 20),
        TableColumn("午检", 15),
        TableColumn("全日观察（症状与体征）", 20),
        TableColumn("处理", 24),
        TableColumn("检查者", 9),
    ),
    rows=tuple(
        (f"12-{1 + at // 2}", CLASSES[at % 5], NAMES[at % 8], *(_FEVER if at % 4 == 1 else _ORDINARY))
        for at in range(24)
    ),
    made_on=dt.date(2025, 12, 31),
    made_by="顾红",
    where="全园",
    summary="晨检 1,540 人次，异常 24 人次。只列异常的孩子；正常的逐人留有记录。",
    reference=True,
    least=0,
)

INJURY = InjuryNotice(
    centre=CENTRE,
    child=LONG_NAME,
    class_name="抱抱龙",
    day=DAY,
    lines=(
        ("时间", "12月3日 10:28"),
        ("类型", "他伤／攻击伤·小朋友咬伤"),
        ("部位", "左脸、左前臂、右手背"),
        ("地点", "户外活动场"),
        ("活动", "玩耍娱乐"),
        ("和谁", "小伙伴"),
        (
            "经过",
            "两人同时去拿一块积木，另一名小朋友抓了左脸，又咬了左前臂，有两道浅红印和一圈牙印，没有破皮。"
            "老师在一步之外，马上分开两人，看过伤处，抱着安抚；十分钟后她自己去搭积木，午饭吃完。",
        ),
        ("急救", "清水冲洗、冷敷十五分钟、碘伏消毒擦拭"),
        ("处理", "自行处理未就诊"),
        ("诊断", "软组织挫伤，无需包扎"),
    ),
    additions=(
        "12-03 10:41 电话告知妈妈 张文静（许静）",
        "12-03 15:50 周敏 第二人签字",
        "12-04 08:40 顾红 补充：红印已退，牙印还看得见；家里擦了药膏，不影响活动。",
    ),
    signed_by="周敏",
    told="12月3日 10:41 已告知妈妈 张文静",
    made_on=DAY,
    phone="0000-8600000",
)


def _chart(title: str, start: float, reach: float) -> CardChart:
    """Curves that rise and flatten; the child's points a little under the middle one."""

    def line(share: float) -> tuple[tuple[float, float], ...]:
        return tuple((float(age), (start + reach * (age / 36) ** 0.5) * share) for age in range(37))

    lines = tuple((name, line(share)) for name, share in (("P3", 0.88), ("P50", 1.0), ("P97", 1.13)))
    own = tuple((age, value * 0.97) for age, value in lines[1][1] if age in {1, 3, 6, 9, 12, 15})
    corrected = tuple((age - 1.6, value) for age, value in own if age > 1.6)
    return CardChart(title, "月龄", lines, own, corrected)


GROWTH = GrowthCard(
    centre=CENTRE,
    day=DAY,
    child=LONG_NAME,
    sex="女",
    born_on=dt.date(2024, 8, 19),
    class_name="小海豚",
    weeks=33,
    standard="WHO 2006、WS/T 423—2022",
    measures=tuple(
        CardMeasure(
            dt.date(2024, 9, 19) + dt.timedelta(days=37 * at),
            f"{1 + at}个月{at}天" if at < 11 else "1岁3个月12天",
            f"{3.6 + at * 0.52:.2f}",
            f"{50 + at * 2.4:.1f}",
            "卧",
            f"{36 + at * 0.8:.1f}",
            "体重 中 +0.22（矫正 中 +0.55）\n身长/高 中下 −1.21（矫正 中 −0.70）"
            if at % 4 == 3
            else "体重 中 +0.22",
        )
        for at in range(12)
    ),
    charts=(
        _chart("年龄别体重（kg）", 3.2, 10.6),
        _chart("年龄别身长/高（cm）", 49, 46),
        _chart("年龄别头围（cm）", 34, 14.5),
        _chart("年龄别体重指数", 12.8, 3.4),
    ),
    made_by="顾红",
)

VISIT = DoctorVisitPaper(
    centre=CENTRE,
    day=DAY,
    doctor="李海燕",
    clinic="向阳街道社区卫生服务中心儿童保健科",
    content="口腔检查；查看晨午检和消毒记录；给保教人员讲诺如病毒的呕吐物处置",
    conclusion="总体良好。早点后漱口要坚持；小星星班的湿度偏低，开加湿器并每天换水；"
    "呕吐物处置包放到每班门后，用一次补一次。",
    children=tuple(
        SeenChild(
            NAMES[at % 8],
            CLASSES[at % 5],
            "2岁11个月" if at % 3 else "10个月",
            "右上乳切牙龋，建议两周内到口腔科就诊，睡前不喝奶，家长用含氟牙膏帮她刷" if at % 5 == 2 else "",
        )
        for at in range(38)
    ),
    noted_by="顾红",
)

TABLE = RegisterTable(
    centre=CENTRE,
    title="传染病登记表",
    month="2025-12",
    columns=(
        TableColumn("序号", 2.4, "center"), TableColumn("姓名", 5),
        TableColumn("疱疹性咽峡炎", 2.9, "center"),
        TableColumn("备注", 60),
    ),
    rows=(("1", "张沐阳", "√", "居家"), ("2", "周乐瑶", "", "")),
    made_on=dt.date(2025, 12, 31),
    made_by="周敏",
    form="表4",
    where="全园",
    source="托儿所幼儿园卫生保健工作规范 附件4",
    notes=("张沐阳：市妇幼确诊",),
    reference=True,
)  # fmt: skip
BLANK = dataclasses.replace(TABLE, rows=(), notes=())
