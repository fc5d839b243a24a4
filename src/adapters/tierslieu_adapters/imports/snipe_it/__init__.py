"""Importing what Snipe-IT keeps: models, items, accessories by number, people, and who has what in hand today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import attrs
from whenever import Date

from tierslieu_adapters.imports.personnes import Personnes
from tierslieu_adapters.imports.rapport import Rapport
from tierslieu_adapters.imports.reprise import FUSEAU, Etape, Progres, Reprise, Source
from tierslieu_adapters.imports.snipe_it.export import Export, Objet, lire
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, ConstaterEtat, CreerModele, RetirerObjet
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.identifiants import PersonneId

SOURCE: Final = Source("Snipe-IT", "snipe")
JOURS: Final = 30


@attrs.frozen(kw_only=True)
class Options:
    """What may be said of a Snipe-IT export."""

    retour: Date | None = champ(f"quand rendre ce qui est prêté ; sinon, dans {JOURS} jours", default=None)  # noqa: RUF009 - champ() is an attrs field


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
    """Tell the place what Snipe-IT has, and ask it each loan in hand, from today.

    Snipe-IT tells neither since when nor until when: a loan is to be returned when its line expects it, else on
    ``options.retour``, else in thirty days. Parameters and errors: as for any import.
    """
    rapport = Rapport(SOURCE.nom, essai=essai, chose="ligne")
    export = lire(Path(dossier), rapport)
    reprise = Reprise(lieu, SOURCE, rapport, par=par, essai=essai)
    personnes = Personnes(reprise)
    qui = {
        nom: personnes.trouver(personnes.opaque(nom), u.nom, u.contact, reprise.debut, u.ou)
        for nom, u in export.utilisateurs.items()
    }
    if not reglement and lieu.livre.lieu is not None:
        reprise.sans_regles((_cle(o, qui[o.a]), reprise.debut) for o in export.objets.values() if o.a)
    reprise.fonder("snipe-it.lieu", f"Lieu importé de {SOURCE.nom}", FUSEAU)
    aujourdhui = reprise.lieu.aujourdhui
    retour = options.retour or aujourdhui.add(days=JOURS)
    steps = [*personnes.etapes(), *_ranger(reprise, export), *_prets(reprise, export, qui, retour)]
    reprise.derouler([*steps, *_constater(reprise, export, aujourdhui)], progres)
    return rapport


def _cle(o: Objet, personne: PersonneId) -> str:
    return f"snipe-it.pret.{o.id}.{personne}"


def _ranger(reprise: Reprise, export: Export) -> Iterator[Etape]:
    """What the place has."""
    for m in export.modeles.values():
        creer = CreerModele(
            modele=m.id, nom=m.nom, categorie=m.categorie, description=m.description, quantite=m.quantite
        )
        yield partial(reprise.ranger_une_fois, "modèle", f"snipe-it.modele.{m.id}", creer, reprise.debut, m.ou)
    for o in export.objets.values():
        ajouter = AjouterObjet(objet=o.id, modele=o.modele, nom=o.nom, etat=o.etat)
        yield partial(reprise.ranger_une_fois, "objet", f"snipe-it.objet.{o.id}", ajouter, reprise.debut, o.ou)


def _prets(reprise: Reprise, export: Export, qui: Mapping[str, PersonneId], retour: Date) -> Iterator[Etape]:
    """What is in hand; and, of what an earlier import said so, what Snipe-IT no longer says."""
    for o in export.objets.values():
        if o.a:
            preter = PreterObjet(objet=o.id, personne=qui[o.a], retour=o.retour or retour)
            yield partial(reprise.une_fois, _cle(o, qui[o.a]), preter, reprise.lieu.horloge(), o.ou)
    held = {p.objet: p.personne for p in reprise.lieu.registre("prets")} if reprise.lieu.livre.lieu else {}
    for o in export.objets.values():
        if o.id in held and held[o.id] != (qui[o.a] if o.a else None):
            said = "n'est plus prêté à la même personne dans Snipe-IT : enregistrez d'abord le retour dans le lieu"
            yield partial(reprise.rapport.signaler, o.ou, said)


def _constater(reprise: Reprise, export: Export, aujourdhui: Date) -> Iterator[Etape]:
    """What its state says today."""
    now = reprise.lieu.horloge()
    for o in export.objets.values():
        if o.retire:
            retirer = RetirerObjet(objet=o.id, le=aujourdhui, motif=f"« {o.etat} » dans Snipe-IT")
            if reprise.verdict_de(f"snipe-it.retrait.{o.id}") is None:
                yield partial(reprise.noter, f"snipe-it.retrait.{o.id}", retirer, now, o.ou)
        elif o.casse:
            constater = ConstaterEtat(objet=o.id, etat_general="en panne")
            yield partial(reprise.noter, f"snipe-it.panne.{o.id}", constater, now, o.ou)
