"""Chinese advertisements of kinds that training has nothing of, all made up for this.

Lines of a kind differ from one another; half of them are decided on, the others measure.
"""

import random
import re

_SLOT = re.compile(r"\{(\w+)\}")
_SLOTS = {
    "way": "微信 yl66209|VX：nn8801x|QQ 4471220|电话 13900007761|私信|看头像|薇 hh3306",
    "city": "金边|曼谷|迪拜|仰光|西港|万象",
    "sum": "两万|一万五|三千美金|月入三万|底薪八千",
    "fair": "二百|一百五|三百八|半价|八十",
    "who": "孩子|老人|父母|爱人|家里人",
    "cream": "茉岚面膜|润禾精华|肤岚生|雪屿眼霜|初棠面霜",
    "novel": "《凤归长夜》|《重回十八岁》|《废材丹师》|《总裁的契约妻》",
    "game": "龙域争霸|梦幻山海|三国群英令|仙途纪元",
}
# What advertisers put around the same line, so that no two letters are one.
_FRAMES = """{line}
大家好，{line}
说个题外话，{line}
{line}，有需要的看看
看到这里想说一句，{line}
{line}，亲测
{line}，不谢
路过，{line}
姐妹们，{line}
{line}，谢谢编辑""".splitlines()
KINDS = {
    "work abroad": """去{city}做客服，{sum}包吃住，机票报销，{way}
{city}园区招打字，不限学历，{sum}，{way}
高薪出国，{city}项目，护照我们办，{way}
{city}酒店缺人，会中文就行，{sum}，{way}
想出国挣钱的兄弟，{city}在招，{way}
公司直招{city}，无任何中介费，{sum}，{way}
{city}需要司机厨师，签证包办，{way}
还在国内打螺丝？来{city}，{sum}，{way}
{city}推广岗，做满半年有奖金，{way}
女生优先，{city}前台，{sum}，{way}""",
    "fortune": """大师看相算命，准了再给钱，{way}
测姻缘测财运，八字详批{fair}，{way}
{who}运势不好？化解有方，{way}
开光手串，保{who}平安，{fair}一串，{way}
风水布局上门看宅，{way}
起名改名，助{who}转运，{fair}，{way}
塔罗占卜，看他心里有没有你，{way}
泰国佛牌，招财旺运，{fair}起请，{way}
今年犯太岁的，来求一道符，{way}
五行缺什么，一看便知，{way}""",
    "lessons": """小学数学一对一上门，{fair}一课，{way}
零基础学英语，外教陪练，{fair}，{way}
给{who}报名书法班，满十人减半，{way}
钢琴陪练，老师是音乐学院的，{way}
成人自考辅导，笔记押题，{way}
美术集训营暑期招生，名师小班，{way}
孩子不爱写作业？试听一课，{way}
游泳私教，包会，{fair}，{way}
公务员面试班，不过退一半，{way}
舞蹈班新校区开张，{fair}体验，{way}""",
    "pets and plants": """布偶猫找新家，血统证书齐全，{fair}，{way}
泰迪幼犬出窝，疫苗已打，{way}
多肉植物一箱{fair}，{way}
观赏鱼苗，活体到家，{way}
自家养的土鸡蛋，{fair}一箱，{way}
柯基找主人，可视频看狗，{way}
兰花苗，名贵品种，{way}
蜂蜜现摇现卖，{fair}一瓶，{way}
宠物寄养，每天发视频，{way}
鹦鹉会说话，{fair}带笼，{way}""",
    "praise of a cream": """用了{cream}一个月，脸上的斑真的淡了
闺蜜推荐我用{cream}，皮肤好了很多，敏感肌也可以
以前脸上总长痘，自从换了{cream}再也没长过
{cream}真的好用，我妈用了都年轻了十岁
说实话{cream}比那些大牌强多了，吸收特别快
回购第三次了，{cream}补水效果没话说
看到大家都在说{cream}，试了一下，果然没失望
冬天皮肤干的姐妹一定要试试{cream}
我同事问我皮肤怎么变白了，我说就是{cream}
熬夜脸黄的可以看看{cream}，成分很安全""",
    "plugs of novels and games": """最近在看{novel}，主角重生报仇，看得停不下来
{novel}更新了，女主终于翻身，太爽了
有没有人看过{novel}，结局我哭了一晚上
书荒的可以看{novel}，从头到尾没有尿点
{novel}写得真好，我一口气看到三百章
最近和同事都在玩{game}，开局就送十连抽
{game}画面太美了，挂机也能升级
玩了这么多年手游，还是{game}良心，不充钱也能玩
{game}新区刚开，一起来组队打副本
下班就想上线{game}，战力已经破百万""",
}


def advertisements(kind: str, *, seed: int) -> tuple[list[str], list[str]]:
    """Give advertisements of a kind: those to be decided on, and those that measure."""
    chance = random.Random(seed)  # noqa: S311 -- repeatable, not secret
    lines = KINDS[kind].splitlines()
    chance.shuffle(lines)
    half = len(lines) // 2
    return _filled(lines[:half], chance), _filled(lines[half:], chance)


def _filled(lines: list[str], chance: random.Random) -> list[str]:
    found = [
        _SLOT.sub(lambda slot: chance.choice(_SLOTS[slot[1]].split("|")), framed)
        for line in lines
        for frame in _FRAMES
        for framed in [frame.replace("{line}", line)] * 4
    ]
    return list(dict.fromkeys(found))
