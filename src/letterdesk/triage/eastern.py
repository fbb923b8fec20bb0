"""Which Korean and Chinese words any two texts share, whatever they are about.

Chosen from the commonest beginnings of words in `ko_curse2runo` (MIT) and the commonest
pairs of letters in `zh_cold_train` (Apache-2.0): pronouns, verbs that every sentence has,
times, degrees; and what letters say to a newsroom, whatever it wrote. Of a Korean word the
first two syllables are its beginning; what follows is mostly an ending.
"""

import re

from letterdesk.triage.east import HAN

_KOREAN = """
아니 진짜 그냥 생각 하는 있는 그래 근데 같은 그런 이런 지금 내가 그렇 우리 저런 하고 들어
그러 나라 많이 다른 있다 하면 그리 모르 어디 너무 아닌 못하 나도 그럼 하나 니가 없는 가능
좋아 무슨 아무 이제 말하 말이 나오 하지 자기 문제 얼마 되는 이게 없음 보면 그게 이해 그거
한다 정도 인간 저거 이상 만들 소리 사실 이미 아직 어떻 대한 해야 저렇 맞는 요즘 있었 다음
좋은 다시 바로 알고 돌아 있을 안되 없어 누가 나가 나는 세상 거기 제대 그걸 있으 수준 이렇
없다 없으 필요 있음 잘못 똑같 지들 솔직 사는 받아 본인 때문 상황 한번 원래 자체 있고 정말
없고 현실 힘들 이건 당연 이유 어쩌 뭐가 여기 제발 엄청 맞음 경우 잘하 절대 된다 모든 계속
어떤 가지 비슷 같이 예전 알아 그건 찾아 전부 해도 보이 시간 언제 했다 그것 따라 가져 일단
보니 시작 많은 보는 오히 넘어 사이 올리 뭐하 제일 했는 되면 역시 얘기 저게 저기 결국 처음
누구 물론 혼자 오늘 저러 내용 가는 아주 되지 다르 이번 지난 모두 하루 여러 통해 위해 대해
관련 가장 매우 조금 다들 지만 주는 주다 주고 받고 되어 되고 됐다 됐는 온다 간다 오지 가서
와서 어떡 왜냐 그때 그동 그저 이들 그들 저는 제가 저도 너도 너희 당신 남들 분들 사람
사람들 말고 말을 말은 뭐라 뭔가 무조 함께 아마 이후 이전 동안
기자 기사 기레 취재 보도 신문 언론 뉴스 댓글 제목 감사 고맙 응원 수고 부탁
"""
_CHINESE = """
不是 就是 什么 一个 没有 觉得 都是 自己 这个 我们 因为 真的 还是 他们 但是 可以 也是 现在
知道 怎么 这种 所以 一样 这样 时候 很多 问题 还有 如果 那个 感觉 其实 可能 不会 不能 看到
应该 只是 那么 不过 不好 出来 你们 个人 不要 别人 部分 而且 比较 然后 人家 这些 意思 那些
其他 已经 或者 认为 一下 一点 一直 起来 特别 虽然 为了 所有 大家 一些 只有 看看 之前 直接
大部 到了 那种 多了 基本 好像 以为 有些 不了 一般 开始 肯定 哪里 一次 以前 两个 非常 多少
来说 最后 只能 根本 存在 本来 需要 完全 理解 情况 主要 希望 里面 正常 毕竟 会有 只要 一起
不到 而已 不同 才是 一句 就算 事情 以后 可是 各种 就像 不错 比如 表示 时间 后来 除了 不可
结果 甚至 发现 为什 为何 曾经 小时 要求 今年 去年 今天 昨天 明天 几个 人们 年来 目前 如今
当时 同时 由于 关于 对于 通过 进行 成为 得到 他说 她说 我说 说过 说是 有人 没人 人说 多人
大多 多数 一位 一名 两位 现场 不少 许多 有的 有点 老是 总是 一定
记者 报道 新闻 媒体 文章 小编 编辑 标题 评论 感谢 谢谢 支持 辛苦 加油
"""
_EVERYDAY = frozenset([*_KOREAN.split(), *_CHINESE.split()])
_HANGUL_WORD = re.compile("(?<![가-힣])[가-힣]{2,}")
_HAN_RUN = re.compile(f"[{HAN}]{{2,}}")
_PARTICLES = frozenset(
    "的了是在我你他她它们这那一个不有就都也和到说要很会可没去来上下里把被让给从对为与及或而且但只才还"
    "再又更最着过吗呢吧啊呀嘛哦所以因如之其此于得地多少每各谁人事年月日时后前中等些什么"
)


def tells(text: str, start: int, end: int) -> bool:
    """Say whether a run of a text has a word that not any two texts share.

    Of Korean the beginning of one; of Chinese two letters that are no particle.
    """
    for word in _HANGUL_WORD.finditer(text, max(0, start - 1), end):
        at = word.start()
        if at >= start and text[at : at + 2] not in _EVERYDAY:
            return True
    return any(_tells(run[0]) for run in _HAN_RUN.finditer(text, start, end))


def _tells(run: str) -> bool:
    """Say whether two letters side by side are of no word that every text has."""
    at = 0
    while at < len(run) - 1:
        if run[at : at + 2] in _EVERYDAY:
            at += 2
        elif _PARTICLES.isdisjoint(run[at : at + 2]) and (
            run[at + 1 : at + 3] not in _EVERYDAY
        ):
            return True
        else:
            at += 1
    return False
