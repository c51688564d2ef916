"""One rule for what food names: menus, log entries and notes are read the same way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.allergens import Served, met, named_in, names, read_as
from app.domain.logbook import EntryDraft, EntryKind, Milk
from app.store.tables import allergens, not_foods
from tests.domain.day import at

TABLE = allergens()


@pytest.mark.parametrize(
    ("substance", "dish", "words"),
    [
        ("鸡蛋", "番茄炒蛋", "可能含鸡蛋"),
        ("鸡蛋", "鸡蛋羹", "含鸡蛋"),
        ("蛋清", "蒸蛋", "可能含蛋清"),
        ("鸡蛋", "虾仁馄饨", "可能含鸡蛋"),
        ("坚果", "桃酥", "可能含坚果"),
        ("坚果", "核桃小米粥", "可能含坚果"),
        ("坚果类过敏", "杏仁豆腐", "可能含坚果类过敏"),
        ("坚果类过敏", "坚果棒", "含坚果类过敏"),
        ("豆奶", "豆奶馒头", "含豆奶"),  # no milk, and all the same what she must not have
        ("贝", "扇贝", "含贝"),
        ("肉、蛋", "排骨", "可能含肉、蛋"),  # 肉 as a word of its own is any meat
        ("过敏", "过敏", "含过敏"),
        ("牛奶蛋白", "鲜奶馒头", "可能含牛奶蛋白"),
        ("蛋奶", "酸奶", "可能含蛋奶"),
        ("蛋奶", "卤蛋", "可能含蛋奶"),
        ("海鲜", "清蒸鳕鱼", "可能含海鲜"),
        ("鱼", "清蒸鱼", "含鱼"),
        ("小麦", "猪肉白菜饺子", "可能含小麦"),
        ("大豆", "肉末豆腐", "可能含大豆"),
        ("芒果", "芒果", "含芒果"),
        ("猕猴桃", "猕猴桃、米饼", "含猕猴桃"),
    ],
)
def test_a_dish_names_a_substance(substance, dish, words):
    naming = names(substance, dish, TABLE)
    assert naming is not None
    assert naming.words == words


@pytest.mark.parametrize(
    ("substance", "dish"),
    [
        ("牛奶蛋白", "番茄炒蛋"),
        ("牛奶", "奶奶带来的米糊"),
        ("牛奶", "豆奶"),
        ("大豆", "土豆烧鸡"),
        ("海鲜", "鱼香肉丝"),
        ("小麦", "米饼"),
        ("鸡蛋", "软米饭、番茄牛腩"),
        ("贝", "贝贝南瓜"),
        ("驴肉", "清炖排骨"),
        ("", "鸡蛋"),
    ],
)
def test_what_only_sounds_like_it_does_not(substance, dish):
    assert names(substance, dish, TABLE) is None


def test_milk_is_food_too_and_what_was_refused_is_not():
    milk = {kind: EntryDraft(EntryKind.MILK, at(10), detail=kind, amount_ml=120) for kind in (*Milk, None)}
    assert [bool(met(("牛奶",), milk[kind], TABLE)) for kind in (*Milk, None)] == [False, True, True, True]
    lunch = EntryDraft(EntryKind.MEAL, at(11, 30), detail="lunch", grade=4, text="软米饭", note="加了一个蛋")
    assert [one.substance for one in met(("鸡蛋", "花生"), lunch, TABLE)] == ["鸡蛋"]
    refused = EntryDraft(EntryKind.MEAL, at(11, 30), detail="lunch", grade=0, text="鸡蛋羹")
    assert met(("鸡蛋",), refused, TABLE) == ()
    assert met(("水",), EntryDraft(EntryKind.WATER, at(11), note="水"), TABLE) == ()


@given(st.text(max_size=30), st.text(min_size=1, max_size=8))
def test_a_text_that_holds_the_very_word_always_names_it(text, substance):
    if substance.strip():
        assert named_in((substance,), f"{text}{substance}", TABLE)


@pytest.mark.parametrize(
    ("text", "slot", "found"),
    [
        ("", "lunch", True),
        ("软米饭", "lunch", True),
        ("软米饭 60、炒青菜", "lunch", True),
        ("粥", "lunch", True),
        ("替餐南瓜糊", "lunch", False),
        ("软米饭", "dinner", False),
    ],
)
def test_the_list_of_the_menu_counts_for_its_meal(text, slot, found):
    menu = (Served("lunch", "软米饭 60、紫菜汤、粥", ("虾",)),)
    meal = EntryDraft(EntryKind.MEAL, at(11, 30), detail=slot, grade=4, text=text)
    assert bool(met(("虾",), meal, TABLE, menu)) == found


def test_a_new_food_is_food():
    food = EntryDraft(EntryKind.FOOD, at(10), quality="none", grade=1, text="蒸蛋羹")
    assert [one.substance for one in met(("鸡蛋",), food, TABLE)] == ["鸡蛋"]


@pytest.mark.parametrize(
    ("substance", "dishes"),
    [
        ("牛肉", "番茄牛腩饭 肥牛 罗宋汤"),
        ("羊肉", "羊排 羊杂汤"),
        ("猪肉", "清炖排骨 糖醋里脊 白菜馄饨"),
        ("鸡肉", "香菇鸡腿 宫保鸡丁 卤凤爪"),
        ("鸭肉", "盐水鸭"),
        ("番茄", "西红柿面 罗宋汤"),
        ("西红柿", "番茄炒蛋"),
        ("桃子", "黄桃罐头 水蜜桃"),
        ("猕猴桃", "奇异果 水果拼盘"),
        ("菠萝", "凤梨 水果"),
        ("芒果", "杨枝甘露 果盘 鲜榨果汁"),
        ("蘑菇", "香菇 炒平菇 菌汤"),
        ("海鲜", "牡蛎煎 蛏子 蚬子汤 淡菜 海蜇 瑶柱粥"),
        ("虾", "海米冬瓜 三鲜馄饨"),
        ("鱼", "巴沙块 清蒸鲳 蒲烧鳗 肉松粥"),
        ("牛奶", "面包 蛋糕 蛋挞 饼干 吐司"),
        ("鸡蛋", "松饼 饼干 面包 月饼 桃酥 木须肉 白菜馄饨 小云吞 红油抄手"),
        ("小麦", "云吞 油条 吐司 锅贴 春卷 生煎"),
        ("大豆", "酱油饭 拌香干 味噌汤"),
        ("花生", "沙爹 五仁月饼 黑芝麻糊"),
        ("坚果", "八宝粥 瓜子酥 桃酥 芝麻糊"),
        ("核桃", "桃酥 黑芝麻糊"),
        ("麸质", "燕麦粥 大麦茶"),
        ("牛羊肉", "牛排 羊汤"),
        ("对鸡蛋、虾都过敏", "蛋羹 虾滑"),
    ],
)
def test_what_is_made_of_a_substance_names_it(substance, dishes):
    for dish in dishes.split():
        assert names(substance, dish, TABLE) is not None, dish


@pytest.mark.parametrize(
    ("substance", "dish"),
    [
        ("鸡肉", "鸡蛋羹、炒鸡毛菜、鸡枞汤"),
        ("牛肉", "牛奶、牛油果、拌牛蒡"),
        ("番茄", "烧茄子"),
        ("茄子", "番茄饭"),
        ("桃子", "核桃、猕猴桃、樱桃、桃酥"),
        ("鱼", "猪肉松、鸡肉松"),
        ("核桃", "桃子"),
        ("菠萝", "水果玉米"),
        ("贝类", "杏鲍菇、贝贝南瓜、肉松小贝"),
        ("小麦", "清炒油麦菜、荞麦粥"),
        ("牛奶", "腐乳"),
        ("草莓", "话梅"),
        ("杏", "杏鲍菇、杏仁"),
        ("李子", "行李"),
    ],
)
def test_another_food_with_the_same_characters_does_not(substance, dish):
    assert names(substance, dish, TABLE) is None


@pytest.mark.parametrize(
    ("substance", "dish", "words"),
    [
        ("驴肉", "驴打滚", "可能含驴肉"),  # the core of the word, and rather once too often
        ("鸵鸟肉", "炒鸵鸟", "可能含鸵鸟肉"),
        ("人参果酱", "人参汤", "可能含人参果酱"),
        ("吃了蓝靛果会起疹子", "蓝靛糕", "可能含吃了蓝靛果会起疹子"),
        ("蓝靛", "蓝靛糕", "含蓝靛"),
        ("牛奶和蓝靛", "蓝靛水", "可能含牛奶和蓝靛"),
    ],
)
def test_what_no_row_knows_is_looked_for_by_its_own_characters(substance, dish, words):
    naming = names(substance, dish, TABLE)
    assert naming is not None
    assert naming.words == words


def test_what_a_row_knows_and_what_it_does_not_is_told():
    assert "牛" in read_as("牛肉过敏", TABLE).words
    assert read_as("蓝靛果", (), not_foods()).words == ()
    assert read_as("蓝靛", TABLE, not_foods()).food
    assert not read_as("尘螨", TABLE, not_foods()).food
    assert not read_as("青霉素类", TABLE, not_foods()).food
    assert read_as("山药", TABLE, not_foods()).food


def test_every_word_of_a_row_is_found_by_its_first_key():
    """No word is taken back by another row of the same key, or by what its own row leaves out."""
    for row in TABLE:
        assert row.words
        assert not set(row.words) & set(row.but), row.keys
        for word in row.words:
            assert names(row.keys[0].removeprefix("="), word, TABLE) is not None, (row.keys, word)


MADE_OF = {
    "鸡蛋": "日本豆腐 茶碗蒸 扬州炒饭 奶黄包 流沙包 金沙玉米 枣糕 西多士 锅包肉 甩袖汤 木犀肉",
    "牛奶": "布朗尼 马苏里拉薄饼 婴儿米粉 麦芬 白酱意面 益力多 磨牙棒 雪媚娘",
    "大豆": "大煮干丝 干丝 大酱汤 枝竹 油皮 炸响铃 京酱肉丝 麻婆茄子 罗汉斋",
    "花生": "热干面 夫妻肺片 长生果 驴打滚 士力架 汤圆",
    "虾": "冬阴功汤 大煮干丝 虾饺 水晶饺 凤尾豆腐 全家福 福建炒面",
    "鱼": "竹轮 甜不辣 明太子 味增汤 松鼠鱼",
    "小麦": "螺旋粉 蝴蝶粉 大列巴 刀削 胡辣汤 糖三角 葡挞 苹果派",
    "芝麻": "驴打滚 面茶 锅盔 拌黄瓜 桃酥",
    "坚果": "枣糕 大列巴 胡桃 士力架",
    "核桃": "枣糕 大列巴 胡桃",
}


@pytest.mark.parametrize(
    ("substance", "dish"), [(one, dish) for one in MADE_OF for dish in MADE_OF[one].split()]
)
def test_a_dish_that_is_made_of_it_by_another_name(substance, dish):
    assert names(substance, dish, TABLE) is not None


@pytest.mark.parametrize(
    ("substance", "dish"), [("虾", "凤尾菇"), ("小麦", "生日派对"), ("大豆", "萝卜干丝"), ("鱼", "黄花菜")]
)
def test_another_food_of_such_a_name_is_none(substance, dish):
    assert names(substance, dish, TABLE) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("三色汤和米饭", True),
        ("三色汤+米饭", True),
        ("三色汤／饭", True),
        ("三色汤（大份） 饭", True),
        ("饭&三色汤", True),
        ("三色蛋羹、软饭", True),
        ("青菜面", False),
        ("替餐", False),
    ],
)
def test_the_list_of_the_menu_counts_however_a_dish_is_spelt(text, found):
    menu = (Served("lunch", "三色汤、米饭", ("虾",)),)
    meal = EntryDraft(EntryKind.MEAL, at(11, 30), detail="lunch", grade=4, text=text)
    assert bool(met(("虾",), meal, TABLE, menu)) is found
