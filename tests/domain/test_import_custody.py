"""Words that may mean that somebody must not collect, and the words of every day that do not."""

import pytest

from app.domain.import_custody import (
    bars_himself,
    is_of_custody,
    is_usual,
    may_bar,
    may_bar_one,
    speaks_of_people,
)
from app.domain.import_roles import says_barred


@pytest.mark.parametrize(
    "text",
    [
        "不可交给爸爸", "爸爸来不放人", "父亲无探视权", "爸爸探视权受限，由外婆接送",
        "离异，孩子判给妈妈，爸爸来了请电话联系妈妈", "防止父亲抢孩子", "不给爸爸", "妈妈以外的人不行",
        "如果爸爸来了报警", "归母亲抚养，抚养权已判", "离异，法院判决父亲不得探视", "爸爸不可以",
        "爸爸来了请打电话", "爸爸来园先联系妈妈", "除妈妈外都不行", "别让她爸看见孩子", "不许男方来",
        "只让妈妈可以来", "父母离婚", "她 爸 不 行", "爸爸不能进园", "前夫", "父母分居，争夺抚养权",
        "请不要把孩子给爸爸", "孩子不能跟爸爸走", "不要让孩子跟爸爸走", "千万不要给爸爸", "仅妈妈可接",
        "只认妈妈接", "只给妈妈接", "只给妈妈", "只交给妈妈", "限妈妈接送", "必须妈妈接", "爸爸不接",
        "接孩子必须是妈妈本人", "爸爸要见孩子请拒绝", "单亲，孩子归妈妈", "爸爸有暴力倾向",
        "爸爸接需妈妈同意", "阿姨带走需同意", "人身保护",
        "Father not allowed", "Do not release to father", "no pickup by father", "跟母亲生活", "爸爸吸毒",
        "父母正在打官司", "爸妈已分开", "爸爸来接的话不要放", "除非妈妈来，谁来都不给", "有人跟踪",
        "不认识的人来接不给", "爸爸家暴", "有人身安全保护令", "警惕陌生人", "任何人不得探望",
        "奶奶没有权利带", "谢绝男方探视",
        "接送只限妈妈", "接送仅限妈妈", "接送人限妈妈", "mom only", "Father only", "妈妈单独监护",
        "妈妈独自抚养", "孩子由妈妈抚养", "由爷爷监护", "不要告诉爸爸孩子在这里", "请勿告知男方",
        "对爸爸保密", "瞒着爸爸",
        "爸爸不得入内", "爸爸勿近", "爸爸勿扰", "爸爸免接", "爸爸接须经妈妈", "爸爸接走要经过妈妈",
        "爸爸来接先核实", "如见爸爸马上打电话给妈妈", "爸爸来闹过", "爸爸打过孩子", "孩子怕爸爸",
        "爸爸在监狱", "爸爸已拘留", "防生父", "父母诉讼中", "父母已离", "母亲抚养", "母方抚养", "务必妈妈接",
        "妈妈男友勿放",
        "奶奶已被拉黑", "爷爷不在接送名单", "李强×", "公安备案", "醉酒不给", "No dad", "No father", "dad: no",
        "father banned", "court order", "keep away from dad", "男友不可接", "生父不管", "非本人不交",
        "防爸爸", "注意爸爸", "注意爸爸来接", "爸爸X", "爸爸：×", "爸爸\u274c，妈妈可接",
    ],
)  # fmt: skip
def test_words_that_may_bar_somebody_are_heard(text):
    assert may_bar(text) or says_barred(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "妈妈在法院工作", "向阳区人民法院", "奶奶每天接", "爸爸常出差", "妈妈不在本地",
        "要妈妈抱着睡", "爱抢玩具", "会抢别人的饭", "母乳不能断", "牛奶不能喝", "家长要求不吃海鲜",
        "妈妈不让吃糖", "奶奶说不能吃辣", "爷爷不会说普通话", "未离异", "没有离异", "父母双方",
        "怕陌生人", "外公外婆一起住", "不能直接吃花生", "午睡不能太久", "姑姑家的孩子也在园", "办公室不行",
        "不要跟爷爷说零食的事", "只吃妈妈做的饭", "不会自己穿衣，奶奶帮", "不要给奶奶带的零食", "跟奶奶睡",
        "要跟爸爸视频才肯睡", "一定要妈妈哄", "不能让爷爷喂糖", "Organic milk only", "doctor's note",
        "喝水 110 ml", "只喝妈妈带的奶", "只要奶奶哄睡", "爸爸妈妈轮流接", "换尿布会哭", "上厕所会叫老师",
        "由父母共同照顾", "由爸爸妈妈抚养", "爷爷奶奶帮着带", "由奶奶接送", "注意妈妈带的药要冷藏",
        "请注意防晒",
        "怕爸爸妈妈走开时哭", "喝水要妈妈提醒", "生日和爸爸同一天", "奶奶喝酒酿会喂他，请别让", "保温杯",
        "妈妈独自带两个孩子", "吃药请告诉妈妈", "限量吃糖", "只限上午", "妈妈的微信 xiaoma88",
        "Only milk at noon",
    ],
)  # fmt: skip
def test_words_of_every_day_are_not(text):
    assert not may_bar(text)
    assert not says_barred(text)


@pytest.mark.parametrize("text", ["爸爸常出差", "奶奶每天接", "张伯伯代为照看", "李强会来", "Nanny comes"])
def test_words_about_anybody_are_read_once(text):
    assert speaks_of_people(text, ("李强",))


@pytest.mark.parametrize("text", ["", "不吃香菜", "接种过流感疫苗", "睡前要听故事", "对光线敏感"])
def test_words_about_nobody_are_not(text):
    assert not speaks_of_people(text, ("李强",))


def test_a_grown_up_named_in_a_note_is_heard_as_one():
    assert may_bar_one("李建国不行，见到请报告", ("李建国", ""))
    assert not may_bar_one("李建国不行", ("王母",))
    assert not may_bar_one("李建国很会讲故事", ("李建国",))


@pytest.mark.parametrize(
    "heading", ["抚养权", "监护权归属", "接送限制", "限制接送", "法院文书", "离异情况", "婚姻状况"]
)
def test_columns_of_custody(heading):
    assert is_of_custody(heading)


@pytest.mark.parametrize(
    "heading", ["姓名", "监护人", "饮食限制", "接送人", "家庭住址", "家庭情况", "工作单位"]
)
def test_other_columns_are_not(heading):
    assert not is_of_custody(heading)


def test_a_column_of_custody_may_say_that_all_is_as_usual():
    assert all(map(is_usual, ("无", "父母双方", "否", "共同 抚养", "未离异")))
    assert not any(map(is_usual, ("归母亲", "母亲", "李父", "离异")))


def test_what_a_cell_of_a_grown_up_says_of_himself():
    assert all(map(bars_himself, ("父亲 禁止", "爸爸（不行）", "李父(不可)", "无权")))
    assert not any(map(bars_himself, ("爸爸", "李父", "奶奶（常住）", "13811114444")))
