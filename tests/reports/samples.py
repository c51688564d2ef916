"""The papers of the practice story's day, 2025-12-03, for tests to draw."""

import datetime as dt

from app.domain.money import Money
from app.domain.prose import NoteText
from app.reports.agreement import Agreement, AgreementAdult, AgreementFee
from app.reports.monthly_summary import ClassMonth, DayBar, IncomeMonth, ModeMonth, MonthlySummary
from app.reports.pickup_report import PickupReport
from app.reports.receipt import ReceiptPaper, ReceiptPaperLine
from app.reports.slip import PickupSlip

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
