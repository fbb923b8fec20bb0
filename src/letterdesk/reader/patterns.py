"""Dates, figures and lists where CLDR, as Babel has it, does not say what people write.

Patterns are CLDR's (Unicode Technical Standard 35); what stands in quotes is shown as it
is.
"""

DAYS = {
    "km": "'ថ្ងៃទី' d 'ខែ'MMMM 'ឆ្នាំ' y",
    "my": "y 'ခုနှစ်' MMMM d 'ရက်'",
}
MONTHS = {
    "bo": "'སྤྱི་ལོ་'y MMMM",
    "km": "'ខែ'MMMM 'ឆ្នាំ' y",
    "my": "y 'ခုနှစ်' MMMM",
}
LISTS = {  # what stands between the parts, and before the last
    "bo": (" དང་ ", " དང་ "),
    "lo": (", ", " ແລະ "),
    "my": ("၊ ", " နှင့် "),
    "ug": ("، ", " ۋە "),
}
DIGITS = {"my": str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉")}
