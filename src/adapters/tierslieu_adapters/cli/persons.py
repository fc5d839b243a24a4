"""``chercher`` and ``oublier``: persons, found by name, and forgotten for good."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import attrs
from cyclopts import Parameter

from tierslieu_adapters.cli.reading import Ici, Json, rows_in
from tierslieu_adapters.cli.screen import Screen
from tierslieu_adapters.cli.subjects import person_of
from tierslieu_adapters.cli.values import plain
from tierslieu_core.kernel.errors import CoffreAbsent, DemandeInvalide
from tierslieu_core.vocabulaire.francais import compte, liste

if TYPE_CHECKING:
    from tierslieu_core.lieu import Lieu


def chercher(
    nom: Annotated[str, Parameter(help="un nom, ou son début ; accents et majuscules ne comptent pas")],
    /,
    *,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Trouver une personne par son nom."""
    found = session.founded().chercher(nom)
    if en_json:
        session.screen.json([{"personne": one, "nom": name} for one, name in found])
    elif not found:
        everyone = "Tout le monde : tierslieu registre personnes"
        session.screen.say(f"Personne, dans ce lieu, ne répond à « {nom} ». {everyone}")
    else:
        session.screen.table(("personne", "nom"), found)


def dossier(
    personne: Annotated[str, Parameter(help="son identifiant, ou son nom s'il n'est qu'à elle")],
    /,
    *,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Lire tout ce que le lieu sait d'une personne, comme elle peut le demander."""
    lieu = session.founded()
    found, screen = lieu.dossier(person_of(lieu, personne)), session.screen
    speaker = lieu.speaker()
    if en_json:
        feuillets = {f.registre: [plain(lieu.catalogue, speaker, un) for un in f.lignes] for f in found.feuillets}
        decisions = [{**attrs.asdict(one.trace), "suites": one.suites} for one in found.decisions]
        said = {"personne": found.personne, "identifiants": found.identifiants, "registres": feuillets}
        screen.json({**said, "decisions": decisions, "conservations": found.conservations})
        return
    name = lieu.nommer("personne", found.personne)
    screen.title(f"{name} : ce que le lieu sait")
    for feuillet in found.feuillets:
        screen.say()
        screen.title(f"{feuillet.titre} : {compte(len(feuillet.lignes), 'ligne')}")
        rows_in(screen, lieu, speaker, feuillet.lignes)
    screen.say()
    screen.say(f"{compte(len(found.decisions), 'décision')} : tierslieu decisions --personne {found.personne}", "dim")
    kept = f"gardé pour : {liste(found.conservations)}" if found.conservations else "plus rien de personnel n'est gardé"
    screen.say(f"Ce qui est écrit à son sujet est {kept}. Tout effacer : tierslieu oublier {found.personne}", "dim")


def liens(
    personne: Annotated[str | None, Parameter(help="pour une seule personne ; sans elle, toutes")] = None,
    /,
    *,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Voir qui pourrait rencontrer qui, et pourquoi, d'après ce que chacun a choisi de partager."""
    lieu = session.founded()
    found = lieu.liens_possibles(None if personne is None else person_of(lieu, personne))
    speaker = lieu.speaker()
    if en_json:
        session.screen.json([attrs.asdict(un) for un in found])
    elif not found:
        session.screen.say(
            "Aucun lien à proposer : il naît de ce que les uns cherchent et que d'autres offrent ou savent."
        )
    else:
        names = [(speaker.nommer("personne", un.personne), speaker.nommer("personne", un.avec)) for un in found]
        rows = [(*who, un.pourquoi(lieu)) for who, un in zip(names, found, strict=True)]
        session.screen.table(("qui cherche", "avec qui", "pourquoi"), rows)


def oublier(
    personne: Annotated[str, Parameter(help="son identifiant, ou son nom s'il n'est qu'à elle")],
    /,
    *,
    oui: Annotated[bool, Parameter(help="ne pas demander de confirmation")] = False,
    en_json: Json = False,
    session: Ici,
) -> int:
    """Oublier une personne : tout ce qui est personnel à son sujet devient illisible, pour toujours."""
    lieu = session.founded()
    one = person_of(lieu, personne)
    forget = getattr(lieu.vault, "oublier", None)
    if forget is None:
        raise CoffreAbsent("Ce coffre ne sait pas oublier : ouvrez le lieu avec son fichier .coffre et sa clé.")
    name = lieu.nommer("personne", one)
    who = (f"{name} ({one})" if name != one else one) + _held(lieu, one)
    if not oui and not _confirmed(session.screen, who):
        session.screen.say("Rien n'a été effacé.")
        return 0
    oubli = forget(one)
    if en_json:
        session.screen.json({"personne": one, "conservations": list(oubli.conservations)})
        return 0
    if not oubli.conservations:
        session.screen.say(f"Il n'y avait plus rien de personnel à effacer au sujet de {one}.")
        return 0
    session.screen.verdict("accord", f"C'est fait : {one}. Clés détruites : {liste(oubli.conservations)}.")
    session.screen.say(
        "Ses noms et ce qui fut écrit à son sujet sont illisibles pour toujours ; les faits et les preuves restent."
        " Si cette personne revient, inscrivez-la sous un nouvel identifiant.",
        indent=2,
    )
    return 0


def _held(lieu: Lieu, one: str) -> str:
    """The mandates in force of the person, to think of before."""
    table, today = lieu.livre.mandats, lieu.aujourdhui
    roles = [m.role for m in table.de(one) if m.du <= today and table.tient_jusqu_a(m, today)]
    return (
        f", qui tient {'le mandat' if len(roles) == 1 else 'les mandats'} {liste([f'« {r} »' for r in roles])},"
        if roles
        else ""
    )


def _confirmed(screen: Screen, who: str) -> bool:
    if not sys.stdin.isatty():
        raise DemandeInvalide(f"Oublier {who} est sans retour : ajoutez --oui pour le confirmer.")
    screen.say(f"Oublier {who} ? Rien de personnel à son sujet ne pourra plus être lu, jamais, par personne.")
    return input("Tapez « oui » pour confirmer : ").strip().lower() == "oui"
