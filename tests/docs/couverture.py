"""What the seed asks, line by line, and what answers it: ``python -m tests.docs.couverture > docs/couverture.md``.

A line says which stored names answer it; commands, facts, refusals and registers are then read from the declarations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Literal

import attrs

from tierslieu_core.domaines.cadre.regles.genres import GENRES
from tierslieu_core.kernel.catalogue import Catalogue
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.lieu import catalogue_finances, catalogue_of
from tierslieu_core.testing.laws import LOIS
from tierslieu_core.testing.machines import AREAS
from tierslieu_core.testing.spec import installed

EXEMPLES = Path(__file__).parents[2] / "examples"
Colonne = Literal["commandes", "faits", "refus", "registres", "regles", "loi", "exemple"]
COLONNES: Mapping[Colonne, str] = {
    "commandes": "Commandes", "faits": "Faits", "refus": "Refus", "registres": "Registres", "regles": "Règles",
    "loi": "Tenu par", "exemple": "Exemple",
}  # fmt: skip
RAISONS = {
    "noter": "noter ce qui a eu lieu ne se refuse pas",
    "mandat": "aucune règle du lieu ne juge cela : les mandats disent qui peut le demander",
    "consentement": "aucune règle du lieu ne juge cela : seules les personnes en décident, pour elles-mêmes",
}
"""Why a cell may be empty: nothing else is a reason."""
Raison = Literal["noter", "mandat", "consentement"]


@attrs.frozen
class Ligne:
    """One line of the seed. ``mots``: the stored names that answer it (``"besoins.*"``); ``regles``: kinds of rules.

    ``exemple``: the script that tells it. ``vides``: why a column has nothing.
    """

    id: str
    graine: str
    mots: tuple[str, ...]
    exemple: str = ""
    regles: tuple[str, ...] = ()
    vides: Mapping[Colonne, Raison] = attrs.Factory(dict)


LIGNES = (
    Ligne("D1", "il en définit les règles au fur et à mesure", ("regles.*",), "03_rules_that_change.py",
          ("preavis_de_regle",)),
    Ligne("D2", "une personne disposant de pouvoir et n'intervenant pas dans les questions financières",
          ("gouvernance.*", "attestations.*"), "29_*.py", ("attestation",)),
    Ligne("D3", "chaque tiers-lieu étant différent",
          ("gouvernance.FonderLieu", "gouvernance.LieuFonde", "gouvernance.FixerDroits", "gouvernance.DroitsFixes",
           "gouvernance.LieuDejaFonde", "publics.*", "regles.DeclarerFait", "regles.FaitDeclare", "demarches.*"),
          "03_rules_that_change.py", ("choix", "seuil", "exigence")),
    Ligne("D4", "charisme : les utilisateurs aiment bien le concierge", ("recours.*", "identites.*"),
          "02_refusals_explain_themselves.py", ("recours",)),
    Ligne("D5", "autorité : si le concierge avait tort, la confiance pourrait être rompue",
          ("recours.*", "corrections.*", "regles.AccorderDerogation", "regles.Derogation*"), "04_a_derogation.py",
          ("recours",)),
    Ligne("D6", "fédérateur : nouer des liens en comprenant ce que fait et ce dont a besoin chacun",
          ("rencontres.*", "consentements.*"), "15_*.py",
          vides={"regles": "consentement"}),
    Ligne("C1", "veille au respect des règles et des valeurs", ("sanctions.*", "regles.EcartConstate",
          "adhesions.ConvoquerAudition", "adhesions.ConstaterAudition", "adhesions.ExclureAdherent",
          "adhesions.Audition*", "adhesions.AdherentExclu"), "annee/saison.py",
          ("absences", "retards", "delai_audition")),
    Ligne("C2", "veille à la régie logistique", ("logistique.*",), "21_*.py"),
    Ligne("A1", "accueillir riverains, utilisateurs, bénévoles, partenaires…", ("accueil.*", "publics.*"), "12_*.py"),
    Ligne("A2", "sensibiliser les publics aux enjeux des tiers-lieux", ("sensibilisation.*",), "19_*.py"),
    Ligne("P1", "veiller au développement de la programmation", ("programmation.*",), "23_*.py"),
    Ligne("P2", "insuffler une dynamique de programmation participative", ("programmation.*",), "23_*.py"),
    Ligne("P3", "construire une programmation en fonction des besoins des publics", ("programmation.*", "besoins.*"),
          "23_*.py"),
    Ligne("P4", "favoriser l'expression des besoins", ("besoins.*",), "13_*.py"),
    Ligne("S1", "identifier les besoins des différents publics", ("besoins.*",), "13_*.py"),
    Ligne("S2", "identifier les besoins du territoire", ("besoins.*",), "13_*.py"),
    Ligne("S3", "favoriser l'expression des besoins des différents publics", ("besoins.*",), "13_*.py"),
    Ligne("S4", "développer et pérenniser les services", ("services.*",), "24_*.py"),
    Ligne("PA1", "créer, développer et entretenir une stratégie de partenariats", ("partenariats.*",), "25_*.py"),
    Ligne("PA2", "gérer les partenariats public, privé et citoyens", ("partenariats.*",), "25_*.py"),
    Ligne("CO1", "mettre en œuvre le plan de la cellule de communication de la structure associée",
          ("communication.*",), "16_*.py"),
    Ligne("CO2", "offrir de la visibilité aux membres de la communauté", ("communication.*", "consentements.*"),
          "16_*.py"),
    Ligne("CO3", "créer et diffuser les outils de communication internes et externes", ("communication.*",), "16_*.py"),
    Ligne("CO4", "promouvoir les activités du lieu (services, programmation et communauté)", ("communication.*",),
          "16_*.py"),
    Ligne("E1", "intégrer le tiers-lieu dans son écosystème local et international", ("ecosysteme.*",), "17_*.py",
          vides={"regles": "mandat"}),
    Ligne("E2", "insuffler des dynamiques participatives et de transitions", ("ecosysteme.*",), "17_*.py",
          vides={"regles": "mandat"}),
    Ligne("F1", "coordonner une offre d'accompagnement en fonction des besoins", ("formations.*",), "18_*.py",
          ("habilitation",)),
    Ligne("F2", "développer une offre de formation en fonction des besoins identifiés", ("formations.*",), "18_*.py",
          ("habilitation",)),
    Ligne("R1", "gestion, entretien et aménagement des espaces", ("espaces.*", "entretien.*"), "22_*.py",
          ("horaires", "fermeture", "battement")),
    Ligne("R2", "veiller à l'accès et à la sécurisation des lieux", ("acces.*",), "14_*.py", ("habilitation",)),
    Ligne("R3", "gestion et entretien du matériel", ("materiel.*", "prets.*", "entretien.*"), "01_open_and_lend.py",
          ("duree_pret", "renouvellements", "simultanes", "remise_en_etat", "kit_complet", "reparation")),
    Ligne("R4", "gestion de la mise à disposition des espaces", ("reservations.*",),
          "02_refusals_explain_themselves.py",
          ("duree", "quota", "preavis", "horizon", "presence", "absences", "priorite", "ordre_attente")),
    Ligne("G1", "assurer la gestion administrative du lieu (assurance, loyer, abonnement…)", ("contrats.*",),
          "27_*.py"),
    Ligne("G2", "centralisation des documents", ("documents.*",), "26_*.py"),
    Ligne("G3", "gestion du budget", ("finances.*",), "29_*.py"),
    Ligne("G4", "gestion des stocks", ("stocks.*",), "20_*.py"),
    Ligne("G5", "suivi administratif des utilisateurs (convention, facturation)",
          ("adhesions.*", "conventions.*", "finances.*"), "28_*.py", ("adhesion_a_jour",)),
    Ligne("DOC1", "documenter le quotidien", ("documentation.*",), "30_*.py"),
    Ligne("DOC2", "archiver", ("documentation.*", "archives.*"), "31_*.py"),
    Ligne("DOC3", "transmission de l'expérience de gestion du lieu", ("documentation.*",), "32_*.py"),
    Ligne("SE1", "sensibiliser aux outils", ("sensibilisation.*",), "19_*.py"),
    Ligne("SE2", "inciter (et former) à l'utilisation des outils", ("sensibilisation.*", "formations.*"), "19_*.py"),
)  # fmt: skip


def cellules(ligne: Ligne, catalogue: Catalogue) -> dict[Colonne, tuple[str, ...]]:
    """What answers a line, column by column."""

    def dits(noms: Sequence[str]) -> tuple[str, ...]:
        return tuple(n for n in noms if any(fnmatchcase(n, mot) for mot in ligne.mots))

    domaines = {mot.partition(".")[0] for mot in ligne.mots}
    faits = dits([fiche(fait).nom for d in catalogue.domaines for fait in d.faits])
    registres = [r.nom for r in catalogue.registres.values() if not {fiche(f).nom for f in r.faits}.isdisjoint(faits)]
    actions = sorted({m for n in dits(list(catalogue.demandes)) for m in _juge(catalogue, n)})
    machines = [f"machine « {area} »" for area in AREAS if area in domaines]
    return {
        "commandes": dits(list(catalogue.demandes)),
        "faits": faits,
        "refus": dits(list(catalogue.refus)),
        "registres": tuple(registres),
        "regles": (*ligne.regles, *actions),
        "loi": (f"les {len(LOIS)} [lois](lois.md)", *machines),
        "exemple": tuple(sorted(str(f.relative_to(EXEMPLES)) for f in EXEMPLES.glob(ligne.exemple)))
        if ligne.exemple
        else (),
    }


def _juge(catalogue: Catalogue, commande: str) -> Iterator[str]:
    """Whether rules judge a command, as a column says it."""
    if catalogue.demandes[commande].mesure is not None:
        yield f"toute règle sur `{commande}`"


def page() -> str:
    """The page, as ``docs/couverture.md`` holds it."""
    catalogue = complet()
    return "\n".join([ENTETE, *(_section(ligne, catalogue) for ligne in LIGNES)])


@cache
def complet() -> Catalogue:
    """Every area that this package declares, the finance body's own included."""
    finances = [d for d in catalogue_finances().domaines if d.nom not in {un.nom for un in installed().domaines}]
    return catalogue_of([*installed().domaines, *finances])


def _section(ligne: Ligne, catalogue: Catalogue) -> str:
    rows = [f"## {ligne.id} : {ligne.graine}\n", "| | |", "|---|---|"]
    for colonne, found in cellules(ligne, catalogue).items():
        said = ", ".join(_dit(colonne, un) for un in found) if found else f"*{RAISONS[ligne.vides[colonne]]}*"
        rows.append(f"| {COLONNES[colonne]} | {said} |")
    return "\n".join([*rows, ""])


def _dit(colonne: Colonne, un: str) -> str:
    if colonne == "exemple":
        return f"[{un}](../examples/{un})"
    if colonne == "regles" and un in GENRES:
        return f"[`{un}`](genres.md#{un})"
    return un if colonne in ("loi", "regles") else f"`{un}`"


ENTETE = """\
# Ce que la graine demande, et ce qui y répond

Une ligne du texte fondateur (la définition du concierge : D ; les missions de la conciergerie : C, A, P, S, PA, CO, E,
F, R, G, DOC, SE), et ce que le logiciel en fait. Page tirée des déclarations par
`python -m tests.docs.couverture > docs/couverture.md` : un test la tient égale au code, et refuse une case vide sans
raison.
"""

if __name__ == "__main__":
    print(page())  # noqa: T201 - the page
