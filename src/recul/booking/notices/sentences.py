"""What mails about dates say. Neutral: not what kind of meeting, not with whom, not where.

A sentence that ends with a colon is followed by the dates.
"""

from recul.words import N_

SEATED = N_("Votre place est réservée. Ce qui est prévu :")
WAITING = N_("Votre demande est en liste d’attente. Si une place se libère, Recul vous l’écrit.")
ASKED = N_("Une demande attend votre réponse.")
REFUSED = N_("Votre demande n’a pas pu aboutir cette fois-ci.")
OFFERED = N_("Une place vous est proposée. Elle est gardée pour vous jusqu’au %(until)s.")
LEFT = N_("Votre départ est enregistré. Ce qui ne vous concerne plus :")

ADDED = N_("Une date s’ajoute aux vôtres :")
MOVED = N_("Ce qui était prévu %(before)s a changé. Voici ce qui est prévu maintenant :")
MOVED_AGAIN = N_("Un rendez-vous a changé. Voici ce qui est prévu maintenant :")
UPDATED = N_("Du changement dans vos rendez-vous. Voici ce qui est prévu maintenant :")
EXCUSED = N_("Votre absence est notée. Ce qui ne vous concerne plus :")
RETURNED = N_("C’est noté, vous serez là. Ce qui est prévu :")
ABSENCE = N_("Une absence est annoncée : %(when)s.")
CANCELLED = N_("Ce rendez-vous est annulé :")
KEPT = N_("C’est décidé : le cycle aura lieu. Premier rendez-vous : %(first)s.")
PUT_OFF = N_("Le cycle est reporté. Voici ce qui est prévu maintenant :")
CALLED_OFF = N_("Le cycle est annulé. Ce qui n’aura pas lieu :")
DECISION = N_(
    "Il n’y a pas encore assez d’inscriptions pour des dates qui approchent. "
    "Maintenir, reporter ou annuler : la décision vous revient."
)
WITHOUT_FACILITATOR = N_(
    "Un groupe de votre structure n’a plus personne pour l’animer, et des dates approchent. "
    "Quelqu’un peut le reprendre, ou ses dates s’annuler : la décision vous revient."
)

BOOKED = N_("Un rendez-vous est pris :")
OWN_CANCELLED = N_("Votre annulation est enregistrée :")
REMINDER = N_("Un rendez-vous approche : %(when)s.")

SPAN = N_("%(day)s, de %(start)s à %(end)s")
ELSEWHERE = N_("%(span)s (heure locale, fuseau : %(city)s)")
MOMENT = N_("%(day)s à %(hour)s")
CROSSED_OUT = N_("%(span)s : annulé")
