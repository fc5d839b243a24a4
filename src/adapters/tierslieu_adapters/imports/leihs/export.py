"""A leihs database as one CSV per table, read into what a place can be asked.

Tables and columns: ``leihs_database``. Days are whole, the last one included. A reservation asks for a model; its item
appears when it is handed over: ``signed``, it is out; ``closed``, it came back. Prices are never read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs
from whenever import Date, Instant

from tierslieu_adapters.imports.dates import instant, jour
from tierslieu_adapters.imports.identifiants import lisible
from tierslieu_adapters.imports.rapport import Rapport
from tierslieu_adapters.imports.tables import Ligne, lire_table, par_cle
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.vocabulaire.francais import compte
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId, PersonneId
from tierslieu_core.vocabulaire.parties import Parties, parties_de

TABLES: Final = {
    "models.csv": ("id", "product"),
    "items.csv": ("id", "model_id"),
    "users.csv": ("id",),
    "reservations.csv": ("id", "status", "user_id", "start_date", "end_date"),
}
FACULTATIVES: Final = {
    "inventory_pools.csv": ("id", "name"),
    "options.csv": ("id", "product"),
    "delegations_direct_users.csv": ("delegation_id", "user_id"),
    "holidays.csv": ("start_date", "end_date"),
    "entitlement_groups.csv": ("id", "name"),
}
NON_REPRISES: Final = {
    "workdays.csv": "les jours d'ouverture se disent par une règle d'horaires",
    "entitlements.csv": "qui a droit à quel matériel se dit par une règle",
    "direct_access_rights.csv": "un mandat se donne dans le lieu, jamais par un import",
    "groups.csv": "les groupes de leihs ne sont pas ceux du lieu",
    "groups_users.csv": "les groupes de leihs ne sont pas ceux du lieu",
    "contracts.csv": "chaque ligne prêtée est reprise par elle-même",
    "orders.csv": "chaque ligne demandée est reprise par elle-même",
    "buildings.csv": "où se range un objet n'est pas un espace que l'on réserve",
    "rooms.csv": "où se range un objet n'est pas un espace que l'on réserve",
}


@attrs.frozen
class Modele:
    """What becomes a model; ``parties``: of a package, what it holds; ``quantite``: of an option, how many."""

    id: ModeleId
    ou: str
    nom: str
    categorie: str
    description: str
    parties: Parties = ()
    quantite: int | None = None


@attrs.frozen
class Objet:
    """What becomes an item. ``casse``, ``retire``: as it is now; ``pourquoi``: why it was retired."""

    id: ObjetId
    ou: str
    modele: ModeleId
    nom: str
    etat: str
    casse: bool
    retire: Date | None
    pourquoi: str


@attrs.frozen
class Utilisateur:
    """Who becomes a person; ``membres``: of a delegation, who acts for it, whoever answers for it first."""

    id: PersonneId
    ou: str
    nom: str
    contact: str | None
    membres: tuple[PersonneId, ...]


@attrs.frozen
class Export:
    """All that could be read; ``debut``: the first instant that it tells; ``nom``: of the pool, if one was chosen."""

    nom: str
    modeles: dict[ModeleId, Modele]
    objets: dict[ObjetId, Objet]
    utilisateurs: dict[PersonneId, Utilisateur]
    lignes: list[Ligne]
    debut: Instant | None


def lire(dossier: Path, parc: str, rapport: Rapport) -> Export:
    """The export in a folder, of one pool or of all; ``DemandeInvalide`` when it is no export, or has no such pool."""
    if not all((dossier / nom).is_file() for nom in ("models.csv", "items.csv")):
        raise DemandeInvalide(
            f"« {dossier} » n'est pas un export de leihs : on y cherche les tables de sa base, une par fichier "
            f"({', '.join([*TABLES, *FACULTATIVES])})."
        )
    tables = {nom: lire_table(dossier, nom, requises, rapport.signaler) for nom, requises in TABLES.items()}
    tables |= {
        nom: lire_table(dossier, nom, requises, rapport.signaler)
        for nom, requises in FACULTATIVES.items()
        if (dossier / nom).is_file()
    }
    pools = par_cle(tables.get("inventory_pools.csv", []), "id", rapport.signaler)
    voulu = _parc(pools, parc)
    if voulu:
        tables = {nom: [x for x in rows if x.texte("inventory_pool_id") in ("", voulu)] for nom, rows in tables.items()}
    _non_reprises(dossier, tables, pools, rapport)
    items = par_cle(tables["items.csv"], "id", rapport.signaler)
    modeles = _modeles(tables, items, rapport)
    objets = {o.id: o for o in _objets(items, modeles, rapport)}
    if voulu:
        used = {o.modele for o in objets.values()}
        used |= {modele_id(x.texte("model_id")) for x in tables["reservations.csv"]}
        modeles = {un: m for un, m in modeles.items() if un in used or m.categorie == "option"}
    dates = [instant(x.texte("created_at")) for rows in tables.values() for x in rows]
    return Export(
        nom=pools[voulu].texte("name") if voulu else "Lieu importé de leihs",
        modeles=modeles,
        objets=objets,
        utilisateurs={u.id: u for u in _utilisateurs(tables, rapport)},
        lignes=tables["reservations.csv"],
        debut=min((quand for quand in dates if quand is not None), default=None),
    )


def modele_id(un: str) -> ModeleId:
    """The model that a leihs model becomes."""
    return ModeleId(lisible(un, "leihs-m-"))


def objet_id(un: str) -> ObjetId:
    """The item that a leihs item becomes."""
    return ObjetId(lisible(un, "leihs-i-"))


def personne_id(un: str) -> PersonneId:
    """The person, or the delegation, that a leihs user becomes."""
    return PersonneId(lisible(un, "leihs-u-"))


def option_id(un: str) -> ModeleId:
    """The model that a leihs option becomes."""
    return ModeleId(lisible(un, "leihs-o-"))


def _parc(pools: dict[str, Ligne], parc: str) -> str:
    if not parc:
        return ""
    found = [un for un, x in pools.items() if parc in (un, x.texte("name"), x.texte("shortname"))]
    if not found:
        known = ", ".join(sorted(x.texte("name") for x in pools.values())) or "aucun"
        raise DemandeInvalide(f"Aucun parc « {parc} » dans cet export. Parcs : {known}.")
    return found[0]


def _non_reprises(dossier: Path, tables: dict[str, list[Ligne]], pools: dict[str, Ligne], rapport: Rapport) -> None:
    """Say what the place is not asked, and how it is to be told to it."""
    for nom, pourquoi in NON_REPRISES.items():
        n = len(lire_table(dossier, nom, (), rapport.signaler)) if (dossier / nom).is_file() else 0
        if n:
            rapport.signaler(nom, f"{compte(n, 'ligne')} : {pourquoi}")
    for x in tables.get("holidays.csv", []):
        pool = pools.get(x.texte("inventory_pool_id"))
        where = f" ({pool.texte('name')})" if pool else ""
        said = f"fermeture du {x.texte('start_date')} au {x.texte('end_date')}{where}, « {x.texte('name')} »"
        rapport.signaler(x.ou, f"{said} : à dire par une règle d'horaires")
    for x in tables.get("entitlement_groups.csv", []):
        rapport.signaler(x.ou, f"groupe de droits « {x.texte('name')} » : qui a droit à quoi se dit par une règle")


def _modeles(tables: dict[str, list[Ligne]], items: dict[str, Ligne], rapport: Rapport) -> dict[ModeleId, Modele]:
    models = par_cle(tables["models.csv"], "id", rapport.signaler)
    contents = _contenus(items, models, rapport)
    found = [
        Modele(
            id=modele_id(un), ou=x.ou, nom=_nom(x), categorie=_categorie(x), description=_description(x),
            parties=contents.get(un, ()),
        )
        for un, x in models.items()
    ]  # fmt: skip
    return {m.id: m for m in (*found, *_options(tables, rapport))}


def _options(tables: dict[str, list[Ligne]], rapport: Rapport) -> Iterator[Modele]:
    """Options, of which leihs counts none: as many as its lines ask for, so that none is refused for want of them."""
    for un, x in par_cle(tables.get("options.csv", []), "id", rapport.signaler).items():
        asked = [r.entier("quantity") or 1 for r in tables["reservations.csv"] if r.texte("option_id") == un]
        n = sum(asked)
        rapport.signaler(x.ou, f"leihs ne compte pas les exemplaires d'une option : {n}, à corriger au besoin")
        yield Modele(option_id(un), x.ou, _nom(x), "option", _description(x), quantite=n)


def _contenus(items: dict[str, Ligne], models: dict[str, Ligne], rapport: Rapport) -> dict[str, Parties]:
    """What each package holds, by its model: as the first of its items that holds anything does."""
    inside: dict[str, Counter[str]] = defaultdict(Counter)
    for x in items.values():
        if x.texte("parent_id"):
            model = models.get(x.texte("model_id"))
            inside[x.texte("parent_id")][_nom(model) if model else x.texte("model_id")] += 1
    found: dict[str, Counter[str]] = {}
    for package, parts in inside.items():
        held = items.get(package)
        if held is None:
            continue  # told with each of its parts
        first = found.setdefault(held.texte("model_id"), parts)
        if first != parts:
            rapport.signaler(held.ou, "ce lot ne contient pas ce que contient le premier de son modèle : à constater")
    return {model: parties_de(parts) for model, parts in found.items()}


def _objets(items: dict[str, Ligne], modeles: dict[ModeleId, Modele], rapport: Rapport) -> Iterator[Objet]:
    for un, x in items.items():
        modele = modeles.get(modele_id(x.texte("model_id")))
        if modele is None:
            rapport.signaler(x.ou, f"modèle inconnu : « {x.texte('model_id')} » ; cet objet n'est pas repris")
            continue
        package = x.texte("parent_id")
        if package in items:
            rapport.signaler(x.ou, f"pièce du lot {_code(items[package])} : comptée avec lui, pas à part")
            continue
        if package:
            rapport.signaler(x.ou, f"lot inconnu : « {package} » ; l'objet est repris seul")
        if _vrai(x, "is_incomplete"):
            rapport.signaler(x.ou, "incomplet dans leihs, sans que cela dise de quoi : à constater")
        if x.texte("is_borrowable") == "false":
            rapport.signaler(x.ou, "ne s'emprunte pas dans leihs : à dire par une règle, ou mettez-le hors service")
        retired = x.texte("retired")
        if retired and jour(retired) is None and retired != "false":
            rapport.signaler(x.ou, f"date de retrait illisible : « {retired} » ; l'objet reste au matériel")
        etats = [etat for colonne, etat in _ETATS.items() if _vrai(x, colonne)]
        yield Objet(
            id=objet_id(un), ou=x.ou, modele=modele.id, nom=f"{modele.nom} ({_code(x)})",
            etat=", ".join(etats) or "bon état", casse=_vrai(x, "is_broken"), retire=jour(retired),
            pourquoi=x.texte("retired_reason") or "retiré dans leihs",
        )  # fmt: skip


_ETATS: Final = {"is_broken": "cassé", "is_incomplete": "incomplet"}


def _utilisateurs(tables: dict[str, list[Ligne]], rapport: Rapport) -> Iterator[Utilisateur]:
    users = par_cle(tables["users.csv"], "id", rapport.signaler)
    members: dict[str, list[str]] = defaultdict(list)
    for un, x in users.items():
        if x.texte("delegator_user_id"):
            members[un].append(x.texte("delegator_user_id"))
    for x in tables.get("delegations_direct_users.csv", []):
        if x.texte("delegation_id") not in users or x.texte("user_id") not in users:
            rapport.signaler(x.ou, "délégation ou personne inconnue : ce membre n'est pas repris")
        elif x.texte("user_id") not in members[x.texte("delegation_id")]:
            members[x.texte("delegation_id")].append(x.texte("user_id"))
    for un, x in users.items():
        nom = " ".join(n for n in (x.texte("firstname"), x.texte("lastname")) if n) or x.texte("login")
        contact = ", ".join(c for c in (x.texte("email"), x.texte("phone")) if c)
        known = tuple(personne_id(one) for one in members[un] if one in users)
        yield Utilisateur(personne_id(un), x.ou, nom or f"Utilisateur {un}", contact or None, known)


def _nom(x: Ligne) -> str:
    return " ".join(n for n in (x.texte("product"), x.texte("version")) if n) or "Sans nom"


def _categorie(x: Ligne) -> str:
    if x.texte("type").lower() == "software":
        return "logiciel"
    return "lot" if _vrai(x, "is_package") else "matériel"


def _description(x: Ligne) -> str:
    maker = x.texte("manufacturer")
    return " — ".join(t for t in (f"Fabricant : {maker}" if maker else "", x.texte("description")) if t)


def _code(x: Ligne) -> str:
    return x.texte("inventory_code") or x.texte("serial_number") or x.texte("id")[:8]


def _vrai(x: Ligne, colonne: str) -> bool:
    return x.texte(colonne).lower() in ("true", "t", "1")
