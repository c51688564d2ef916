"""What stands on each paper, and what a paper does with names and notes nobody foresaw."""

import concurrent.futures
import dataclasses
import datetime as dt
import itertools
import subprocess
import sys

import pytest

from app.domain.money import Money
from app.domain.prose import NoteText
from app.reports import registry
from app.reports.agreement import AgreementAdult
from app.reports.receipt import ReceiptPaperLine
from tests.reports import health_samples, samples
from tests.reports.reading import Reading
from tests.reports.test_cards import SHEET

STORY = {
    "pickup_report": samples.REPORT,
    "slip": samples.SLIP,
    "agreement": samples.AGREEMENT,
    "receipt": samples.RECEIPT,
    "refund": samples.REFUND,
    "monthly_summary": samples.MONTH,
    "fee_notice": samples.FEES,
    "roll_call": samples.ROLL_CALL,
    "who_is_inside": samples.INSIDE,
    "expected_list": samples.EXPECTED,
    "absence_register": samples.ABSENCES,
    "term_summary": samples.TERM,
    "booklet": samples.BOOKLET,
    "week_plan": samples.WEEK,
    "register_table": health_samples.REGISTER,
    "medicine_slip": samples.MEDICINE,
    "shift_sheet": samples.SHIFT,
    "menu": samples.MENU,
    "injury_notice": health_samples.INJURY,
    "growth_card": health_samples.GROWTH,
    "doctor_visit": health_samples.VISIT,
    "cards": SHEET,
}
papers = pytest.mark.parametrize("paper", STORY.values(), ids=STORY)
# The published fee list is about nobody: it carries no seal.
SEALED = {name: paper for name, paper in STORY.items() if hasattr(paper, "seal")}
sealed = pytest.mark.parametrize("paper", SEALED.values(), ids=SEALED)
LONG_NAME = "阿卜杜热合曼·买买提明" * 4 + "Muhammad𬱖㛃"  # 53 code points, cut to 50 below


@pytest.fixture
def read(qapp):
    return lambda paper: Reading(registry.draw(paper))


def assert_says(text, words):
    """Each of the words, parted by blanks, stands in the text."""
    assert [word for word in words.split() if word not in text] == []


@papers
def test_equal_data_gives_equal_bytes(paper):
    assert registry.draw(paper) == registry.draw(dataclasses.replace(paper))


@papers
def test_every_font_is_an_embedded_subset(paper, read):
    reading = read(paper)
    assert reading.fonts()
    assert all("+LXGWWenKai" in name for name in reading.fonts()), reading.fonts()
    assert reading.embedded() >= len(reading.fonts())


@papers
def test_each_paper_says_which_page_of_how_many(paper, read):
    reading = read(paper)
    assert reading.pages == 1 or paper is not samples.SLIP
    for page in range(reading.pages):
        assert f"第{page + 1}页/共{reading.pages}页" in reading.text(page)


@papers
def test_only_practice_papers_carry_the_watermark(paper, read):
    assert "练习" not in read(paper).text()
    reading = read(dataclasses.replace(paper, practice=True))
    assert all("练习" in reading.text(page) for page in range(reading.pages))


@sealed
def test_the_seal_is_read_from_a_print_at_203_dots_per_inch(paper, read):
    assert paper.seal in read(paper).codes(203)
    assert paper.seal in read(dataclasses.replace(paper, practice=True)).codes(203)


@sealed
def test_a_paper_without_a_seal_has_no_code(paper, read):
    assert read(dataclasses.replace(paper, seal="")).codes(203) == []


def test_the_week_for_the_door_says_every_dish_its_grams_and_what_children_react_to(read):
    reading = read(samples.MENU)
    assert reading.pages == 1
    assert_says(reading.text(), "一周食谱 周一 周五 12月5日 早点 午餐 午点 苹果60克 酸奶100克 含牛奶 紫菜汤")
    assert_says(reading.text(), "没有写到的不等于没有")


def lowest_ink(reading, dpi=40):
    """How far down the first page something stands, above its footer; 1 is the foot of the paper."""
    picture = reading.picture(dpi)
    body = range(round(picture.height() * 0.92))
    dark = [
        y for y in body if any(picture.pixelColor(x, y).lightness() < 150 for x in range(picture.width()))
    ]
    return max(dark) / picture.height()


@pytest.mark.parametrize("meals", [1, 3])
def test_the_week_for_the_door_fills_its_page(meals, read):
    menu = dataclasses.replace(samples.MENU, rows=samples.MENU.rows[-meals:])
    reading = read(menu)
    assert reading.pages == 1
    assert lowest_ink(reading) > 0.85


def test_a_week_that_needs_more_goes_on_small_and_loses_nothing(read):
    many = tuple((f"第{at}样菜", 50) for at in range(9))
    rows = tuple(
        dataclasses.replace(row, cells=(dataclasses.replace(row.cells[0], dishes=many),) * 5)
        for row in samples.MENU.rows * 2
    )
    reading = read(dataclasses.replace(samples.MENU, rows=rows))
    assert reading.pages > 1
    assert reading.text().count("第8样菜") == 5 * len(rows)


def test_the_fee_notice_tells_every_price_its_cap_and_where_to_complain(read):
    reading = read(samples.FEES)
    assert (reading.pages, reading.size_mm()) == (1, (210, 297))
    assert_says(
        reading.text(),
        """
        收费公示 向阳托育中心 2025年9月1日 基本服务费 全日托保育费 2,380.00 ≤1,400.00 乳发改〔2024〕3号
        其他服务费 半小时 代收费 400.00 2026-01-01起：半日临时托90元/次。 12315 一律不收 0000-8600000
        """,
    )


def test_forty_items_flow_over_pages_and_none_is_lost(read):
    lines = tuple(
        dataclasses.replace(samples.FEES.groups[0].lines[0], name=f"第{number}项服务") for number in range(40)
    )
    group = dataclasses.replace(samples.FEES.groups[0], lines=lines)
    reading = read(dataclasses.replace(samples.FEES, groups=(group,)))
    assert reading.pages > 1
    assert all(f"第{number}项服务" in reading.text() for number in range(40))


def test_the_report_tells_the_day_on_one_sheet(read):
    reading = read(samples.REPORT)
    assert reading.pages == 1
    assert reading.size_mm() == (148, 210)
    text = reading.text()
    assert_says(
        text,
        """
        离园交接报告 向阳托育中心 2025年12月3日星期三 朱予晴 2岁3个月 抱抱龙班 鸡蛋 半日临时托
        09:12–14:00 番茄牛腩饭（吃完） 共1小时15分 小便2次 想家→平静→愉快 午检36.6℃
        自己选颜色 建议换大半码 许静 奶奶王秀兰 H-20251203-0007
        """,
    )
    assert "未签字" not in text


def test_a_note_nobody_signed_says_so(read):
    draft = dataclasses.replace(samples.REPORT, number="", signed_by="", signed_at=None)
    assert "未签字" in read(draft).text()


def test_what_came_after_the_signature_stands_on_the_paper(read):
    later = dataclasses.replace(samples.REPORT, later="签字后另有记录：体温 39.0℃。请当面问老师。")
    assert "签字后另有记录：体温39.0℃。请当面问老师。" in read(later).text().replace(" ", "")
    assert "另有记录" not in read(samples.REPORT).text()


def test_empty_sections_leave_their_line_out(read):
    bare = dataclasses.replace(samples.REPORT, text=NoteText(prose="今天很开心。"), allergies=())
    text = read(bare).text()
    assert "今天很开心。" in text
    for label in ("过敏", "饮食", "睡眠", "如厕", "请留意"):
        assert label not in text


def test_nine_lines_of_note_still_fit_one_sheet(read):
    prose = samples.NOTE.prose * 2
    noted = dataclasses.replace(samples.REPORT, text=dataclasses.replace(samples.NOTE, prose=prose))
    reading = read(noted)
    assert prose.replace(" ", "") in reading.text()
    assert reading.pages == 1


def test_ten_thousand_characters_flow_over_pages_and_none_is_lost(read):
    prose = "".join(f"第{number}句话。" for number in range(1, 1700))
    assert len(prose) > 10_000
    text = dataclasses.replace(samples.NOTE, prose=prose, notice="鞋子偏小。" * 300)
    reading = read(dataclasses.replace(samples.REPORT, text=text))
    assert reading.pages > 5
    whole = reading.text()
    for number in range(1, 1700):
        assert f"第{number}句话" in whole or _across_pages(reading, number)
    assert whole.count("鞋子偏小") >= 290
    assert samples.REPORT.seal in reading.codes(203, reading.pages - 1)


def _across_pages(reading, number):
    """A sentence that begins at the foot of one page and ends at the head of the next."""
    heads = [reading.text(page) for page in range(reading.pages)]
    return any(
        f"第{number}句话"[:cut] in before and f"第{number}句话"[cut:] in after
        for before, after in itertools.pairwise(heads)
        for cut in range(1, len(f"第{number}句话"))
    )


def test_the_slip_names_no_child_and_is_as_tall_as_it_needs(read):
    reading = read(samples.SLIP)
    text = reading.text()
    for words in ("接送凭条", "K7M2", "抱抱龙班", "14:00", "09:12", "第1次打印"):
        assert words in text, words
    assert "朱" not in text
    wide, tall = reading.size_mm()
    assert wide == 80
    assert 100 < tall < 180
    longer = read(dataclasses.replace(samples.SLIP, centre="向阳托育中心" * 8)).size_mm()[1]
    assert longer > tall


def test_the_agreement_tells_all_hours_of_a_day_with_several(read):
    agreement = dataclasses.replace(samples.AGREEMENT, stretches="9:00–11:00、15:00–17:00")
    assert_says(read(agreement).text(), "这一天约好 9:00–11:00、15:00–17:00")
    assert "这一天约好" not in read(samples.AGREEMENT).text()


def test_the_agreement_names_parties_charges_duties_and_rights(read):
    text = read(samples.AGREEMENT).text()
    assert_says(
        text,
        """
        临时托育服务协议 参考格式 甲方（托育机构）：向阳托育中心
        王秀兰，孩子的奶奶，手机13800006021 2023年8月19日 27个月 鸡蛋 说好14:00接走 家中来客
        36.5℃正常 赵敏（妈妈） 身份证件已核 ¥95.00 宽限10分钟 甲方承诺 乙方承诺 敏感个人信息
        争议 乙方签字 林晓
        """,
    )


def test_what_nobody_told_is_left_to_be_written_by_hand(read):
    nobody = AgreementAdult("", "", "")
    text = read(dataclasses.replace(samples.AGREEMENT, bringer=nobody, collectors=(), promised=None)).text()
    assert "乙方（送托人）：＿＿＿＿＿＿，孩子的＿＿＿＿＿＿，手机＿＿＿＿＿＿" in text
    assert "说好＿＿＿＿＿＿接走" in text


def test_the_receipt_says_what_for_and_how_much_in_capitals(read):
    reading = read(samples.RECEIPT)
    assert reading.size_mm() == (210, 148)
    text = reading.text()
    assert_says(
        text,
        """
        收款收据 No.2025-000018 第1次打印 王秀兰（朱予晴·抱抱龙班） 半日临时托09:12–14:00 午餐
        人民币玖拾伍元整 ¥95.00 微信 林晓 盖章 不作报销发票
        """,
    )


def test_a_second_print_says_that_it_is_one(read):
    assert "第2次打印（补打）" in read(dataclasses.replace(samples.RECEIPT, print_count=2)).text()


def test_a_refund_is_titled_in_red_and_points_at_its_receipt(read):
    reading = read(samples.REFUND)
    text = reading.text()
    assert "退款单" in text
    assert "收款人签字" in text
    assert "收款人签字" not in read(samples.RECEIPT).text()
    assert "冲销原收据No.2025-000018" in text
    assert "-¥95.00" in text
    assert "收款收据" not in text
    assert b".65098 .168627 .121569 rg" in reading.streams()


def test_a_receipt_taken_back_says_by_which_refund(read):
    taken_back = dataclasses.replace(samples.RECEIPT, reversed_by="2025-000019")
    assert "已由退款单No.2025-000019全额退回" in read(taken_back).text()


def test_sixty_lines_go_on_over_pages_with_the_head_repeated(read):
    lines = tuple(
        ReceiptPaperLine(f"保育费第{number}项", 1, "月", Money.yuan(number), Money.yuan(number))
        for number in range(1, 61)
    )
    reading = read(dataclasses.replace(samples.RECEIPT, lines=lines, total=Money.yuan(1830)))
    assert reading.pages > 2
    whole = reading.text()
    assert all(f"保育费第{number}项" in whole for number in range(1, 61))
    assert whole.count("合计（大写）") == 1
    assert "人民币壹仟捌佰叁拾元整" in reading.text(reading.pages - 1)
    assert all("收款事由" in reading.text(page) for page in range(reading.pages))


def test_one_purpose_taller_than_a_page_is_split_not_refused(read):
    line = ReceiptPaperLine("说明" * 3000, 1, "次", Money.yuan(80), Money.yuan(80))
    reading = read(dataclasses.replace(samples.RECEIPT, lines=(line,)))
    assert reading.pages > 3
    assert reading.text().count("说明") > 2900


def test_the_month_says_the_national_figures(read):
    reading = read(samples.MONTH)
    assert reading.pages == 1
    text = reading.text()
    assert_says(
        text,
        """
        2025年11月月报 备案托位83 开放20天 出勤率91.4% 抱抱龙（托大班） 93.2% 临时托 198,400.00
        206,660.00 -190.00 11月14日流感，请假多 负责人签字 制表：周敏
        """,
    )


def test_an_empty_month_is_still_a_paper(read):
    empty = dataclasses.replace(
        samples.MONTH, sentences=(), days=(), classes=(), modes=(), income=(), income_total=Money(0), notes=()
    )
    assert "全园" in read(empty).text()


def test_a_month_of_forty_classes_goes_on_over_pages(read):
    many = dataclasses.replace(
        samples.MONTH,
        classes=samples.MONTH.classes * 8,
        income=samples.MONTH.income * 12,
        modes=samples.MONTH.modes * 10,
    )
    reading = read(many)
    assert reading.pages > 2
    assert reading.text().count("抱抱龙（托大班）") == 8


def test_a_roll_call_says_who_was_missing_how_long_it_took_and_what_was_learnt(read):
    reading = read(samples.ROLL_CALL)
    text = reading.text()
    assert_says(text, "应急演练点名记录 演练·火灾 4分12秒 参加人数 孩子6，教职工3 未到的人 何宇轩")
    assert_says(text, "发现的问题 西侧楼梯口 改进措施 备注 点名开始后入园 10:02:11 C-20251203-0001")
    real = dataclasses.replace(samples.ROLL_CALL, real=True, ended=None, ended_by="")
    assert_says(read(real).text(), "紧急点名记录 真实 还没有结束")
    assert "应急演练" not in read(real).text()


def test_a_roll_call_that_found_everybody_says_so(read):
    classes = samples.ROLL_CALL.classes[1:]
    assert "没有人未到" in read(dataclasses.replace(samples.ROLL_CALL, classes=classes)).text()


def test_who_is_inside_has_whole_numbers_and_calls_itself_confidential(read):
    text = read(samples.INSIDE).text()
    assert_says(
        text, "在园名单 4个孩子 保密 13800006021 13900001177 没有留电话 午睡12:20 当班：许静、孟佳、罗小曼"
    )
    assert "现在没有孩子在园" in read(dataclasses.replace(samples.INSIDE, classes=())).text()


def test_a_hundred_and_fifty_children_are_all_on_the_list(read):
    child = samples.INSIDE.classes[0].children[1]
    many = tuple(dataclasses.replace(child, name=f"孩子{number}") for number in range(150))
    group = dataclasses.replace(samples.INSIDE.classes[0], children=many)
    reading = read(dataclasses.replace(samples.INSIDE, classes=(group,)))
    assert reading.pages > 3
    assert "孩子149" in reading.text()


def test_a_class_that_goes_on_over_the_page_is_named_there(read):
    """The list is carried out of a house in pieces: no row may stand under nobody's name."""
    child = samples.INSIDE.classes[0].children[1]
    classes = tuple(
        dataclasses.replace(samples.INSIDE.classes[0], name=name, children=(child,) * 30)
        for name in ("抱抱龙", "小海豚")
    )
    reading = read(dataclasses.replace(samples.INSIDE, classes=classes))
    for page in range(1, reading.pages):
        head = reading.text(page)[:80]
        assert "抱抱龙班（续）" in head or "小海豚班（续）" in head or "小海豚班30人" in head, head
    listed = read(dataclasses.replace(samples.EXPECTED, classes=(_many_expected(90),)))
    assert listed.pages > 1
    assert all("抱抱龙班（续）" in listed.text(page)[:60] for page in range(1, listed.pages))
    assert "（续）" not in listed.text(0)


def _many_expected(count):
    group = samples.EXPECTED.classes[0]
    return dataclasses.replace(group, name="抱抱龙", children=group.children[:1] * count)


def test_seventy_five_children_with_three_numbers_each_fit_five_pages(read):
    contacts = ("妈妈 郝文静 138 0000 5045", "爸爸 夏志明 138 0000 2964", "奶奶 沈瑞芝 138 0000 1120")
    child = dataclasses.replace(samples.INSIDE.classes[0].children[1], contacts=contacts)
    classes = tuple(
        dataclasses.replace(samples.INSIDE.classes[0], name=f"第{number}", children=(child,) * 15)
        for number in range(5)
    )
    reading = read(dataclasses.replace(samples.INSIDE, classes=classes))
    assert reading.pages <= 5
    assert reading.text().count("13800001120") == 75


@pytest.mark.parametrize("items", range(8, 24))
def test_the_seal_of_the_fee_notice_never_stands_alone(items, read):
    group = samples.FEES.groups[0]
    lines = tuple(dataclasses.replace(group.lines[0], name=f"第{number}项") for number in range(items))
    reading = read(dataclasses.replace(samples.FEES, groups=(dataclasses.replace(group, lines=lines),)))
    last = reading.text(reading.pages - 1)
    assert "单位（盖章）" in last
    assert "一律不收" in last


def test_a_column_of_caps_stands_only_where_a_price_has_one(read):
    assert "限价与依据" in read(samples.FEES).text()
    groups = samples.FEES.groups[1:]
    assert "限价与依据" not in read(dataclasses.replace(samples.FEES, groups=groups)).text()


@pytest.mark.parametrize("told", range(1, 16, 2))
def test_nobody_signs_a_page_on_which_nothing_is_told(told, read):
    additions = tuple(f"12-04 08:40 顾红 补充：第{number}次看过，已经不红。" for number in range(told))
    reading = read(dataclasses.replace(health_samples.INJURY, additions=additions))
    last = reading.text(reading.pages - 1)
    assert "家长已知晓并签字" in last
    assert f"第{told - 1}次看过" in last


def test_the_week_plan_for_the_door_fills_its_page(read):
    reading = read(dataclasses.replace(samples.WEEK, notes=()))
    assert reading.pages == 1
    assert lowest_ink(reading) > 0.7
    assert "—" in reading.text()
    assert read(samples.WEEK).pages == 1


def test_a_latin_name_is_not_broken_in_the_middle(qapp):
    one = dataclasses.replace(health_samples.REGISTER, rows=(("12-4", "小海豚", "Muhammad Li", *[""] * 5),))
    assert "Muhammad" in Reading(registry.draw(one)).lines(0)


@papers
def test_markup_is_printed_as_it_was_typed(paper, read):
    marked = dataclasses.replace(paper, centre='<b>&"向阳"</b><br/>&amp;')
    assert '<b>&"向阳"</b><br/>&amp;' in read(marked).text()


@pytest.mark.parametrize("name", [LONG_NAME[:50], "𬱖", "㛃·X", '<b>&"', "a" * 50, "赵"])
def test_no_name_is_too_odd_for_paper(name, read):
    assert name in read(dataclasses.replace(samples.REPORT, child=name)).text()
    odd = AgreementAdult(name, "姑姑", "138 0000 6021")
    agreement = dataclasses.replace(samples.AGREEMENT, child=name, bringer=odd, collectors=(odd,) * 5)
    assert read(agreement).text().count(name) >= 6
    receipt = read(dataclasses.replace(samples.RECEIPT, child=name, payer=name, handled_by=name))
    assert name in receipt.text().replace("2025年12月3日", "")  # which stands beside the first line
    assert receipt.codes(203) == [samples.RECEIPT.seal]


@papers
def test_a_character_the_font_lacks_is_seen_and_named(paper, read):
    text = read(dataclasses.replace(paper, centre="向阳😀中心")).text()
    assert "向阳□中心" in text
    assert "字体缺字" in text
    assert "U+1F600" in text


@papers
def test_a_paper_with_all_its_glyphs_says_nothing_of_missing_ones(paper, read):
    assert "字体缺字" not in read(paper).text()


def test_many_reports_go_into_one_file_each_with_its_own_count(qapp):
    many = [dataclasses.replace(samples.REPORT, child=f"朱予{number}晴") for number in range(12)]
    reading = Reading(registry.draw_many(many))
    assert reading.pages == 12
    assert all(f"朱予{number}晴" in reading.text(number) for number in range(12))
    assert all("第1页/共1页" in reading.text(page) for page in range(12))
    assert reading.title() == "离园交接报告 共 12 份"
    assert Reading(registry.draw(samples.REPORT)).title() == "离园交接报告 朱予晴 2025-12-03"


def test_a_file_holds_one_kind_of_paper():
    with pytest.raises(ValueError, match="one kind"):
        registry.draw_many([samples.REPORT, samples.SLIP])
    with pytest.raises(ValueError, match="one kind"):
        registry.draw_many([])


@papers
def test_every_paper_has_a_file_name_any_platform_takes(paper):
    name = registry.file_name(paper)
    assert name.endswith(".pdf")
    assert not set(name) & set('<>:"/\\|?*')


def test_a_file_name_is_made_safe():
    name = registry.file_name(dataclasses.replace(samples.REPORT, child='../<b>&"' + "长" * 50))
    assert "/" not in name
    assert "<" not in name
    assert len(name) <= 84


def test_the_papers_themselves_load_no_reportlab():
    """Services make these on the keeper thread; start-up must not pay for drawing."""
    code = "import sys, app.reports.registry; print('reportlab' in sys.modules, 'qrcode' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_times_print_in_their_own_offset(read):
    late = samples.REPORT.arrived.astimezone(dt.timezone(dt.timedelta(hours=8)))
    assert "09:12" in read(dataclasses.replace(samples.REPORT, arrived=late)).text()


def test_papers_drawn_on_many_threads_at_once_are_the_same():
    alone = [registry.draw(paper) for paper in STORY.values()]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads change places in the middle of everything
    try:
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            drawn = list(pool.map(registry.draw, [*STORY.values()] * 4))
    finally:
        sys.setswitchinterval(before)
    assert drawn == alone * 4


def test_sums_are_grouped_alike_on_every_paper(read):
    line = dataclasses.replace(samples.RECEIPT.lines[0], unit_price=Money(128000), amount=Money(1280000))
    receipt = dataclasses.replace(samples.RECEIPT, lines=(line,), total=Money(1280000))
    assert_says(read(receipt).text(), "1,280.00 12,800.00 ¥12,800.00")
    fee = dataclasses.replace(samples.AGREEMENT.fees[0], amount=Money(128000))
    agreement = dataclasses.replace(samples.AGREEMENT, fees=(fee,), total=Money(128000))
    assert_says(read(agreement).text(), "1,280.00 ¥1,280.00")
    for text in (read(receipt).text(), read(agreement).text()):
        assert "1280.00" not in text


def test_the_list_of_tomorrow_says_hour_care_and_whom_to_ring_by_class(read):
    text = read(samples.EXPECTED).text()
    assert_says(text, "应到名单 抱抱龙班 9:00–12:00 半日临时托 花生过敏 没有留电话 小星星班")
    assert "应到4人" in text
    assert "请假2人" in text


def test_the_register_of_askings_has_the_columns_of_t3b(read):
    text = read(samples.ABSENCES).text()
    heads = "日期 班级 姓名 缺勤起日 追访人 方式 对象 原因 病名/症状 就诊医院 诊断 传染病 处理 返园日"
    assert_says(text, heads)
    assert_says(text, "苏以宁 发热、咳嗽 市儿童医院 手足口病 12-5")
    assert "这个月没有追访" in read(dataclasses.replace(samples.ABSENCES, lines=())).text()
