"""Addresses of stories: some that a browser finds, and some that none does."""

USABLE = (
    "https://news.example",
    "https://news.example/a?b=c@d:e",
    "https://news.example:8443/a",
    "https://뉴스.example/기사/배",
    "https://[2001:db8::1]:8443/a",
    "http://[::1]/a",
    "http://lettersdesk2345abcdefghijklmnopq.onion/a",
)
UNUSABLE = (
    "ftp://x",
    "news.example/a",
    "https://",
    "https:///a",
    "https://news.example/a#b",
    "https://news.example/a b",
    "https://news.example/\u202ea",
    "https://reader:secret@news.example/a",
    "https://reader@news.example/a",
    "https://news.example:port/a",
    "https://news.example:/a",
    "https://news.example:70000/a",
    "https://.../a",
    "https://...:80/a",
    "https://news.example\\a",
    "https://<news>.example/a",
    "https://[2001:db8::1/a",
)
