"""By which rows an account `a` is recognised as what it is; asked at each request."""

from recul.web.roles import Standing

_MEMBER = "EXISTS (SELECT 1 FROM membership x WHERE x.account = a.id AND x.ended_on IS NULL)"
_MANAGER = "EXISTS (SELECT 1 FROM line_manager x WHERE x.account = a.id AND x.ended_on IS NULL)"
_ROLE = (
    "EXISTS (SELECT 1 FROM role x WHERE x.account = a.id AND x.kind = 'KIND'"
    " AND x.ended_on IS NULL)"
)

CONDITIONS = {
    Standing.MEMBER: _MEMBER,
    Standing.MANAGER: _MANAGER,
    Standing.ORGANISER: _ROLE.replace("KIND", "organiser"),
    Standing.FACILITATOR: _ROLE.replace("KIND", "facilitator"),
}
