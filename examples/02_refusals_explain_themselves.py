"""A refusal is an answer: returned, recorded, with its way out. ``essai=True`` asks "may I?" and records nothing."""

from whenever import Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.vocabulaire.temps import Moment

lieu = tl.ouvrir("memory:", horloge=lambda: Instant.from_utc(2026, 11, 23, 9))
lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"), par="camille")
lieu.executer(InscrirePersonne(personne="p-1", nom="Zoé Dupont"), par="camille")
lieu.executer(OuvrirEspace(espace="hangar", nom="Le hangar"), par="camille")


def reserver(debut: str, fin: str, qui: str, **options: bool) -> tl.Reponse:
    """Hours are those of the place's clock."""
    return lieu.executer(
        ReserverEspace(
            espace="hangar", personne=qui, debut=Moment.depuis_texte(debut), fin=Moment.depuis_texte(fin)
        ),
        par=qui,
        **options,
    )  # fmt: skip


print(reserver("2026-11-26T18:00", "2026-11-26T20:00", "p-1").verdict)

# The same evening? The place says no, by which fact, and what to do about it. First as a mere question…
essai = reserver("2026-11-26T19:00", "2026-11-26T21:00", "camille", essai=True)
print(essai.verdict, "(essai) :", *essai.explication, sep="\n  ")
print("enregistré :", essai.position)

# … then at 20 h sharp: touching is not overlapping.
print(reserver("2026-11-26T20:00", "2026-11-26T21:00", "camille").verdict)

# What cannot even be read is an error, not a refusal: all its faults at once, nothing recorded.
try:
    lieu.demander("reservations.ReserverEspace", {"espace": "cave", "debut": "ce soir", "fin": 20}, par="p-1")
except tl.DemandeInvalide as erreur:
    print(erreur)
