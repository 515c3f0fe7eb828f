"""Files that people bring along."""

import json

DAYLIO = """\
full_date,date,weekday,time,mood,activities,note_title,note
2026-10-02,2 oct.,vendredi,18:10,bien,équipe | voiture,,"Une synthèse utile, pour une fois."
2026-10-05,5 oct.,lundi,12:40,mauvais,écrits,,Trop de rapports.
""".encode()

RECUL = json.dumps(
    {
        "format": "recul-journal",
        "version": 1,
        "exported_on": "2026-10-09",
        "entries": [
            {
                "at": "2026-10-08T16:20+02:00",
                "workload": 4,
                "feelings": ["anger"],
                "contexts": ["team_meeting"],
                "template": "line",
                "sections": [{"key": "line", "text": "Le téléphone a sonné tout le jour."}],
            }
        ],
    }
).encode()

PEOPLE = """nom;courriel;service;équipe;rôle
Ana Roy;ana.roy@exemple.fr;Territoire Nord;AEMO du Canal;membre
Bo Petit;;Territoire Nord;Équipe de renfort;
;sans.nom@exemple.fr;Territoire Nord;AEMO du Canal;
Cléo Diaz;pas une adresse;Territoire Nord;AEMO du Canal;
Dan Uzan;;Territoire Nord;AEMO du Canal;capitaine
"""
