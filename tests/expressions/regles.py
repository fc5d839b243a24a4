"""Rules of expressions and what they measure, made short."""

from __future__ import annotations

from whenever import Date, Instant, Time

from tierslieu_adapters.expressions import ClauseNommee, Expression
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.regles import AdopterRegle, Portee
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.lieu import ouvrir
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, RegleId
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Moment, Periode

PARIS = "Europe/Paris"
LUNDI = Date(2026, 11, 23)
OUI, NON, INCONNU = "satisfaite", "refuse", "indeterminee"


def regle(*cels: str, **faits):
    """A rule of these clauses, named ``c1``, ``c2``…; each says of itself what it is."""
    clauses = tuple(ClauseNommee(id=f"c{n}", libelle=f"clause {n}", cel=cel) for n, cel in enumerate(cels, 1))
    return Expression(clauses=clauses, faits=faits)


def reserver(debut="2026-11-23T14:00", fin="2026-11-23T16:00", zone=PARIS, **autres):
    p = Periode(Moment.depuis_texte(debut), Moment.depuis_texte(fin), zone)
    return Mesures(
        action="reserver", personne=PersonneId("ana"), lieux=("espace:verte", "categorie:salle"),
        jour=p.debut.local.date(), periode=p, **autres,
    )  # fmt: skip


def preter(jours=7, jour=LUNDI, **autres):
    p = Periode(Moment(jour.at(Time(0))), Moment(jour.add(days=jours + 1).at(Time(0))), PARIS)
    return Mesures(
        action="preter", personne=PersonneId("ana"), lieux=("objet:perceuse",), jour=jour, periode=p, duree_jours=jours,
        **autres,
    )  # fmt: skip


def renouveler(**autres):
    return Mesures(
        action="renouveler", personne=PersonneId("ana"), lieux=("objet:perceuse",), jour=LUNDI,
        duree_jours=3, renouvellements=1, **autres,
    )  # fmt: skip


def juge(genre, m):
    return genre.juge(genre.mesure(m).valeur)


# ── a real place ────────────────────────────────────────────────────────────────────────────────────────────────────

MAINTENANT = Instant.from_utc(2026, 11, 20, 9)
SALLE = Expression(
    clauses=(
        ClauseNommee(
            id="douze", libelle="douze personnes au plus le soir", cel="heure(fin) <= 18 || participants <= 12"
        ),
        ClauseNommee(id="semaine", libelle="du lundi au vendredi", cel="jour_semaine(debut) <= 5"),
    )
)


def demande(lieu, commande, cle):
    """Ask, as Camille, on the Friday before."""
    return lieu.executer(commande, par="camille", cle=cle, maintenant=MAINTENANT)


def reservation(debut="2026-11-23T17:00", fin="2026-11-23T19:00", **autres):
    return ReserverEspace(
        espace=EspaceId("verte"), personne=PersonneId("camille"), debut=Moment.depuis_texte(debut),
        fin=Moment.depuis_texte(fin), **autres,
    )  # fmt: skip


def adopter(genre=SALLE, nom="salle", **autres):
    return AdopterRegle(
        regle=RegleId(nom), genre=genre, du=Date(2026, 11, 20), motif="assemblée", portee=Portee(actions=("reserver",)),
        **autres,
    )  # fmt: skip


def quai(url):
    """A place with its green room, under the rule ``SALLE``, in a real journal."""
    lieu = ouvrir(str(url), horloge=lambda: MAINTENANT)
    fonder = FonderLieu(nom="Le Quai", personne=PersonneId("camille"), nom_personne="Camille Martin")
    for n, commande in enumerate((fonder, OuvrirEspace(espace=EspaceId("verte"), nom="Salle verte"), adopter())):
        assert demande(lieu, commande, f"debut-{n}").verdict == "accord"
    return lieu
