"""Importing a LibreBooking database: each reservation asked again, in order, and decided by the place's own laws."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from whenever import Instant

from tierslieu_adapters.imports.essai import copie
from tierslieu_adapters.imports.librebooking.export import Export, lire
from tierslieu_adapters.imports.librebooking.reservations import Reservation
from tierslieu_adapters.imports.rapport import Rapport
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.usages.reservations import AnnulerReservation, ReserverEspace
from tierslieu_core.kernel.decisions import DECISION, Reponse
from tierslieu_core.kernel.envelope import unwrap
from tierslieu_core.kernel.errors import CleReutilisee, DemandeInvalide
from tierslieu_core.kernel.ports import Selection, head_of, scan, select
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId
from tierslieu_core.vocabulaire.temps import Moment

SOURCE: Final = "LibreBooking"
IMPORT: Final = PersonneId("lb-import")
LOT: Final = 500  # demands acknowledged together, where the store can


def importer(  # noqa: PLR0913 - what an import may be told
    lieu: Lieu,
    dossier: Path,
    *,
    progres: Callable[[int, int], None] | None = None,
    reglement: bool = False,
    essai: bool = False,
    par: str | None = None,
    fondation: str = "librebooking.lieu",
) -> Rapport:
    """Ask the place every reservation of a database exported as one CSV per table, in order of the source's ids.

    Overlap alone decides, unless ``reglement`` lets the place's rules judge too. An empty journal is founded first, and
    its facts then carry the source's instants; in a living place they are recorded now, dated (``survenu_le``) then.
    Keys come from the source's ids: what was imported is answered again, so an interrupted import resumes.
    ``progres`` is told how many demands of how many are done; ``par`` asks them (unless told, a person with a mandate);
    ``fondation`` is the key of the founding.
    ``essai``: on a copy in memory, nothing recorded. ``DemandeInvalide`` when the folder is no such export, or when
    rules are in force on days of the export without ``reglement``.
    """
    rapport = Rapport(SOURCE, essai=essai)
    export = lire(Path(dossier), rapport)
    return _Import(copie(lieu) if essai else lieu, export, rapport, par).tout(progres, fondation, reglement=reglement)


class _Import:
    """One import under way. ``historique``: the journal holds nothing but imports, whose instants are the source's."""

    def __init__(self, lieu: Lieu, export: Export, rapport: Rapport, par: str | None) -> None:
        self.lieu, self.export, self.rapport = lieu, export, rapport
        head = head_of(lieu.recorder)
        last = next(iter(scan(lieu.recorder, None, head - 1)), None) if head else None
        self.historique = last is None or unwrap(last).par == IMPORT
        self.debut = min(export.debut or lieu.horloge(), lieu.horloge())
        self.par = par or (IMPORT if head == 0 else _mandataire(lieu))

    def tout(self, progres: Callable[[int, int], None] | None, fondation: str, *, reglement: bool) -> Rapport:
        """Found, open, register, reserve."""
        self._qui_demande()
        if self.lieu.livre.lieu is None:
            self._fonder(fondation)
        elif not reglement:
            self._sans_regles()
        steps = list(self._etapes())
        for start in range(0, len(steps), LOT):
            with self.lieu.lot():
                for n, step in enumerate(steps[start : start + LOT], start + 1):
                    step()
                    if progres is not None:
                        progres(n, len(steps))
        return self.rapport

    def _qui_demande(self) -> None:
        """Say at once, not line by line, that nobody can ask."""
        if self.lieu.livre.lieu is None and self.par != IMPORT:
            raise DemandeInvalide(
                f"Le journal est vide : personne n'y est encore « {self.par} ». Fondez d'abord le lieu (tierslieu init)"
                ", ou importez sans « --par » : l'import le fondera."
            )
        if self.lieu.livre.lieu is not None and not self.lieu.registre("personnes", filtre={"personne": self.par}):
            raise DemandeInvalide(f"« {self.par} » n'est pas au registre des personnes : rien n'est importé.")

    def _etapes(self) -> Iterator[Callable[[], None]]:
        for r in self.export.ressources:
            ouvrir = OuvrirEspace(espace=espace(r.id), nom=r.nom, capacite=r.capacite, description=r.description)
            yield partial(self._ranger, "espaces", f"librebooking.ressource.{r.id}", ouvrir, self.debut, r.ou)
        for u in self.export.utilisateurs:
            inscrire = InscrirePersonne(personne=personne(u.id), nom=u.nom, contact=u.contact)
            cle, quand = f"librebooking.utilisateur.{u.id}", u.inscrit_le or self.debut
            yield partial(self._ranger, "personnes", cle, inscrire, quand, u.ou)
        for reservation in self.export.reservations:
            yield partial(self._reserver, reservation)

    # ── one demand ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _fonder(self, cle: str) -> None:
        fonder = FonderLieu(
            nom=self.export.nom, personne=IMPORT, nom_personne=f"Import {SOURCE}", fuseau=self.export.fuseau
        )
        self._demander(cle, fonder, self.debut)
        self.rapport.fonde = self.export.nom

    def _ranger(self, quoi: str, cle: str, commande: Any, quand: Instant, ou: str) -> None:
        """A space or a person; one that the place already has under this key is counted too."""
        try:
            reponse = self._demander(cle, commande, quand)
        except DemandeInvalide as fault:
            self.rapport.signaler(ou, _en_une_ligne(fault))
            return
        if reponse.acceptee:
            setattr(self.rapport, quoi, getattr(self.rapport, quoi) + 1)
        else:
            self.rapport.signaler(ou, " ".join(reponse.explication))

    def _reserver(self, r: Reservation) -> None:
        zone = self.lieu.livre.zone
        reserver = ReserverEspace(
            espace=espace(r.ressource), personne=personne(r.utilisateur), debut=Moment.de(r.debut, zone),
            fin=Moment.de(r.fin, zone), sujet=r.sujet,
        )  # fmt: skip
        try:
            reponse = self._demander(r.cle, reserver, r.demandee_le)
        except DemandeInvalide as fault:
            self.rapport.indecidable(r.ou, _en_une_ligne(fault))
            return
        self.rapport.verdicts[reponse.verdict] += 1
        if r.supprimee_le is not None and reponse.verdict == "accord":
            self._annuler(r, r.supprimee_le)

    def _annuler(self, r: Reservation, quand: Instant) -> None:
        """A series deleted at the source was there, then no more: both are facts."""
        annuler = AnnulerReservation(reservation=ReservationId(r.cle), motif=f"supprimée dans {SOURCE}")
        try:
            reponse = self._demander(f"{r.cle}.suppression", annuler, quand)
        except DemandeInvalide as fault:
            self.rapport.signaler(r.ou, _en_une_ligne(fault))
            return
        if reponse.acceptee:
            self.rapport.annulees += 1
        else:
            self.rapport.signaler(r.ou, f"suppression non reprise : {' '.join(reponse.explication)}")

    def _demander(self, cle: str, commande: Any, quand: Instant) -> Reponse:
        """Ask it as of ``quand``, or of now when the source is ahead of the clock."""
        quand = min(quand, self.lieu.horloge())
        maintenant = quand if self.historique else None
        try:
            return self.lieu.executer(commande, par=self.par, cle=cle, survenu_le=quand, maintenant=maintenant)
        except CleReutilisee:
            deja = self._par_de(cle)
            if deja in (None, self.par):
                raise
            return self.lieu.executer(commande, par=str(deja), cle=cle, survenu_le=quand, maintenant=maintenant)

    def _par_de(self, cle: str) -> str | None:
        """Who asked what this key already answered: an earlier import may have been somebody else's."""
        (rows,), _ = select(self.lieu.recorder, [Selection((DECISION,), (f"cle:{cle}",))])
        return unwrap(rows[0]).par if rows else None

    # ── overlap alone ───────────────────────────────────────────────────────────────────────────────────────────────

    def _sans_regles(self) -> None:
        """Refuse, before anything is recorded, to let rules judge what was to be decided under overlap alone."""
        livre = self.lieu.livre
        judged = [
            r
            for r in self.export.reservations
            if livre.reglement.en_vigueur(min(r.demandee_le, self.lieu.horloge()).to_tz(livre.zone).date())
        ]
        new = sum(self._par_de(r.cle) is None for r in judged)
        if new:
            raise DemandeInvalide(
                f"Des règles du lieu sont en vigueur aux jours où {new} de ces réservations ont été demandées. Rien "
                "n'est importé : ajoutez « --reglement » pour qu'elles les jugent, ou importez dans un journal neuf."
            )


def espace(ressource: int) -> EspaceId:
    """The space that a resource becomes."""
    return EspaceId(f"lb-r-{ressource}")


def personne(utilisateur: int) -> PersonneId:
    """The person that a user becomes: an opaque identifier."""
    return PersonneId(f"lb-u-{utilisateur}")


def _mandataire(lieu: Lieu) -> str:
    """Who asks, in a place already founded: the import's own person if it still may, else the first who may."""
    held = lieu.registre("mandats", filtre={"en_cours": True})
    able = [m.personne for m in held if m.role in ("concierge", "coordination")]
    return IMPORT if IMPORT in able or not able else able[0]


def _en_une_ligne(fault: DemandeInvalide) -> str:
    return " ; ".join(quoi for _, quoi in fault.erreurs) or fault.titre
