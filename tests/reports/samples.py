"""The papers of the practice story's day, 2025-12-03, for tests to draw."""

import datetime as dt
import struct
import zlib

from app.domain.ids import ClassId, PointId, SheetId
from app.domain.money import Money
from app.domain.prose import NoteText
from app.domain.shifts import CheckMark, Figures, Line, Section, Sheet
from app.reports.absence_register import AbsenceRegister, FollowUpLine
from app.reports.agreement import Agreement, AgreementAdult, AgreementFee
from app.reports.booklet import BookletDay, BookletPaper
from app.reports.expected_list import ExpectedChild, ExpectedClass, ExpectedList
from app.reports.fee_notice import FeeGroup, FeeLine, FeeNotice
from app.reports.medicine_slip import MedicineSlip, SlipDose
from app.reports.menu import MenuCell, MenuPaper, MenuRow
from app.reports.monthly_summary import ClassMonth, DayBar, IncomeMonth, ModeMonth, MonthlySummary
from app.reports.pickup_report import PickupReport
from app.reports.receipt import ReceiptPaper, ReceiptPaperLine
from app.reports.roll_call import RollCallClass, RollCallHead, RollCallPaper
from app.reports.shift_sheet import ShiftPaper
from app.reports.slip import PickupSlip
from app.reports.term_summary import TermSummaryPaper
from app.reports.week_plan import PlanDay, PlanRow, WeekPlanPaper
from app.reports.who_is_inside import InsideChild, InsideClass, WhoIsInside

DAY = dt.date(2025, 12, 3)
ZONE = dt.timezone(dt.timedelta(hours=8))
CENTRE = "向阳托育中心"


def at(hour: int, minute: int) -> dt.datetime:
    return dt.datetime(2025, 12, 3, hour, minute, tzinfo=ZONE)


NOTE = NoteText(
    prose="予晴 9:12 由奶奶送到，起初有点想家，十分钟后就平静下来。上午手工课贴了雪花，自己选颜色、贴了五片，"
    "很投入。点心吃完苹果和酸奶，午餐番茄牛腩饭吃完，喝水 240 ml。"
    "12:20–13:35 午睡 1 小时 15 分，起床情绪愉快。",
    activity="手工课“贴雪花”，主动参与",
    food="早点：苹果、酸奶（吃完）\n午餐：番茄牛腩饭（吃完）　饮水 240 ml",
    sleep="12:20 – 13:35　共 1 小时 15 分",
    mood="想家 → 平静 → 愉快",
    toilet="小便 2 次",
    health="晨检 36.5℃　午检 36.6℃　无异常",
    notice="鞋子偏小，走路时常踮脚；建议换大半码。",
)

REPORT = PickupReport(
    centre=CENTRE,
    day=DAY,
    child="朱予晴",
    sex="女",
    age="2岁3个月",
    class_name="抱抱龙",
    care="半日临时托",
    arrived=at(9, 12),
    until=at(14, 0),
    text=NOTE,
    number="H-20251203-0007",
    seal="TDH1.H.H-20251203-0007.K7Q2M9XA4C",
    signed_by="许静",
    signed_at=at(13, 48),
    collector="王秀兰",
    relation="奶奶",
    allergies=("鸡蛋",),
)

SLIP = PickupSlip(
    centre=CENTRE,
    day=DAY,
    code="K7M2",
    class_name="抱抱龙",
    arrived=at(9, 12),
    promised=at(14, 0),
    number="S-20251203-0061",
    seal="TDH1.S.S-20251203-0061.W4XP8QH2RC",
    phone="0938-000 0000",
)

GRANDMOTHER = AgreementAdult("王秀兰", "奶奶", "138 0000 6021", identity_seen=True)
MOTHER = AgreementAdult("赵敏", "妈妈", "139 0000 1177")

AGREEMENT = Agreement(
    centre=CENTRE,
    day=DAY,
    child="朱予晴",
    sex="女",
    born_on=dt.date(2023, 8, 19),
    age="27 个月",
    class_name="抱抱龙",
    care="半日临时托",
    arrived=at(9, 12),
    promised=at(14, 0),
    bringer=GRANDMOTHER,
    collectors=(GRANDMOTHER, MOTHER),
    allergy="鸡蛋",
    fees=(
        AgreementFee("半日临时托　到 14:00", Money.yuan(80)),
        AgreementFee("午餐 1 份", Money.yuan(15)),
    ),
    total=Money.yuan(95),
    fee_words="计时算法：4 小时 50 分 → 5 小时 × 25 = 125，封顶半日价 80，已取较低。"
    "超时每半小时 15 元，宽限 10 分钟。",
    second=MOTHER,
    body="正常",
    check="36.5℃ 正常",
    reason="家中来客",
    address="向阳路 1 号",
    phone="0938-000 0000",
    handled_by="林晓",
    number="A-20251203-0061",
    seal="TDH1.A.A-20251203-0061.M3N8TT2KQ9",
)

RECEIPT = ReceiptPaper(
    centre=CENTRE,
    day=DAY,
    payer="王秀兰",
    child="朱予晴",
    class_name="抱抱龙",
    lines=(
        ReceiptPaperLine("半日临时托　09:12–14:00", 1, "次", Money.yuan(80), Money.yuan(80)),
        ReceiptPaperLine("午餐", 1, "份", Money.yuan(15), Money.yuan(15)),
    ),
    total=Money.yuan(95),
    tender="微信",
    handled_by="林晓",
    number="2025-000018",
    seal="TDH1.R.2025-000018.K7Q2M9XA4C",
)

REFUND = ReceiptPaper(
    centre=CENTRE,
    day=DAY,
    payer="王秀兰",
    child="朱予晴",
    class_name="抱抱龙",
    lines=tuple(
        ReceiptPaperLine(line.purpose, line.quantity, line.unit, line.unit_price, -line.amount)
        for line in RECEIPT.lines
    ),
    total=Money.yuan(-95),
    tender="微信",
    handled_by="林晓",
    number="2025-000019",
    seal="TDH1.R.2025-000019.Z9P4KKW2XA",
    refund=True,
    original="2025-000018",
    original_day=DAY,
    reason="家长临时取消",
)

_PRESENT = (66, 68, 71, 64, 72, 73, 69, 70, 74, 52, 71, 72, 66, 71, 72, 73, 70, 69, 74, 71)
_OPEN_DAYS = [day for day in range(1, 29) if dt.date(2025, 11, day).weekday() < 5]

MONTH = MonthlySummary(
    centre=CENTRE,
    month="2025-11",
    licensed_seats=83,
    open_days=20,
    sentences=(
        "本月在册 77 人，托位使用率 92.8%（上月 89.2%）。应出勤 1540 人次，实出勤 1408 人次，出勤率 91.4%；"
        "因病缺勤 60 人次，较上月多 18 人次。",
        "临时托、计时托共 126 人次，实收 214360.00 元。",
    ),
    days=tuple(
        DayBar(dt.date(2025, 11, day), 77, present, present < 60, "流感，请假多" if present < 60 else "")
        for day, present in zip(_OPEN_DAYS, _PRESENT, strict=True)
    ),
    classes=(
        ClassMonth("小星星", "乳儿班", 10, 9, 180, 159, "88.3%", 12, 9),
        ClassMonth("小海豚", "托小班", 15, 14, 280, 253, "90.4%", 15, 12),
        ClassMonth("抱抱龙", "托大班", 20, 19, 380, 354, "93.2%", 11, 15),
        ClassMonth("小火车", "托大班", 20, 19, 380, 352, "92.6%", 13, 15),
        ClassMonth("小树苗", "混合班", 18, 16, 320, 290, "90.6%", 9, 21),
    ),
    total=ClassMonth("全园", "", 83, 77, 1540, 1408, "91.4%", 60, 72),
    modes=(
        ModeMonth("全日托", 66, 1226, "91.9%"),
        ModeMonth("半日托", 11, 182, "88.3%"),
        ModeMonth("临时托", 48, 97),
        ModeMonth("计时托", 21, 29),
    ),
    income=(
        IncomeMonth("保育费（包月）", 77, Money.yuan(198_400)),
        IncomeMonth("半日临时托", 82, Money.yuan(6_560)),
        IncomeMonth("午餐", 126, Money.yuan(1_890)),
        IncomeMonth("退款", 2, Money.yuan(-190)),
    ),
    income_total=Money.yuan(206_660),
    made_on=dt.date(2025, 12, 1),
    made_by="周敏",
    notes=(
        "出勤率 = 实出勤人次 ÷ 应出勤人次，保留一位小数；临时托、计时托没有应出勤，不计入。",
        "每个数字都可在程序中点开，看到组成它的记录。",
    ),
    number="2025-11",
    seal="TDH1.M.2025-11.P2WX8KQ4NA",
)

FEES = FeeNotice(
    centre=CENTRE,
    day=dt.date(2025, 9, 1),
    groups=(
        FeeGroup(
            "基本服务费",
            "托育机构提供照护服务收取的费用。",
            (
                FeeLine("全日托保育费", "月", Money.yuan(2380), dt.date(2025, 9, 1)),
                FeeLine(
                    "托小班保育费（普惠）",
                    "月",
                    Money.yuan(1400),
                    dt.date(2025, 9, 1),
                    Money.yuan(1400),
                    "乳发改〔2024〕3号",
                ),
                FeeLine("半日临时托", "次", Money.yuan(80), dt.date(2025, 9, 1)),
                FeeLine("计时托", "小时", Money.yuan(25), dt.date(2025, 9, 1)),
            ),
        ),
        FeeGroup(
            "其他服务费",
            "家长自愿选择的服务，不选不收。",
            (FeeLine("延时托管", "半小时", Money.yuan(15), dt.date(2025, 9, 1)),),
        ),
        FeeGroup(
            "代收费",
            "代家长收取、代为支付，按实际发生结算，不加价。",
            (FeeLine("伙食费", "月", Money.yuan(400), dt.date(2025, 9, 1)),),
        ),
    ),
    rules=("计时托：至少算 1 小时，之后每 60 分钟一个单位，宽限 10 分钟；再久也不超过半日价和全日价。",),
    coming=("2026-01-01 起：半日临时托 90 元/次。",),
    address="向阳路 12 号",
    phone="0000-8600000",
)


def _head(name: str, second: int, by: str = "许静", note: str = "") -> RollCallHead:
    return RollCallHead(name, "安全", at(10, 2).replace(second=second), by, note=note)


_AWAY = RollCallHead("周敏", "不在园", at(10, 3), "林晓")
ROLL_CALL = RollCallPaper(
    centre=CENTRE,
    day=DAY,
    real=False,
    plan="火灾",
    started=at(10, 0),
    started_by="林晓",
    ended=at(10, 4).replace(second=12),
    ended_by="林晓",
    took="4 分 12 秒",
    children=6,
    staff=3,
    classes=(
        RollCallClass(
            "抱抱龙",
            (
                _head("朱予晴", 11),
                _head("张沐阳", 11),
                RollCallHead("何宇轩", "未到", missing=True),
                _head("Muhammad Li", 31, note="点名开始后入园"),
            ),
        ),
        RollCallClass(
            "小星星", (_head("曾雨桐", 40, "沈玉洁"), RollCallHead("尉迟嘉木", "已接走", at(10, 3), "林晓"))
        ),
        RollCallClass(
            "教职工",
            (
                _head("许静", 12),
                _head("沈玉洁", 41, "沈玉洁"),
                _AWAY,
            ),
        ),
    ),
    course="听到警报后各班用湿毛巾捂口鼻，走西侧楼梯到操场，按名单清点。",
    problems="西侧楼梯口两个班挤在一起。",
    number="C-20251203-0001",
    seal="TDH1.C.C-20251203-0001.K7Q2M9XA4C",
    made_by="周敏",
)

INSIDE = WhoIsInside(
    centre=CENTRE,
    at=at(13, 52),
    classes=(
        InsideClass(
            "抱抱龙",
            (
                InsideChild(
                    "朱予晴", "2岁3个月", "鸡蛋", ("奶奶 王秀兰 138 0000 6021", "妈妈 赵敏 139 0000 1177"), ""
                ),
                InsideChild("张沐阳", "2岁6个月", "花生、牛奶", ("妈妈 郝文静 138 0000 5045",), "午睡 12:20"),
                InsideChild("尉迟嘉木", "2岁11个月", "", (), ""),
            ),
            ("许静", "孟佳", "罗小曼"),
        ),
        InsideClass("小星星", (InsideChild("曾雨桐", "10个月", "", ("妈妈 曾敏 137 0000 8899",), ""),), ()),
    ),
    others=("前台 林晓", "保健员 顾红", "园长 周敏"),
    phone="0000-8600000",
)

EXPECTED = ExpectedList(
    centre=CENTRE,
    day=dt.date(2025, 12, 4),
    classes=(
        ExpectedClass(
            "抱抱龙",
            (
                ExpectedChild(
                    "张沐阳", "2岁6个月", "8:00–17:30", "全日托", "妈妈 郝文静 138 0000 5045", "花生过敏"
                ),
                ExpectedChild(
                    "石榴",
                    "1岁10个月",
                    "9:00–12:00",
                    "半日临时托",
                    "妈妈 石敏 138 0000 7001",
                    "午睡要抱",
                    booked=True,
                ),
                ExpectedChild("尉迟嘉木", "2岁11个月", "8:00–12:00", "半日托", ""),
            ),
        ),
        ExpectedClass(
            "小星星", (ExpectedChild("曾雨桐", "10个月", "8:00–17:30", "全日托", "妈妈 曾敏 137 0000 8899"),)
        ),
    ),
    away=2,
)

ABSENCES = AbsenceRegister(
    centre=CENTRE,
    month="2025-12",
    lines=(
        FollowUpLine(
            dt.date(2025, 12, 2), "小星星", "苏以宁", dt.date(2025, 12, 1), "顾红", "电话", "妈妈 苏敏",
            "病", "发热、咳嗽", "市儿童医院", "急性上呼吸道感染", "不是",
            "居家休息，按时量体温", dt.date(2025, 12, 5),
        ),
        FollowUpLine(
            dt.date(2025, 12, 3), "抱抱龙", "韩奕辰", dt.date(2025, 12, 3), "顾红", "微信", "爸爸 韩磊", "病",
            "手心有疹子", "社区医院", "手足口病", "是", "隔离，班级终末消毒，已报告", None,
        ),
        FollowUpLine(
            dt.date(2025, 12, 3), "小火车", "罗知夏", dt.date(2025, 12, 2), "许静", "电话", "奶奶 罗桂英",
            "事", "", "", "", "", "回老家", dt.date(2025, 12, 8),
        ),
    ),
)  # fmt: skip
TERM = TermSummaryPaper(
    centre=CENTRE,
    term="2025年秋季学期",
    child="张沐阳",
    sex="男",
    age="2岁6个月",
    class_name="抱抱龙",
    attendance="9月2日到12月3日，来园 58 天，病假 3 天，事假 1 天。",
    activities="记录了 115 次活动：主动参与 38 次、跟着参与 47 次、在旁观看 30 次。\n"
    "动作 56 次：户外活动“沙坑” 14 次、户外活动“拍球” 14 次等。\n"
    "语言 20 次：绘本“我的情绪小怪兽” 12 次、故事盒 8 次。",
    growth="动作：双脚交替上了五级台阶（10月24日）。\n语言：说“我想先画蓝色的雪花”，一句话很完整（11月16日）。",
    words="这学期沐阳来园 58 天。他主动参与过户外活动“沙坑”、手工课“贴雪花”等活动。"
    "老师记得：11月16日，说“我想先画蓝色的雪花”，一句话很完整。",
    number="G-202509-0007",
    signed_by="许静",
    signed_at=at(17, 20),
)

BOOKLET = BookletPaper(
    centre=CENTRE,
    month="2025-12",
    child="朱予晴",
    sex="女",
    age="2岁3个月",
    class_name="抱抱龙",
    figures="来园 2 天 · 活动 2 次 · 观察 1 条",
    days=(
        BookletDay(
            dt.date(2025, 12, 2),
            "08:40–17:03",
            "户外活动“沙坑” · 跟着参与",
            "早点：蒸南瓜、温牛奶（吃完）；午餐：软米饭、清蒸鳕鱼、炒油麦菜、冬瓜汤（大半）；喝水 180 ml",
            "12:20–13:41，共 1 小时 21 分",
            "想家 → 平静 → 开心",
            "和（小朋友）一起搭了一座桥。",
        ),
        BookletDay(DAY, "09:12–14:00", "手工课“贴雪花” · 主动参与", mood="平静"),
    ),
)

WEEK = WeekPlanPaper(
    centre=CENTRE,
    class_name="抱抱龙",
    monday=dt.date(2025, 12, 1),
    theme="雪花飘飘",
    goals="认识雪花的样子，敢用胶棒和颜料；愿意说说自己的画。",
    days=tuple(PlanDay(dt.date(2025, 12, 1) + dt.timedelta(days=past)) for past in range(5)),
    rows=(
        PlanRow("上午", ("10:00 科学：浮与沉", "10:00 绘本：晚安", "10:00 手工课：贴雪花", "", "10:00 音乐")),
        PlanRow("下午", ("16:00 沙坑", "16:00 拍球", "16:00 钻山洞\n16:30 散步", "16:00 沙坑", "")),
    ),
    notes=(("手工课：贴雪花", "材料：大雪花纸片、胶棒。先看雪花有几个角，再选颜色、抹胶、贴上去。"),),
)

MEDICINE = MedicineSlip(
    centre=CENTRE,
    day=dt.date(2025, 12, 3),
    child="吴嘉懿",
    class_name="抱抱龙",
    medicine="小儿止咳糖浆",
    dose="5 ml",
    way="口服",
    reason="咳嗽两天，遵医嘱",
    allergy="无",
    expires=dt.date(2026, 6, 21),
    brought=2,
    home=at(7, 30),
    signer="妈妈 吴静",
    on_paper=False,
    doses=(
        SlipDose(at(12, 30), at(12, 33), "许静", "孟佳"),
        SlipDose(at(16, 0), None, "", "", "没喂：妈妈来电说不用了"),
    ),
    taken_by="顾红",
    taken_at=at(8, 25),
    number="M-20251203-0001",
    drawing=(
        420,
        132,
        (
            ((38, 40), (96, 38)),
            ((66, 22), (66, 96)),
            ((44, 98), (60, 82), (68, 70), (84, 86), (100, 98)),
            ((132, 30), (120, 62), (112, 84)),
            ((128, 52), (172, 48)),
            ((150, 24), (150, 100)),
            ((196, 34), (250, 30)),
            ((222, 34), (218, 70), (204, 98)),
            ((222, 60), (238, 84), (256, 96)),
        ),
    ),
    returned="16:40 交还妈妈 吴静",
)


def png(ink: bytes = b"\x00") -> bytes:
    """A small grey picture with one line across it, as a signature leaves the screen."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + (ink if at == 10 else b"\xff") * 60 for at in range(20))
    head = struct.pack(">IIBBBBB", 60, 20, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


SHIFT = ShiftPaper(
    centre=CENTRE,
    sheet=Sheet(
        SheetId(1),
        ClassId(3),
        "抱抱龙",
        DAY,
        Figures(19, 19, 2, 1, 1, 0, 0, 1, 0, 0),
        18,
        "",
        "下午四点音乐老师来，先到活动室。",
        "许静",
        "孟佳",
        at(13, 55),
        (
            Line(Section.AWAY, "病假 1：韩奕辰"),
            Line(Section.AWAY, "还没到时间 1：马思睿（14:00）"),
            Line(Section.MEDICINE, "张沐阳 14:00 止咳糖浆 5 ml，待喂，药在保健室"),
            Line(Section.MOOD, "李承泽 9:40 想家，后来平静"),
            Line(Section.WATCH, "周子墨：早点可能含牛奶"),
            Line(Section.POINT, "户外柜的门锁坏了，已报修，来人前先用绳子系好", PointId(1)),
            Line(Section.POINT, "给新来的孩子缝上名牌（12-03 15:20 孟佳办结：两件都缝好了）", PointId(2)),
        ),
        (
            CheckMark("门窗、围栏关好", True),
            CheckMark("插座有盖，电器已关", True),
            CheckMark("热水、药品、清洁用品孩子够不着", True),
            CheckMark("地面干燥，没有小物件", True),
            CheckMark("监控正常", False, "二楼走廊黑屏，已报修"),
        ),
    ),
)

_DISHES = ("软米饭", "番茄牛腩", "清炒西兰花", "紫菜汤")
MENU = MenuPaper(
    centre=CENTRE,
    monday=dt.date(2025, 12, 1),
    days=tuple(dt.date(2025, 12, day) for day in range(1, 6)),
    rows=(
        MenuRow("早点", (MenuCell((("苹果", 60), ("酸奶", 100)), ("牛奶",)),) * 5),
        MenuRow(
            "午餐", (MenuCell(tuple(zip(_DISHES, (60, 80, 50, None), strict=True))),) * 4 + (MenuCell(),)
        ),
        MenuRow("午点", (MenuCell((("蒸山药", 40), ("梨水", 120))),) * 5),
    ),
    phone="0938-000 0000",
)
