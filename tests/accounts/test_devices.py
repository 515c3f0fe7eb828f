import pytest

from recul.accounts.devices import UNKNOWN, describe, in_words

_APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
_CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"
_SAMSUNG = _CHROME.replace("Chrome/", "SamsungBrowser/28.0 Chrome/")
_CHROMEBOOK = "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)"
_MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X)"
_IPAD = "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X)"
_ANDROID = "Mozilla/5.0 (Linux; Android 10; K)"


@pytest.mark.parametrize(
    ("user_agent", "label"),
    [
        ("Mozilla/5.0 (Android 14; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0",
         "Firefox sur Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
         "Firefox sur Linux"),
        (f"{_IPHONE} {_APPLE} Version/18.6 Mobile/15E148 Safari/604.1", "Safari sur iPhone"),
        (f"{_IPHONE} {_APPLE} CriOS/142.0.7444.77 Mobile/15E148 Safari/604.1", "Chrome sur iPhone"),
        (f"{_IPAD} {_APPLE} FxiOS/145.0 Mobile/15E148 Safari/604.1", "Firefox sur iPad"),
        (f"{_MAC} {_APPLE} Version/18.6 Safari/605.1.15", "Safari sur Mac"),
        (f"{_WINDOWS} {_CHROME} Safari/537.36", "Chrome sur Windows"),
        (f"{_WINDOWS} {_CHROME} Safari/537.36 Edg/142.0.0.0", "Edge sur Windows"),
        (f"{_WINDOWS} {_CHROME} Safari/537.36 OPR/125.0.0.0", "Opera sur Windows"),
        (f"{_ANDROID} {_CHROME} Mobile Safari/537.36", "Chrome sur Android"),
        (f"{_ANDROID} {_CHROME} Mobile Safari/537.36 EdgA/142.0.0.0", "Edge sur Android"),
        (f"{_ANDROID} {_SAMSUNG} Mobile Safari/537.36", "Samsung Internet sur Android"),
        (f"{_CHROMEBOOK} {_CHROME} Safari/537.36", "Chrome sur ChromeOS"),
        ("Mozilla/5.0 (X11; FreeBSD amd64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox"),
    ],
)  # fmt: skip
def test_common_browsers_are_named(user_agent: str, label: str) -> None:
    assert describe(user_agent) == label


@pytest.mark.parametrize(
    "user_agent",
    ["", " ", "curl/8.14.1", "Mozilla/5.0", "x" * 10_000, "\x00é\ud800" * 3_000,
     "Firefox/1 sur <script>", f"Mozilla/5.0 ({'z' * 10_000} Windows) Firefox/145.0"],
)  # fmt: skip
def test_anything_else_is_an_unknown_browser(user_agent: str) -> None:
    assert describe(user_agent) == UNKNOWN == "Navigateur inconnu"


def test_labels_fit_their_column_and_carry_no_version() -> None:
    label = describe(f"{_ANDROID} SamsungBrowser/28.0 {_CHROME} Mobile Safari/537.36")
    assert len(label) <= 80
    assert not any(character.isdigit() for character in label)


def test_a_stored_label_is_shown_in_the_readers_language() -> None:
    english = {
        "{browser} sur {system}": "{browser} on {system}",
        "Navigateur inconnu": "Unknown browser",
    }

    def translate(message: str) -> str:
        return english.get(message, message)

    assert in_words("Firefox sur Android", translate) == "Firefox on Android"
    assert in_words("Navigateur inconnu", translate) == "Unknown browser"
    assert in_words("Firefox", translate) == "Firefox"
