"""The lines of a leihs database: each is a loan that took place, a reservation of a model, or nothing yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import attrs
from whenever import Date, Instant

from tierslieu_adapters.imports.dates import instant, jour
from tierslieu_adapters.imports.identifiants import lisible
from tierslieu_adapters.imports.leihs.export import Export, modele_id, objet_id, option_id, personne_id
from tierslieu_adapters.imports.rapport import Rapport
from tierslieu_adapters.imports.tables import Ligne, par_cle
from tierslieu_core.vocabulaire.francais import date
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId, PersonneId

SANS_SUITE: Final = {
    "draft": "brouillon dans leihs, jamais envoyé : rien à reprendre",
    "unsubmitted": "panier jamais envoyé dans leihs : rien à reprendre",
    "submitted": "attend encore un accord dans leihs : à demander dans le lieu",
    "rejected": "refusée dans leihs : rien à reprendre",
    "canceled": "annulée dans leihs : rien à reprendre",
}
PREVUE, SORTIE, RENDUE = "approved", "signed", "closed"


@attrs.frozen
class Demandee:
    """One line, from ``du`` to ``au`` (included). ``objet``: the item; ``None``: not yet chosen, or an option.

    ``rendue``: the day that it came back; ``le``: when it was asked, if told.
    """

    id: str
    ou: str
    etat: str
    modele: ModeleId
    objet: ObjetId | None
    quantite: int
    personne: PersonneId
    du: Date
    au: Date
    rendue: Date | None
    le: Instant | None


def lire_lignes(export: Export, qui: Mapping[PersonneId, PersonneId], rapport: Rapport) -> list[Demandee]:
    """Those to be asked, in the order of their days; ``qui``: the person that each user is here. The rest is told."""
    lues = par_cle(export.lignes, "id", rapport.indecidable)
    found = [one for one in (_lire(un, x, export, qui, rapport) for un, x in lues.items()) if one is not None]
    return sorted(found, key=lambda d: (d.du, d.rendue or d.au, d.id))


def sans_suite(export: Export) -> list[tuple[str, str]]:
    """The id of each line that leihs refused, cancelled, or never sent; and where it stands."""
    return [(lisible(x.texte("id")), x.ou) for x in export.lignes if x.texte("status").lower() in SANS_SUITE]


def _lire(un: str, x: Ligne, export: Export, qui: Mapping[PersonneId, PersonneId], rapport: Rapport) -> Demandee | None:
    etat = x.texte("status").lower()
    if etat in SANS_SUITE:
        rapport.signaler(x.ou, SANS_SUITE[etat])
        return None
    fault = next(_fautes(x, etat, export, qui), None)
    du, au = jour(x.texte("start_date")), jour(x.texte("end_date"))
    if fault is not None or du is None or au is None:
        rapport.indecidable(x.ou, fault or "")
        return None
    rendue = jour(x.texte("returned_date")) if etat == RENDUE else None
    if etat == RENDUE and rendue is None:
        rendue = au
        rapport.signaler(x.ou, "rendue, sans date de retour : datée du dernier jour prévu")
    return Demandee(
        id=lisible(un), ou=x.ou, etat=etat, modele=_modele(x), quantite=x.entier("quantity") or 1,
        objet=None if _option(x) or etat == PREVUE else objet_id(x.texte("item_id")),
        personne=qui[personne_id(x.texte("user_id"))], du=du, au=au, rendue=rendue, le=instant(x.texte("created_at")),
    )  # fmt: skip


def _fautes(x: Ligne, etat: str, export: Export, qui: Mapping[PersonneId, PersonneId]) -> Iterator[str]:
    """Why a line cannot be decided: what must be right first comes first."""
    du, au, rendue = (jour(x.texte(colonne)) for colonne in ("start_date", "end_date", "returned_date"))
    if etat not in (PREVUE, SORTIE, RENDUE):
        yield f"état inconnu : « {x.texte('status')} »"
    if personne_id(x.texte("user_id")) not in qui:
        yield f"personne inconnue : « {x.texte('user_id')} »"
    if du is None:
        yield f"date illisible (start_date) : « {x.texte('start_date')} »"
    elif au is None:
        yield f"date illisible (end_date) : « {x.texte('end_date')} »"
    elif au < du:
        yield f"la fin ({date(au)}) vient avant le début ({date(du)})"
    elif etat == RENDUE and rendue is not None and rendue < du:
        yield f"rendue ({date(rendue)}) avant d'être prêtée ({date(du)})"
    if _option(x) or etat == PREVUE:
        if _modele(x) not in export.modeles:
            yield f"modèle inconnu : « {x.texte('option_id') if _option(x) else x.texte('model_id')} »"
    elif objet_id(x.texte("item_id")) not in export.objets:
        yield f"objet inconnu : « {x.texte('item_id')} »"


def _option(x: Ligne) -> bool:
    return x.texte("type").lower() == "optionline"


def _modele(x: Ligne) -> ModeleId:
    return option_id(x.texte("option_id")) if _option(x) else modele_id(x.texte("model_id"))
