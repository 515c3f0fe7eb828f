"""What nobody means to type, and what some do."""

from tests.booking.odd import ODD
from tests.test_bad_input import NASTY
from tests.visitors import PASSWORD

HUGE = (
    *("x" * 60_000, "é" * 25_000, "\u0300" * 20_000, "(" * 9_000, "[" * 9_000, "9" * 20_000),
    *("a@" * 9_000, "M. " * 9_000, "1 " * 9_000, "rue " * 6_000, "\n" * 30_000, ";" * 30_000),
)
NUMBERS = (
    *("-9223372036854775809", "9223372036854775807", "9223372036854775808", "2147483648", "1e400"),
    *("NaN", "inf", "-0", "+1", "0x10", "1_000", "１２", "¹", "1.0", "1,5", " 1 ", "999999999"),
)
TIMES = (
    *("9999-12-31T23:59:59+00:00", "0001-01-01T00:00", "9999-12-31T", "2026-11-21T12:00Z"),
    *("2026-12-03", "2026-11-05", "3/12/2026", "09:00", "14:00", "2026-W49", "2026-12", "10000-1"),
)
MEANT = (
    *(
        "1",
        "2",
        "3",
        "5",
        "12",
        "60",
        "on",
        "yes",
        "Un texte.",
        "Une ligne\net une autre",
        PASSWORD,
    ),
    *("une@exemple.fr", "fr", "en", "Europe/Paris", "FR", "present", "absent", "seated", "member"),
    *("/carnet", "/groupes", "organiser", "facilitator", "line", "free", "now", "/", "title"),
)
VALUES = tuple(dict.fromkeys((*ODD, *NASTY, *HUGE, *NUMBERS, *TIMES, *MEANT)))
IN_PATHS = (
    *(
        "%00",
        "x",
        "%ED%A0%80",
        "9" * 80,
        "..%2f",
        "%2e%2e",
        "%",
        "%zz",
        "%FF",
        "0",
        "-1",
        "a" * 900,
    ),
    *("%7B%7D", "00000000-0000-0000-0000-000000000000", "%E2%80%AE", "2026-13", "0000-00", "é"),
    *("9999-12", "0001-01", "2026-11", "x.ics", ".ics", "css%2fapp.css", "..%5c..%5cetc", "'--"),
)
HEADERS = (
    (b"accept-language", b"xx-YY;q=9999,*;q=-1,fr;q=nan,en;q=inf"),
    (b"accept-language", b"," * 5000),
    (b"accept-language", "é\u0301".encode() * 50),
    (b"accept-language", b"en"),
    (b"accept-encoding", b"br;q=1.0, gzip;q=0"),
    (b"cookie", b"recul=; recul-formulaire=\xff; recul-langue=zz; recul-note=../x; =; ;;"),
    (b"cookie", b"recul-note=saved; recul-langue=en"),
    (b"host", b"ailleurs.example:99999999"),
    (b"host", b""),
    (b"hx-request", b"true"),
    (b"hx-boosted", b"true"),
    (b"hx-request-type", b"partial"),
    (b"hx-target", b"\xff\xfe"),
    (b"hx-current-url", b"http://[::"),
    (b"origin", b"null"),
    (b"origin", b"http://["),
    (b"sec-fetch-site", b"same-origin"),
    (b"sec-fetch-site", b"cross-site"),
    (b"x-forwarded-for", b"1.2.3.4, ::ffff:\xe9"),
    (b"x-forwarded-host", b"ailleurs.example"),
    (b"x-http-method-override", b"DELETE"),
    (b"content-encoding", b"gzip"),
    (b"content-length", b"3"),
    (b"content-length", b"99999999999"),
    (b"content-length", b"-1"),
    (b"content-length", b"trois"),
    (b"expect", b"100-continue"),
    (b"if-none-match", b'W/"x", *, "'),
    (b"if-modified-since", b"hier"),
    (b"range", b"bytes=0-,-1,5-2"),
    (b"transfer-encoding", b"chunked"),
    (b"user-agent", b"\x01\xff" * 300),
    (b"x-csrftoken", b"\xff" * 200),
)
CONTENT_TYPES = (
    b"application/json",
    b"text/plain",
    b"",
    b"multipart/form-data",
    b"multipart/form-data; boundary=x",
    b"multipart/form-data; boundary=" + b"x" * 300,
    b"application/x-www-form-urlencoded; charset=utf-16",
    b"application/x-www-form-urlencoded; charset=none",
    b"application/xml",
    b"; ; =",
    b"\xff/\xff",
)
BODIES = (
    b"",
    b'{"name": [' * 2000,
    b"--x\r\n",
    b"--x\r\nContent-Disposition: form-data; name=text-line\r\n\r\nx",
    b"%" * 3000,
    b"&" * 3000,
    b"=" * 3000,
    b"\x1f\x8b\x08\x00" + b"\0" * 500,
    b"name=\xff\xfe&&=&%ff=%ff;a",
    b"\0" * 5000,
)
FILES = (
    b"",
    b"\xef\xbb\xbfnom;equipe\r\nZ;Polyvalence\r\n",
    b"nom;courriel;service;equipe;role\n" + b"=1+1;a@b.c;x;Polyvalence;membre\n" * 50,
    "nom;équipe\n".encode("utf-16"),
    b'nom;equipe\n"' + b"x" * 9000,
    b"full_date,date,weekday,time,mood,activities,note_title,note\n" + b"2024-01-01,,,10:00,r,,,\n",
    b'{"format": "recul-journal", "version": 1, "entries": ' + b"[" * 3000,
    b'{"format": "recul-journal", "version": 1, "entries": [{"at": "9999-12-31T23:59+00:00"}]}',
    b'{"format": "recul-journal", "version": ' + b"9" * 5000 + b', "entries": []}',
    b"PK\x03\x04" + b"\0" * 100,
    b"\0" * 3000,
)
