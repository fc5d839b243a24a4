"""A school and the place: an axis, a contact, what each side owes, who kept their word, a review, a renewal."""

from functools import partial

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.projets.partenariats import (
    AdopterAxe,
    ConstaterEngagement,
    Engagement,
    EvaluerPartenariat,
    NouerContact,
    SignerConvention,
)

heure = Instant.from_utc(2026, 1, 12, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: heure)
camille = partial(lieu.executer, par="camille")
camille(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"))
camille(InscrirePersonne(personne="p-1", nom="Nadia Kaci"))
camille(AdopterAxe(axe="ecoles", nom="Ouvrir l'atelier aux écoles", du=Date(2026, 1, 1)))
camille(NouerContact(partenariat="lycee", nom="Le lycée Jean-Macé", nature="public", personne="p-1", axe="ecoles"))

tot = ConstaterEngagement(partenariat="lycee", engagement="deux visites", tenu=True)
print("trop tôt :", *camille(tot).explication, sep="\n  ")
convention = SignerConvention(
    partenariat="lycee", du=Date(2026, 2, 1), au=Date(2026, 7, 3),
    engagements=(
        Engagement(nom="l'atelier le lundi matin", cote="lieu"),
        Engagement(nom="deux visites", cote="partenaire", pour_le=Date(2026, 5, 15)),
    ),
)  # fmt: skip
print("on signe :", camille(convention).verdict)

heure = Instant.from_utc(2026, 5, 18, 9)
print("à faire :", *(une.phrase for une in lieu.a_faire()), sep="\n  ")
camille(tot)
camille(EvaluerPartenariat(partenariat="lycee", bilan="trente élèves, six reviennent le samedi"))
encore = SignerConvention(partenariat="lycee", du=Date(2026, 9, 1), au=Date(2027, 7, 2))
print("on renouvelle :", camille(encore).verdict)
for ligne in lieu.registre("partenariats"):
    print(ligne.nom, ligne.nature, ligne.etat, f"jusqu'au {ligne.au} :", ligne.bilan)
