"""Han, and all letters of the scripts whose words are short: for classes of patterns.

Han is with Extension A, whose letters are in names. What a model has learnt from, and the
patterns that list letters one by one, have ranges of their own.
"""

HAN = "\u3400-\u9fff"
EAST = f"{HAN}가-힣"
DENSE = f"\u3040-\u33ff{EAST}"  # kana, too
