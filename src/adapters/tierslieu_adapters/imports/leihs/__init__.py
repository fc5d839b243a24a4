"""Importing a leihs database: its models, its items, its people, and each loan asked again on the day that it began."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import attrs

from tierslieu_adapters.imports.leihs.export import Export, lire
from tierslieu_adapters.imports.leihs.lignes import lire_lignes, sans_suite
from tierslieu_adapters.imports.leihs.prets import Prets
from tierslieu_adapters.imports.personnes import Personnes
from tierslieu_adapters.imports.rapport import Rapport
from tierslieu_adapters.imports.reprise import FUSEAU, Etape, Progres, Reprise, Source
from tierslieu_core.domaines.cadre.representations import RepresenterPersonne
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, ConstaterEtat, CreerModele, RetirerObjet
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.identifiants import PersonneId

SOURCE: Final = Source("leihs", "leihs")


@attrs.frozen(kw_only=True)
class Options:
    """What may be said of a leihs export."""

    parc: str = champ("un seul de ses parcs (inventory pool), par son nom ou son sigle ; sinon, tous", default="")


def importer(  # noqa: PLR0913 - what an import may be told
    lieu: Lieu,
    dossier: Path,
    *,
    options: Options = Options(),
    progres: Progres | None = None,
    reglement: bool = False,
    essai: bool = False,
    par: str | None = None,
) -> Rapport:
    """Ask the place every loan of a leihs database exported as one CSV per table, each dated when it took place.

    What left and came back at the source since an earlier import is asked then. Parameters and errors: as for any
    import; ``DemandeInvalide`` too when the export has no such ``options.parc``.
    """
    rapport = Rapport(SOURCE.nom, essai=essai, chose="ligne")
    export = lire(Path(dossier), options.parc, rapport)
    reprise = Reprise(lieu, SOURCE, rapport, par=par, essai=essai, debut=export.debut)
    personnes = Personnes(reprise)
    trouver = personnes.trouver
    qui = {u.id: trouver(u.id, u.nom, u.contact, reprise.debut, u.ou) for u in export.utilisateurs.values()}
    prets = Prets(reprise, lire_lignes(export, qui, rapport), lieu.livre.zone or FUSEAU)
    if not reglement and lieu.livre.lieu is not None:
        reprise.sans_regles(prets.nouvelles())
    reprise.fonder("leihs.lieu", export.nom, FUSEAU)
    etapes = [*personnes.etapes(), *_ranger(reprise, export), *_deleguer(reprise, export, qui)]
    etapes += [*prets.annulations(sans_suite(export)), *prets.etapes(), *_constater(reprise, export)]
    reprise.derouler(etapes, progres)
    return rapport


def _ranger(reprise: Reprise, export: Export) -> Iterator[Etape]:
    """What the place has."""
    for m in export.modeles.values():
        creer = CreerModele(
            modele=m.id, nom=m.nom, categorie=m.categorie, description=m.description, parties=m.parties,
            quantite=m.quantite,
        )  # fmt: skip
        yield partial(reprise.ranger_une_fois, "modèle", f"leihs.modele.{m.id}", creer, reprise.debut, m.ou)
    for o in export.objets.values():
        ajouter = AjouterObjet(objet=o.id, modele=o.modele, nom=o.nom, etat=o.etat)
        yield partial(reprise.ranger_une_fois, "objet", f"leihs.objet.{o.id}", ajouter, reprise.debut, o.ou)


def _deleguer(reprise: Reprise, export: Export, qui: Mapping[PersonneId, PersonneId]) -> Iterator[Etape]:
    """Who acts for a delegation, which is a group of people."""
    debut = reprise.debut
    for u in export.utilisateurs.values():
        for membre in u.membres:
            representer = RepresenterPersonne(
                personne=qui[u.id], representant=qui[membre], du=debut.to_tz(FUSEAU).date()
            )
            yield partial(reprise.noter, f"leihs.delegation.{u.id}.{membre}"[:120], representer, debut, u.ou)


def _constater(reprise: Reprise, export: Export) -> Iterator[Etape]:
    """What is broken or retired at the source now, once what took place before is told."""
    for o in export.objets.values():
        if o.casse:
            constater = ConstaterEtat(objet=o.id, etat_general="en panne")
            yield partial(reprise.noter, f"leihs.panne.{o.id}", constater, reprise.lieu.horloge(), o.ou)
        if o.retire is not None:
            retirer = RetirerObjet(objet=o.id, le=o.retire, motif=o.pourquoi)
            yield partial(reprise.noter, f"leihs.retrait.{o.id}", retirer, reprise.lieu.horloge(), o.ou)
