"""Taking up a history: its demands, asked in order under keys that the source gives, in batches that resume."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import attrs
from whenever import Instant

from tierslieu_adapters.imports.essai import copie
from tierslieu_adapters.imports.rapport import Rapport
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.kernel.decisions import DECISION, Reponse
from tierslieu_core.kernel.envelope import unwrap
from tierslieu_core.kernel.errors import CleReutilisee, DemandeInvalide
from tierslieu_core.kernel.ports import Row, Selection, head_of, scan, select
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.identifiants import PersonneId

LOT: Final = 500  # demands acknowledged together, where the store can
FUSEAU: Final = "Europe/Paris"
Progres = Callable[[int, int], None]
"""Told how many demands of how many are done."""
Etape = Callable[[], object]


@attrs.frozen
class Source:
    """Where a history comes from. ``prefixe`` begins the identifiers that an import makes, and names its own person."""

    nom: str
    prefixe: str

    @property
    def personne(self) -> PersonneId:
        """Who asks, where no one else is told."""
        return PersonneId(f"{self.prefixe}-import")


class Reprise:
    """One import under way. ``historique``: the journal holds nothing but imports, whose instants are the source's."""

    def __init__(  # noqa: PLR0913 - what an import may be told
        self,
        lieu: Lieu,
        source: Source,
        rapport: Rapport,
        *,
        par: str | None,
        essai: bool,
        debut: Instant | None = None,
    ) -> None:
        self.lieu = copie(lieu) if essai else lieu
        self.source, self.rapport = source, rapport
        head = head_of(self.lieu.recorder)
        last = next(iter(scan(self.lieu.recorder, None, head - 1)), None) if head else None
        self.historique = last is None or unwrap(last).par == source.personne
        self.debut = min(debut or self.lieu.horloge(), self.lieu.horloge())
        self.par = par or (source.personne if head == 0 else self._mandataire())
        self._qui_demande()

    # ── the whole ───────────────────────────────────────────────────────────────────────────────────────────────────

    def fonder(self, cle: str, nom: str, fuseau: str) -> None:
        """Found the place, when the journal is empty."""
        if self.lieu.livre.lieu is not None:
            return
        moi = self.source.personne
        self.demander(
            cle, FonderLieu(nom=nom, personne=moi, nom_personne=f"Import {self.source.nom}", fuseau=fuseau), self.debut
        )
        self.rapport.fonde = nom

    def sans_regles(self, demandes: Iterable[tuple[str, Instant]]) -> None:
        """Refuse, before anything is recorded, to let rules judge what was to be decided without them."""
        livre, now = self.lieu.livre, self.lieu.horloge()
        new = sum(
            self.par_de(cle) is None
            for cle, quand in demandes
            if livre.reglement.en_vigueur(min(quand, now).to_tz(livre.zone).date())
        )
        if new:
            raise DemandeInvalide(
                f"Des règles du lieu sont en vigueur aux jours où {new} de ces {self.rapport.chose}s ont été demandées."
                " Rien n'est importé : ajoutez « --reglement » pour qu'elles les jugent, ou importez dans un journal"
                " neuf."
            )

    def derouler(self, etapes: Sequence[Etape], progres: Progres | None) -> None:
        """Each step in its order; those of a batch are acknowledged together, or none of them."""
        for start in range(0, len(etapes), LOT):
            with self.lieu.lot():
                for n, etape in enumerate(etapes[start : start + LOT], start + 1):
                    etape()
                    if progres is not None:
                        progres(n, len(etapes))

    # ── one demand ──────────────────────────────────────────────────────────────────────────────────────────────────

    def ranger(self, quoi: str, cle: str, commande: Any, quand: Instant, ou: str) -> None:
        """What the place is to know (``espace``, …), counted; what it already has under this key is counted too."""
        self.rapport.ranges[quoi] += self.noter(cle, commande, quand, ou)

    def ranger_une_fois(self, quoi: str, cle: str, commande: Any, quand: Instant, ou: str) -> None:
        """The same, where the source may describe it otherwise later: what the place has is left as it is."""
        if self.verdict_de(cle) == "accord":
            self.rapport.ranges[quoi] += 1
        else:
            self.ranger(quoi, cle, commande, quand, ou)

    def noter(self, cle: str, commande: Any, quand: Instant, ou: str) -> bool:
        """Something of the history that is no demand of anyone; told when the place cannot take it."""
        try:
            reponse = self.demander(cle, commande, quand)
        except DemandeInvalide as fault:
            self.rapport.signaler(ou, en_une_ligne(fault))
            return False
        if not reponse.acceptee:
            self.rapport.signaler(ou, " ".join(reponse.explication))
        return reponse.acceptee

    def decider(self, cle: str, commande: Any, quand: Instant, ou: str) -> str | None:
        """A demand of the history: its verdict, told; ``None`` when it cannot be decided."""
        deja = self.par_de(cle) is not None
        try:
            reponse = self.demander(cle, commande, quand)
        except DemandeInvalide as fault:
            self.rapport.indecidable(ou, en_une_ligne(fault))
            return None
        self.rapport.verdicts[reponse.verdict] += 1
        self.rapport.deja += deja
        if reponse.verdict in ("refus", "a_valider"):
            self.rapport.refus.append((ou, " ".join(reponse.explication)))
        return reponse.verdict

    def une_fois(self, cle: str, commande: Any, quand: Instant, ou: str) -> str | None:
        """The same, for what a later import may tell otherwise: once answered, the answer is told again."""
        return self.redire(cle, ou) if self.par_de(cle) else self.decider(cle, commande, quand, ou)

    def redire(self, cle: str, ou: str) -> str | None:
        """What this key was answered, told again; nothing is asked."""
        verdict = self.verdict_de(cle)
        assert verdict is not None  # noqa: S101 - its key was read in the journal
        self.rapport.verdicts[verdict] += 1
        self.rapport.deja += 1
        if verdict in ("refus", "a_valider"):
            self.rapport.refus.append((ou, " ".join(self.lieu.audit(f"cle:{cle}")[0].phrases)))
        return verdict

    def demander(self, cle: str, commande: Any, quand: Instant) -> Reponse:
        """Ask it as of ``quand``, or of now when the source is ahead of the clock."""
        quand = min(quand, self.lieu.horloge())
        maintenant = quand if self.historique else None
        try:
            return self.lieu.executer(commande, par=self.par, cle=cle, survenu_le=quand, maintenant=maintenant)
        except CleReutilisee:
            deja = self.par_de(cle)
            if deja in (None, self.par):
                raise
            return self.lieu.executer(commande, par=str(deja), cle=cle, survenu_le=quand, maintenant=maintenant)

    def par_de(self, cle: str) -> str | None:
        """Who asked what this key already answered: an earlier import may have been somebody else's."""
        row = self._decision_de(cle)
        return unwrap(row).par if row else None

    def verdict_de(self, cle: str) -> str | None:
        """What this key was answered, if it was."""
        row = self._decision_de(cle)
        return self.lieu.catalogue.decision(row).verdict if row else None

    def _decision_de(self, cle: str) -> Row | None:
        (rows,), _ = select(self.lieu.recorder, [Selection((DECISION,), (f"cle:{cle}",))])
        return rows[0] if rows else None

    # ── who asks ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _mandataire(self) -> str:
        """In a place already founded: the import's own person if it still may, else the first who may."""
        held = self.lieu.registre("mandats", filtre={"en_cours": True})
        able = [m.personne for m in held if m.role in ("concierge", "coordination")]
        return self.source.personne if self.source.personne in able or not able else able[0]

    def _qui_demande(self) -> None:
        """Say at once, not line by line, that nobody can ask."""
        fonde = self.lieu.livre.lieu is not None
        if not fonde and self.par != self.source.personne:
            raise DemandeInvalide(
                f"Le journal est vide : personne n'y est encore « {self.par} ». Fondez d'abord le lieu (tierslieu init)"
                ", ou importez sans « --par » : l'import le fondera."
            )
        if fonde and not self.lieu.registre("personnes", filtre={"personne": self.par}):
            raise DemandeInvalide(f"« {self.par} » n'est pas au registre des personnes : rien n'est importé.")


def en_une_ligne(fault: DemandeInvalide) -> str:
    """What is wrong with a demand, on one line of a report."""
    return " ; ".join(quoi for _, quoi in fault.erreurs) or fault.titre
