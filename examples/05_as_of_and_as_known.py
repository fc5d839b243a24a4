"""Two times, never confused: what was true on a day (``au``), and what the place knew on a day (``connu_le``)."""

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele
from tierslieu_core.domaines.usages.prets import PreterObjet

heure = [Instant.from_utc(2026, 11, 20, 9)]
lieu = tl.ouvrir("memory:", horloge=lambda: heure[0])
lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"), par="camille")
lieu.executer(InscrirePersonne(personne="p-1", nom="Zoé Dupont"), par="camille")
lieu.executer(CreerModele(modele="perforateur", nom="Perforateur"), par="camille")
lieu.executer(AjouterObjet(objet="perforateur-1", modele="perforateur", nom="Le perforateur"), par="camille")

# On Saturday the network was down: Zoé's loan was written on paper. Camille enters it on Monday, dated Saturday.
samedi = Instant.from_utc(2026, 11, 21, 10)
heure[0] = Instant.from_utc(2026, 11, 23, 9)
lieu.executer(
    PreterObjet(objet="perforateur-1", personne="p-1", retour=Date(2026, 11, 28)), par="camille", survenu_le=samedi
)


def dehors(**quand: str) -> list[str]:
    """The items out, as read with these dates."""
    return [ligne.objet for ligne in lieu.registre("prets", **quand)]


print("vrai le 21 :", dehors(au="2026-11-21"))
print("su le 21 :", dehors(connu_le="2026-11-21"))
print("su le 23 :", dehors(connu_le="2026-11-23"))
print("vrai le 20 :", dehors(au="2026-11-20"))
print("lundi 30 :", [(p.objet, p.etat, p.retard_jours) for p in lieu.registre("prets", au="2026-11-30")])
