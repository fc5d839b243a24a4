"""Keys: one in one hand, against a signature; who leaves gives it back; a lost one opens until the lock is changed."""

from functools import partial

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.personnes.adhesions import AdmettreAdherent, EnregistrerDepart
from tierslieu_core.domaines.usages.acces import ChangerMoyen, DeclarerMoyen, DeclarerMoyenPerdu, RemettreMoyen

heure = Instant.from_utc(2026, 3, 6, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: heure)
camille = partial(lieu.executer, par="camille")
camille(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"))
for qui, nom in (("p-1", "Zoé Dupont"), ("p-2", "Ali Haddad")):
    camille(InscrirePersonne(personne=qui, nom=nom))
camille(AdmettreAdherent(personne="p-1", du=Date(2026, 3, 1), au=Date(2027, 2, 28)))
camille(OuvrirEspace(espace="hangar", nom="Le hangar"))
camille(DeclarerMoyen(moyen="cle-hangar", nom="Clé du hangar", nature="clé", ouvre=("hangar",)))
a_zoe, a_ali = (RemettreMoyen(moyen="cle-hangar", personne=qui, signe=True) for qui in ("p-1", "p-2"))
print("remise :", camille(a_zoe).verdict)
print("à un autre :", *camille(a_ali).explication, sep="\n  ")

heure = Instant.from_utc(2026, 3, 9, 9)
vendredi = lieu.registre("acces", au="2026-03-06")
print("vendredi, au hangar :", [lieu.nommer("personne", r.personne) for r in vendredi if "hangar" in r.ouvre])
camille(EnregistrerDepart(personne="p-1", le=Date(2026, 3, 9)))
print("à faire :", *(une.phrase for une in lieu.a_faire()), sep="\n  ")

camille(DeclarerMoyenPerdu(moyen="cle-hangar", personne="p-1", constat="tombée dans le canal"))
print("perdue, on la redonne :", *camille(a_ali).explication, sep="\n  ")
print("serrure changée :", camille(ChangerMoyen(moyen="cle-hangar")).verdict)
print("remise à Ali :", camille(a_ali).verdict)
