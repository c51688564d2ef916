"""What a teacher can log (日志): the kinds, and the codes of each with their words."""

from enum import IntEnum, StrEnum


class EntryKind(StrEnum):
    """Kinds of entry: the first nine in the order of the digit keys, the rest by a letter."""

    MEAL = "meal"
    MILK = "milk"
    WATER = "water"
    SLEEP = "sleep"
    TOILET = "toilet"
    MOOD = "mood"
    ACTIVITY = "activity"
    TEMPERATURE = "temperature"
    NOTE = "note"
    FOOD = "food"
    WASHING = "washing"
    OUTDOOR = "outdoor"
    SLEEP_CHECK = "sleep_check"
    PHOTO = "photo"

    @property
    def label(self) -> str:
        """进餐, 喝奶, 喝水, 睡眠, 如厕, 情绪, 活动, 体温, 备注, 辅食, 洗手, 户外, 睡眠巡视, 照片."""
        return _KIND_WORDS[list(EntryKind).index(self)]

    @property
    def key(self) -> str:
        """The key that asks for it: a digit, or the letter of its pinyin."""
        return "123456789FXHSP"[list(EntryKind).index(self)]

    @property
    def of_class(self) -> bool:
        """Whether it means the whole class where nobody was chosen; the others mean one child."""
        return self in _OF_CLASS


_KIND_WORDS = (
    "进餐", "喝奶", "喝水", "睡眠", "如厕", "情绪", "活动", "体温", "备注",
    "辅食", "洗手", "户外", "睡眠巡视", "照片",
)  # fmt: skip
_OF_CLASS = frozenset(
    {
        EntryKind.MEAL, EntryKind.WATER, EntryKind.SLEEP, EntryKind.ACTIVITY, EntryKind.OUTDOOR,
        EntryKind.WASHING, EntryKind.SLEEP_CHECK,
    }
)  # fmt: skip


class MealSlot(StrEnum):
    """餐次."""

    BREAKFAST = "breakfast"
    MORNING_SNACK = "morning_snack"
    LUNCH = "lunch"
    AFTERNOON_SNACK = "afternoon_snack"
    DINNER = "dinner"

    @property
    def label(self) -> str:
        """早餐, 早点, 午餐, 午点, 晚餐."""
        return ("早餐", "早点", "午餐", "午点", "晚餐")[list(MealSlot).index(self)]


class MealGrade(IntEnum):
    """How much was eaten."""

    REFUSED = 0
    LITTLE = 1
    HALF = 2
    MOST = 3
    ALL = 4
    SECONDS = 5

    @property
    def label(self) -> str:
        """拒食, 少量, 一半, 大半, 吃完, 添了一份."""
        return ("拒食", "少量", "一半", "大半", "吃完", "添了一份")[self.value]


EATEN_UP = frozenset({MealGrade.ALL, MealGrade.SECONDS})  # after which there may be a second helping


class Milk(StrEnum):
    """Kind of milk."""

    BREAST = "breast"
    FORMULA = "formula"
    COW = "cow"

    @property
    def label(self) -> str:
        """母乳, 配方奶, 牛奶."""
        return {"breast": "母乳", "formula": "配方奶", "cow": "牛奶"}[self.value]


class Toilet(StrEnum):
    """What came."""

    WET = "wet"
    STOOL = "stool"
    BOTH = "both"
    DRY = "dry"

    @property
    def label(self) -> str:
        """小便, 大便, 大小便, 尿布干爽."""
        return {"wet": "小便", "stool": "大便", "both": "大小便", "dry": "尿布干爽"}[self.value]


class Stool(StrEnum):
    """Form of a stool (性状)."""

    FORMED = "formed"
    SOFT = "soft"
    LOOSE = "loose"
    WATERY = "watery"

    @property
    def label(self) -> str:
        """成形, 软便, 稀便, 水样便."""
        return {"formed": "成形", "soft": "软便", "loose": "稀便", "watery": "水样便"}[self.value]


class Mood(StrEnum):
    """情绪."""

    HAPPY = "happy"
    CALM = "calm"
    SLEEPY = "sleepy"
    HOMESICK = "homesick"
    CRYING = "crying"
    ANXIOUS = "anxious"

    @property
    def label(self) -> str:
        """开心, 平静, 困倦, 想家, 哭闹, 焦虑."""
        words = ("开心", "平静", "困倦", "想家", "哭闹", "焦虑")
        return words[list(Mood).index(self)]


class Part(StrEnum):
    """How a child took part in an activity (参与)."""

    EAGER = "eager"
    JOINED = "joined"
    WATCHED = "watched"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        """主动参与, 跟着参与, 在旁观看, 没有参加."""
        words = ("主动参与", "跟着参与", "在旁观看", "没有参加")
        return words[list(Part).index(self)]


class Site(StrEnum):
    """Where a temperature was taken."""

    FOREHEAD = "forehead"
    ARMPIT = "armpit"
    EAR = "ear"

    @property
    def label(self) -> str:
        """额温, 腋温, 耳温."""
        return {"forehead": "额温", "armpit": "腋温", "ear": "耳温"}[self.value]


class NoteKind(StrEnum):
    """What a free note is for."""

    REMARK = "remark"  # 老师说
    NOTICE = "notice"  # 请家长留意

    @property
    def label(self) -> str:
        """老师说, 请家长留意."""
        return {"remark": "老师说", "notice": "请家长留意"}[self.value]


class StoolColour(StrEnum):
    """Colour of a stool (颜色); black, red and pale ones are told to the health worker."""

    YELLOW = "yellow"
    BROWN = "brown"
    GREEN = "green"
    BLACK = "black"
    RED = "red"
    PALE = "pale"

    @property
    def label(self) -> str:
        """黄色, 棕色, 绿色, 黑色, 带血, 灰白."""
        return ("黄色", "棕色", "绿色", "黑色", "带血", "灰白")[list(StoolColour).index(self)]


class PottyStep(StrEnum):
    """What a child did herself on the way to the potty (如厕步骤), in the order of doing."""

    TOLD = "told"
    UNDRESSED = "undressed"
    SAT = "sat"
    WIPED = "wiped"
    DRESSED = "dressed"
    WASHED = "washed"

    @property
    def label(self) -> str:
        """会表示, 脱裤, 坐便, 擦净, 提裤, 洗手."""
        return ("会表示", "脱裤", "坐便", "擦净", "提裤", "洗手")[list(PottyStep).index(self)]


class SleepWay(StrEnum):
    """How a child was put down (哄睡方式)."""

    ALONE = "alone"
    PATTED = "patted"
    HELD = "held"
    ROCKED = "rocked"

    @property
    def label(self) -> str:
        """自己入睡, 轻拍, 抱睡, 推车或摇床."""
        return ("自己入睡", "轻拍", "抱睡", "推车或摇床")[list(SleepWay).index(self)]


class Position(StrEnum):
    """How a sleeping child lies (睡姿)."""

    BACK = "back"
    SIDE = "side"
    BELLY = "belly"

    @property
    def label(self) -> str:
        """仰卧, 侧卧, 俯卧."""
        return ("仰卧", "侧卧", "俯卧")[list(Position).index(self)]


class SleepSign(StrEnum):
    """What a sleep check found (巡视所见)."""

    CALM = "calm"
    TURNED = "turned"
    WAKING = "waking"
    CONCERN = "concern"

    @property
    def label(self) -> str:
        """呼吸平稳, 已翻回仰卧, 快醒了, 有异常."""
        return ("呼吸平稳", "已翻回仰卧", "快醒了", "有异常")[list(SleepSign).index(self)]


class Reaction(StrEnum):
    """How a child bore a food she had never had (辅食反应)."""

    NONE = "none"
    DISLIKED = "disliked"
    RASH = "rash"
    VOMITING = "vomiting"
    DIARRHOEA = "diarrhoea"
    SWELLING = "swelling"
    OTHER = "other"

    @property
    def label(self) -> str:
        """没有异常, 不爱吃, 皮疹, 呕吐, 腹泻, 红肿, 其他."""
        words = ("没有异常", "不爱吃", "皮疹", "呕吐", "腹泻", "红肿", "其他")
        return words[list(Reaction).index(self)]


class Washing(StrEnum):
    """When hands were washed (洗手时机)."""

    BEFORE_FOOD = "before_food"
    AFTER_TOILET = "after_toilet"
    AFTER_OUTDOOR = "after_outdoor"
    AFTER_PLAY = "after_play"

    @property
    def label(self) -> str:
        """饭前, 便后, 户外回来, 玩耍后."""
        return ("饭前", "便后", "户外回来", "玩耍后")[list(Washing).index(self)]
