"""The lines of a leihs database: each is a loan that took place, a reservation to come, or nothing yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

import attrs
from whenever import Date, Instant

from tierslieu_adapters.imports.dates import jour, midi
from tierslieu_adapters.imports.identifiants import lisible
from tierslieu_adapters.imports.leihs.export import Export, objet_id, personne_id
from tierslieu_adapters.imports.reprise import Etape, Reprise
from tierslieu_adapters.imports.tables import Ligne, par_cle
from tierslieu_core.domaines.usages.prets import PreterObjet, RendreObjet, RenouvelerPret
from tierslieu_core.vocabulaire.identifiants import ObjetId, PersonneId

SANS_SUITE: Final = {
    "draft": "brouillon dans leihs, jamais envoyé : rien à reprendre",
    "unsubmitted": "panier jamais envoyé dans leihs : rien à reprendre",
    "submitted": "attend encore un accord dans leihs : à demander dans le lieu",
    "rejected": "refusée dans leihs : rien à reprendre",
    "canceled": "annulée dans leihs : rien à reprendre",
}


@attrs.frozen
class Pret:
    """An item out from ``du`` to ``au`` (included); ``rendu``: the day that it came back."""

    cle: str
    ou: str
    objet: ObjetId
    personne: PersonneId
    du: Date
    au: Date
    rendu: Date | None


class Lignes:
    """What each line asks of the place, in the order of the days; ``qui``: the person that each user is here."""

    def __init__(self, reprise: Reprise, export: Export, qui: Mapping[PersonneId, PersonneId], zone: str) -> None:
        self.reprise, self.rapport, self.export, self.qui, self.zone = reprise, reprise.rapport, export, qui, zone
        lues = [self._lire(un, x) for un, x in par_cle(export.lignes, "id", self.rapport.indecidable).items()]
        self.prets = sorted((p for p in lues if p is not None), key=lambda p: (p.du, p.rendu or p.au, p.cle))

    def nouvelles(self) -> Iterator[tuple[str, Instant]]:
        """The keys of what is asked, and when."""
        return ((p.cle, midi(p.du, self.zone)) for p in self.prets)

    def etapes(self) -> Iterator[Etape]:
        """Out and back, day by day; an item comes back before it leaves again."""
        steps: list[tuple[Date, int, Etape]] = []
        for n, p in enumerate(self.prets):
            steps.append((p.du, 2 * n, partial(self._preter, p)))
            if p.rendu is not None:
                steps.append((p.rendu, 2 * n + 1, partial(self._rendre, p, p.rendu)))
        return (etape for _, _, etape in sorted(steps, key=lambda step: step[:2]))

    # ── reading a line ──────────────────────────────────────────────────────────────────────────────────────────────

    def _lire(self, un: str, x: Ligne) -> Pret | None:
        status = x.texte("status").lower()
        if status in SANS_SUITE:
            self.rapport.signaler(x.ou, SANS_SUITE[status])
            return None
        fault = next(self._fautes(x, status), None)
        if fault is not None:
            self.rapport.indecidable(x.ou, fault)
            return None
        rendu = jour(x.texte("returned_date")) if status == "closed" else None
        if status == "closed" and rendu is None:
            rendu = jour(x.texte("end_date"))
            self.rapport.signaler(x.ou, "rendue, sans date de retour : datée du dernier jour prévu")
        return Pret(
            cle=f"leihs.pret.{lisible(un)}", ou=x.ou, objet=objet_id(x.texte("item_id")), personne=self._qui(x),
            du=_jour(x, "start_date"), au=_jour(x, "end_date"), rendu=rendu,
        )  # fmt: skip

    def _fautes(self, x: Ligne, status: str) -> Iterator[str]:
        """Why a line cannot be decided: what must be right first comes first."""
        du, au, rendu = (jour(x.texte(colonne)) for colonne in ("start_date", "end_date", "returned_date"))
        if status not in ("approved", "signed", "closed"):
            yield f"état inconnu : « {x.texte('status')} »"
        if personne_id(x.texte("user_id")) not in self.qui:
            yield f"personne inconnue : « {x.texte('user_id')} »"
        if du is None:
            yield f"date illisible (start_date) : « {x.texte('start_date')} »"
        elif au is None:
            yield f"date illisible (end_date) : « {x.texte('end_date')} »"
        elif au < du:
            yield f"la fin ({au}) vient avant le début ({du})"
        elif status == "closed" and rendu is not None and rendu < du:
            yield f"rendue ({rendu}) avant d'être prêtée ({du})"
        if status == "approved":
            yield "réservée d'avance, par modèle : pas encore importable"
        elif x.texte("type").lower() == "optionline":
            yield "option, prêtée par quantité : pas encore importable"
        elif objet_id(x.texte("item_id")) not in self.export.objets:
            yield f"objet inconnu : « {x.texte('item_id')} »"

    def _qui(self, x: Ligne) -> PersonneId:
        return self.qui[personne_id(x.texte("user_id"))]

    # ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _preter(self, p: Pret) -> None:
        preter = PreterObjet(objet=p.objet, personne=p.personne, retour=p.au)
        if self.reprise.une_fois(p.cle, preter, midi(p.du, self.zone), p.ou) == "accord" and p.rendu is None:
            self._prolonger(p)

    def _prolonger(self, p: Pret) -> None:
        """What leihs prolonged since an earlier import is prolonged here."""
        (held,) = self.reprise.lieu.registre("prets", filtre={"objet": p.objet}) or (None,)
        if held is not None and held.personne == p.personne and held.retour < p.au:
            renouveler = RenouvelerPret(objet=p.objet, personne=p.personne, retour=p.au)
            self.reprise.une_fois(f"{p.cle}.jusqu-au.{p.au}", renouveler, self.reprise.lieu.horloge(), p.ou)

    def _rendre(self, p: Pret, le: Date) -> None:
        rendre = RendreObjet(objet=p.objet, personne=p.personne)
        if self.reprise.verdict_de(p.cle) == "accord":
            self.reprise.noter(f"{p.cle}.retour", rendre, midi(le, self.zone), p.ou)


def _jour(x: Ligne, colonne: str) -> Date:
    le = jour(x.texte(colonne))
    assert le is not None  # noqa: S101 - told before
    return le
