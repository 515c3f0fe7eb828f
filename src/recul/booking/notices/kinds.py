"""The kinds of mail about dates. Each can be turned off; its key names its templates."""

from recul.notifications.kinds import Kind
from recul.words import N_

ENROLMENT = "meeting-enrolment"
OFFER = "meeting-offer"
CHANGE = "meeting-change"
MINIMUM = "meeting-minimum"
REMINDER_7 = "meeting-reminder-7"
REMINDER_2 = "meeting-reminder-2"
REMINDERS = (REMINDER_7, REMINDER_2)

_GROUP = N_("Groupes et rendez-vous")
KINDS = (
    Kind(ENROLMENT, N_("Une place ou un rendez-vous : demandé, obtenu, quitté"), _GROUP),
    Kind(OFFER, N_("Une place qui se libère pour vous"), _GROUP),
    Kind(CHANGE, N_("Une date qui change, s’ajoute ou s’annule"), _GROUP),
    Kind(MINIMUM, N_("Une décision à prendre, pour qui anime"), _GROUP),
    Kind(REMINDER_7, N_("Un rappel, une semaine avant"), _GROUP),
    Kind(REMINDER_2, N_("Un rappel, deux jours avant"), _GROUP),
)
