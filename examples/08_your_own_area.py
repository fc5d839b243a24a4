"""Your own area: declare a guest book once, and the place decides, says, keeps a register and replays it."""

from collections.abc import Iterable

import attrs
from whenever import Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.kernel import plugins
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Domaine,
    Issue,
    Note,
    Refus,
    Registre,
    commande,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.lieu import catalogue_of
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne


@evenement("livre_dor.MotLaisse", "{personne} laisse un mot : {mot}")
class MotLaisse:
    """A fact: its stored name and its sentence are above."""

    personne: PersonneId
    mot: Personnel = personnel(qui="personne", conservation="livre_dor")

    def etiquettes(self) -> Iterable[str]:
        """A word changes what its author may do."""
        return (personne(self.personne),)


@commande("livre_dor.LaisserMot")
class LaisserMot:
    """Laisser un mot dans le livre d'or."""

    personne: PersonneId
    mot: Personnel = personnel("mot", qui="personne", conservation="livre_dor")


@refus("livre_dor.DejaUnMot", "{personne} a déjà laissé un mot.", "Un mot par personne : gardez l'autre pour vous.")
class DejaUnMot(Refus):
    """A refusal: the blocking fact, and the way out."""

    personne: PersonneId


def _mot(_: MotLaisse | None, fait: MotLaisse) -> MotLaisse | None:
    return fait


mot_de = Lecture[MotLaisse | None]("livre_dor.mot", None, _mot, dernier=True)


def _lit(c: LaisserMot, _: Contexte) -> Lot[tuple[MotLaisse | None]]:
    return lire(mot_de(personne(c.personne)))


def _laisser(c: LaisserMot, etats: tuple[MotLaisse | None], _: Contexte) -> Issue:
    return DejaUnMot(personne=c.personne) if etats[0] else [MotLaisse(personne=c.personne, mot=c.mot)]


@attrs.frozen
class Mot:
    """A row of the register."""

    personne: PersonneId
    mot: Personnel


def _tenir(lignes: dict[PersonneId, Mot], fait: MotLaisse, _: Note) -> None:
    lignes[fait.personne] = Mot(fait.personne, fait.mot)


LIVRE_DOR = Domaine(
    "livre_dor",
    "Livre d'or",
    faits=(MotLaisse,),
    demandes=(Demande(LaisserMot, frozenset({"soi"}), _lit, _laisser),),
    refus=(DejaUnMot,),
    registres=(Registre("livre_dor", Mot, _tenir, titre="Livre d'or"),),
)
# An installed package says `livre_dor = "mon_paquet.livre_dor:DOMAINE"` under the entry points "tierslieu.domaines",
# and the command line finds it too; here, in one process, the catalogue is made by hand.
CATALOGUE = catalogue_of([*plugins.found("tierslieu.domaines").values(), LIVRE_DOR])

if __name__ == "__main__":
    maintenant = Instant.from_utc(2026, 11, 23, 9)
    lieu = tl.ouvrir("memory:", horloge=lambda: maintenant, catalogue=CATALOGUE)
    lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"), par="camille")
    for mot in ("Merci pour le café !", "Et pour la perceuse."):
        reponse = lieu.demander("livre_dor.LaisserMot", {"personne": "camille", "mot": mot}, par="camille")
        print(reponse.verdict, *reponse.explication)
    print(*lieu.registre("livre_dor"), *lieu.audit("personne:camille")[1:], sep="\n")
    print(lieu.rejouer())
