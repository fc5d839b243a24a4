"""The public face: a place, opened. The areas, and the views that rest on them, are loaded when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Self

import attrs
from whenever import Date, Instant

from tierslieu_core.kernel import edge, plugins, projections
from tierslieu_core.kernel.catalogue import Catalogue
from tierslieu_core.kernel.clock import Clock, system_clock
from tierslieu_core.kernel.decisions import DECISION, Reponse
from tierslieu_core.kernel.errors import DemandeInvalide, JournalIllisible
from tierslieu_core.kernel.handler import Handler
from tierslieu_core.kernel.kept import Registers
from tierslieu_core.kernel.personal import Efface, Scelle
from tierslieu_core.kernel.ports import Selection, Vault, head_of, scan, select
from tierslieu_core.kernel.sentences import ETIQUETTE, FAIT, NATURE, Speaker
from tierslieu_core.vocabulaire.francais import lisible
from tierslieu_core.vocabulaire.identifiants import EspaceId, ModeleId, PersonneId

if TYPE_CHECKING:
    from eventsourcing.dcb.api import DCBRecorder

    from tierslieu_core.domaines.cadre.regles import AbrogerRegle, AdopterRegle, AmenderRegle, SuspendreRegle
    from tierslieu_core.domaines.cadre.regles.livre import Livre
    from tierslieu_core.kernel.declarations import Domaine, Registre
    from tierslieu_core.kernel.oracle import Source
    from tierslieu_core.kernel.replay import Rejeu
    from tierslieu_core.vues.a_faire import AFaire
    from tierslieu_core.vues.decisions import DecisionLue
    from tierslieu_core.vues.derogations import RegleLevee
    from tierslieu_core.vues.dossier import Dossier
    from tierslieu_core.vues.indicateurs import Indicateur, Pas
    from tierslieu_core.vues.libres import Creneau
    from tierslieu_core.vues.liens import LienPossible
    from tierslieu_core.vues.piste import Reader, Trace
    from tierslieu_core.vues.planning import AuPlanning
    from tierslieu_core.vues.prochain import Prochain
    from tierslieu_core.vues.recit import Recit
    from tierslieu_core.vues.simulation import Simulation
    from tierslieu_core.vues.transmissions import Transmise


def catalogue_of(domaines: Iterable[Domaine] | None = None, genres: Mapping[str, type] | None = None) -> Catalogue:
    """The catalogue of the installed areas and rule kinds (ours and other packages'), or of those given."""
    from tierslieu_core.domaines.cadre.regles.genres import GenreDeRegle  # noqa: PLC0415 - when needed

    areas = plugins.found("tierslieu.domaines").values() if domaines is None else domaines
    kinds = genres or {n: k for table in plugins.found("tierslieu.genres").values() for n, k in table.items()}
    return Catalogue.of(areas, {GenreDeRegle: kinds}, edge.identifier_fault)


def catalogue_finances() -> Catalogue:
    """The catalogue of the finance body's own journal: its areas, and of the frame what any journal needs."""
    frame = [area for nom, area in plugins.found("tierslieu.domaines").items() if nom in CADRE]
    return catalogue_of([*frame, *plugins.found("tierslieu.finances").values()])


def ouvrir(url: str, *, creer: bool = True, horloge: Clock = system_clock, catalogue: Catalogue | None = None) -> Lieu:
    """Open a place's journal: ``sqlite:///quai.db`` (or a plain path), ``memory:``, or any registered scheme.

    ``creer``: make the journal and its vault when they do not exist yet. ``horloge``: the clock, for tests and imports.
    Errors: ``JournalIllisible``, ``VersionFuture``, ``CoffreAbsent``, each with its way out.
    """
    scheme, sep, _ = url.partition(":")
    name = scheme if sep and len(scheme) > 1 else "sqlite"
    recorder, vault = plugins.one("tierslieu.stores", name, "Type de journal")(url, creer=creer)
    return Lieu(recorder, vault, catalogue or catalogue_of(), horloge)


def ouvrir_finances(url: str, *, creer: bool = True, horloge: Clock = system_clock) -> Lieu:
    """Open the journal of a place's finance body: its own file, vault and keys, behind the wall (``docs/finances.md``).

    It is founded as any journal is, without a concierge: ``FonderLieu(…, roles=("coordination", "finances"))``.
    """
    return ouvrir(url, creer=creer, horloge=horloge, catalogue=catalogue_finances())


CADRE = ("corrections", "gouvernance", "identites", "recours", "regles")
"""What a journal cannot do without: persons, mandates, rules, and what becomes of a decision."""


RECENT = 500
"""How far back an opened place looks for what a stopped process left unasked; ``tierslieu echeances`` looks at all."""


class Lieu:
    """A place: its decisions, registers, trail and replay, over one journal."""

    def __init__(
        self, recorder: DCBRecorder, vault: Vault, catalogue: Catalogue, horloge: Clock = system_clock
    ) -> None:
        self.recorder, self.vault, self.catalogue, self.horloge = recorder, vault, catalogue, horloge
        self._resumed = False

    @cached_property
    def handler(self) -> Handler:
        """What decides."""
        from tierslieu_core.domaines.cadre.regles.livre import Livre  # noqa: PLC0415 - when needed

        types: list[str] | None = getattr(self.recorder, "types", lambda: None)()
        self.catalogue.check_versions(types or ())
        handler = Handler(self.recorder, self.vault, self.catalogue, Livre, self.horloge)
        handler.speaker, handler.source = self.speaker, _outside
        if types is not None:
            _check_side(handler, {kind.partition(".")[0] for kind in types})
        return handler

    @cached_property
    def _registers(self) -> Registers:
        return Registers(self.recorder, self.catalogue)

    # ── demander ────────────────────────────────────────────────────────────────────────────────────────────────────

    def executer(  # noqa: PLR0913 - the parameters of a demand are what they are
        self,
        commande: Any,
        *,
        par: str,
        cle: str | None = None,
        pour: str | None = None,
        survenu_le: Instant | None = None,
        maintenant: Instant | None = None,
        essai: bool = False,
    ) -> Reponse:
        """Decide and record one demand; refusals are returned, never raised.

        ``cle``: idempotency key, so that a retry is silent. ``survenu_le``: when it took effect, for yesterday's paper.
        ``essai``: decide, record nothing. Raises ``DemandeInvalide`` (nothing recorded) and ``Conflit`` (try again).
        """
        if not (essai or self._resumed):
            self._resumed = True
            self.reprendre(RECENT)
        reponse = self.handler.execute(
            self._completed(commande),
            par=par,
            cle=cle,
            pour=pour,
            survenu_le=survenu_le,
            maintenant=maintenant,
            essai=essai,
        )
        for answer in (reponse, *reponse.suites):
            for fait in answer.evenements if not essai else ():
                self._index(fait)
        return reponse

    def _completed(self, commande: Any) -> Any:
        """The same demand, whole: what recurs is worked out here, at the edge, occurrence by occurrence."""
        complete = getattr(commande, "completer", None)
        found = {} if complete is None else complete(self.livre.zone or "UTC", _recurrence)
        return attrs.evolve(commande, **found) if found else commande

    def reprendre(self, dernieres: int | None = None) -> list[Reponse]:
        """Ask what facts led to and nobody asked: their process stopped in between. Nothing is ever asked twice.

        ``dernieres``: look at so many positions only, the last ones. Returns what was asked just now.
        """
        after = 0 if dernieres is None else max(0, head_of(self.recorder) - dernieres)
        return list(self.handler.resume(after))

    def demander(self, nom: str, champs: Mapping[str, Any], **autour: Any) -> Reponse:
        """The same from a command's name and JSON fields: what a command line or an HTTP API receives."""
        return self.executer(self.commande(nom, champs), **autour)

    def commande(self, nom: str, champs: Mapping[str, Any]) -> Any:
        """A command from its name and JSON fields; ``DemandeInvalide`` names every bad field."""
        return edge.command_from(self.catalogue, nom, dict(champs))

    def echeances(
        self, par: str | None = None, *, essai: bool = False, jusqu_au: Instant | None = None
    ) -> list[Reponse]:
        """Ask for all that is due and that a demand can do, each thing once; whatever was asked is answered here.

        ``par``: in whose name; unless told, whoever is alone to be concierge. ``jusqu_au``: what is due until then.
        """
        from tierslieu_core.echeancier import passer  # noqa: PLC0415 - when needed

        return passer(self, par, essai=essai, jusqu_au=jusqu_au).reponses

    def lot(self) -> AbstractContextManager[None]:
        """Many demands in one durable batch, where the store can: acknowledged together at the end, or none of them.

        Other threads' demands wait meanwhile.
        """
        return self.handler.alone()

    # ── lire ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def registre(  # noqa: PLR0913 - each is a way to ask
        self,
        nom: str,
        *,
        au: Date | str | None = None,
        connu_le: Date | str | None = None,
        filtre: projections.Filtre = None,
        tri: str | None = None,
        limite: int | None = None,
    ) -> list[Any]:
        """A register's rows: now, as true on a date (``au``), as known on a date (``connu_le``).

        ``filtre``: a predicate on rows, or the values of some fields; ``tri``: a field, ``-field`` the other way;
        ``limite``: the first so many rows. Now, what the register's ``index`` names costs what it finds, and no more.
        """
        registre = self.catalogue.registre(nom)
        self._check_columns(registre, filtre if isinstance(filtre, Mapping) else (), tri)
        on, known = _date("au", au), _date("connu_le", connu_le)
        livre = self.livre
        zone = livre.zone or "UTC"
        if on is None and known is None:
            lignes = self._registers.now(registre, filtre, tri, limite)
        else:
            up_to = None if known is None else projections.known_on(self.recorder, known, zone)
            rows = scan(self.recorder, self.catalogue.types(registre.faits), 0, up_to)
            corriges = {fait for fait, position in livre.corriges.items() if up_to is None or position <= up_to}
            lignes = projections.rows_of(self.catalogue, registre, rows, au=on, zone=zone, corriges=corriges).values()
        at = projections.read_at(on or known, self.horloge(), zone)
        found = map(self._open, projections.derived(registre, lignes, at))
        return projections.selected(found, filtre, tri)[:limite]

    @staticmethod
    def _check_columns(registre: Registre[Any], filtre: Iterable[str], tri: str | None) -> None:
        names = {a.name for a in attrs.fields(registre.ligne)}
        asked = {*filtre, *([tri.removeprefix("-")] if tri else [])}
        said = [(n, f"n'est pas une colonne ; colonnes : {', '.join(sorted(names))}") for n in sorted(asked - names)]
        if said:
            raise DemandeInvalide(f"Le registre « {registre.nom} » ne peut pas être lu ainsi :", said)

    def a_faire(self, jusqu_au: Instant | None = None) -> list[AFaire]:
        """All that falls due, the oldest first: late, today, and until ``jusqu_au`` (thirty days unless told)."""
        from tierslieu_core.vues.a_faire import JOURS, a_faire  # noqa: PLC0415 - when needed

        now = self.horloge()
        return a_faire(self, jusqu_au or now.add(hours=24 * JOURS), now)

    def planning(
        self, du: Date | str | None = None, au: Date | str | None = None, sujet: str | None = None
    ) -> list[AuPlanning]:
        """All that takes place: from today and for a week unless told; ``sujet``: of one thing or person, by tag."""
        from tierslieu_core.vues.planning import planning  # noqa: PLC0415 - when needed

        premier = _date("du", du) or self.aujourdhui
        return planning(self, premier, _date("au", au) or premier.add(days=6), sujet)

    def transmissions(self) -> list[Transmise]:
        """What each area hands on to whoever takes the place over: what is open, who holds what, what was learnt."""
        from tierslieu_core.vues.transmissions import transmissions  # noqa: PLC0415 - when needed

        return transmissions(self)

    def passation(self, depuis: Date | str | None = None) -> str:
        """The document that hands the place over, in Markdown.

        ``depuis``: it tells what changed since; unless told, since the last handover, or for a year.
        """
        from tierslieu_core.vues.passation import depuis_quand, document  # noqa: PLC0415 - when needed

        return document(self, _date("depuis", depuis) or depuis_quand(self))

    def libres(  # noqa: PLR0913 - what may be sought
        self,
        espace: str | None = None,
        *,
        du: Date | str | None = None,
        au: Date | str | None = None,
        duree_minutes: int = 1,
        participants: int | None = None,
        categorie: str | None = None,
    ) -> list[Creneau]:
        """The free time of a space, or of any that suits, from today and for a week unless told.

        Bookings, links, stops, opening hours and rules that bear on anyone are counted; whether a given person may
        have it, ``executer(…, essai=True)`` says.
        """
        from tierslieu_core.vues.libres import Recherche, libres  # noqa: PLC0415 - when needed

        premier = _date("du", du) or self.aujourdhui
        sought = Recherche(
            du=premier, au=_date("au", au) or premier.add(days=6), espace=None if espace is None else EspaceId(espace),
            categorie=categorie, duree_minutes=duree_minutes, participants=participants,
        )  # fmt: skip
        return libres(self, sought)

    def prochain_libre(self, modele: str, du: Date | str | None = None, jours: int = 1) -> Prochain | None:
        """The next item of a model that is free for so many days in a row, from today unless told."""
        from tierslieu_core.vues.prochain import prochain_libre  # noqa: PLC0415 - when needed

        return prochain_libre(self, ModeleId(modele), _date("du", du) or self.aujourdhui, jours)

    def audit(self, sujet: str) -> list[Trace]:
        """The trail of a person, space, item, rule or demand: ``objet:perceuse``, ``personne:p-7``, ``cle:…``."""
        return self._reader().piste(sujet)

    def journal(self, jour: Date | str | None = None) -> list[Trace]:
        """The journal of a local day (today unless told): every decision that took effect on it."""
        return self._reader().journal(_date("jour", jour) or self.aujourdhui)

    def decisions(self, personne: str) -> list[DecisionLue]:
        """All that was decided about a person, theirs to read: what, when, why, and how each may still be contested."""
        from tierslieu_core.vues.decisions import decisions  # noqa: PLC0415 - when needed

        return decisions(self, self._reader(), PersonneId(personne))

    def dossier(self, personne: str) -> Dossier:
        """All that the place knows of a person: registers, decisions, and why words about them are kept."""
        from tierslieu_core.vues.dossier import dossier  # noqa: PLC0415 - when needed

        return dossier(self, PersonneId(personne))

    def indicateurs(self, du: Date | str, au: Date | str, par: Pas = "mois") -> list[Indicateur]:
        """How much was asked of each area between two days, by week, month or year; counted from the decisions."""
        from tierslieu_core.vues.indicateurs import indicateurs  # noqa: PLC0415 - when needed

        return indicateurs(self, _date("du", du) or self.aujourdhui, _date("au", au) or self.aujourdhui, par)

    def liens_possibles(self, personne: str | None = None) -> list[LienPossible]:
        """Who might meet whom, and why: from what people chose to share; ``personne``: for one of them."""
        from tierslieu_core.vues.liens import liens_possibles  # noqa: PLC0415 - when needed

        return liens_possibles(self, None if personne is None else PersonneId(personne))

    def regles_levees(self) -> list[RegleLevee]:
        """The rules that dérogations lift most, and what part of the decisions under each they lift."""
        from tierslieu_core.vues.derogations import regles_levees  # noqa: PLC0415 - when needed

        return regles_levees(self)

    def expliquer(self, laquelle: str | int) -> Recit:
        """The story of a decision: its key, the identifier of a fact, a position, or what it is the last one about."""
        from tierslieu_core.vues.recit import raconter  # noqa: PLC0415 - when needed

        return raconter(self, laquelle)

    def rejouer(self, *, niveau: int = 2, progres: Callable[[int], None] | None = None) -> Rejeu:
        """Every decision again, and the differences. Level 1: each clause, from its measure; 2: all."""
        from tierslieu_core.domaines.cadre.regles.livre import Livre  # noqa: PLC0415 - when needed
        from tierslieu_core.kernel.replay import replay  # noqa: PLC0415 - when needed

        return replay(self.recorder, self.catalogue, Livre(), progress=progres, deep=niveau > 1)

    def simuler(
        self,
        regles: Sequence[AdopterRegle | AmenderRegle | AbrogerRegle | SuspendreRegle],
        depuis: Date | str,
        jusqu_a: Date | str | None = None,
        *,
        cascade: bool = False,
        progres: Callable[[int], None] | None = None,
    ) -> Simulation:
        """The place's own decisions since a day, as if these rules had been in force from then, whatever their ``du``.

        Each replaces the rule of its name; what the place did about its others happens on its day. ``cascade``: what is
        refused leaves its place to those who followed. Nothing is recorded. Raises ``DemandeInvalide``.
        """
        from tierslieu_core.vues.simulation import simuler  # noqa: PLC0415 - when needed

        first, last = _date("depuis", depuis), _date("jusqu_a", jusqu_a)
        return simuler(self, regles, first or self.aujourdhui, last, en_cascade=cascade, progres=progres)

    # ── noms ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def chercher(self, texte: str) -> list[tuple[str, str]]:
        """Persons found by name through the vault: identifier and name."""
        return [(one, self.nommer("personne", one)) for one in self.vault.search(texte)]

    def nommer(self, genre: str, un: str) -> str:
        """What people call a thing (a fact, ``cle/1``: its sentence); its identifier when it has no name."""
        if genre == FAIT:
            return self._fait(un)
        if genre == NATURE:
            return next((d.titre for d in self.catalogue.domaines if d.nom == un.partition(".")[0]), un)
        if genre == ETIQUETTE:
            genre, _, un = un.partition(":")
        known = self.catalogue.identifiants.get(genre)
        if known is None or not known.nomme:
            return un
        wanted = Selection(self.catalogue.types(known.nomme), (f"{genre}:{un}",), last=True)
        (rows,), _ = select(self.recorder, [wanted])
        if not rows:
            return un
        name = self.catalogue.fact(rows[0]).nom
        found = self.vault.open(name) if isinstance(name, Scelle) else name
        return found if isinstance(found, str) else f"{un} [effacé]" if isinstance(found, Efface) else un

    def _fait(self, un: str) -> str:
        cle, _, n = un.rpartition("/")
        (rows,), _ = select(self.recorder, [Selection((DECISION,), (f"cle:{cle}",), last=True)])
        faits = range(1, self.catalogue.decision(rows[0]).faits + 1) if rows else ()
        found = [rows[0].position + i for i in faits if str(i) == n]
        facts = (self.catalogue.fact(row) for at in found for row in scan(self.recorder, None, at - 1, at))
        return next(map(self.speaker().phrase, facts), un)

    def speaker(self) -> Speaker:
        """Who says facts in French, with the names that the vault knows; a name is looked up once."""
        names: dict[tuple[str, str], str] = {}

        def nommer(genre: str, un: str) -> str:
            if (genre, un) not in names:
                names[genre, un] = self.nommer(genre, un)
            return names[genre, un]

        return Speaker(lisible, nommer, self.vault.open)

    @property
    def livre(self) -> Livre:
        """The place, its mandates and its rules, up to date."""
        return self.handler.book.open().livre  # type: ignore[return-value]  # the handler was given Livre

    @property
    def aujourdhui(self) -> Date:
        """Today, on the place's clock."""
        return self.horloge().to_tz(self.livre.zone or "UTC").date()

    def _reader(self) -> Reader:
        from tierslieu_core.vues.piste import Reader  # noqa: PLC0415 - when needed

        return Reader(self.recorder, self.catalogue, self.livre, self.speaker())

    def _open(self, ligne: Any) -> Any:
        sealed = {a.name: v for a in attrs.fields(type(ligne)) if isinstance(v := getattr(ligne, a.name), Scelle)}
        return attrs.evolve(ligne, **{n: self.vault.open(v) for n, v in sealed.items()}) if sealed else ligne

    def _index(self, fait: Any) -> None:
        """Let persons be found by their names."""
        nomme = self.catalogue.identifiants.get("personne")
        if nomme is not None and isinstance(fait, nomme.nomme):
            name = self.vault.open(fait.nom)
            if isinstance(name, str):
                self.vault.index(fait.personne, name)

    # ── fermer ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def fermer(self) -> None:
        """Close the journal and the vault."""
        for part in (self.recorder, self.vault):
            close = getattr(part, "close", None)
            if close is not None:
                close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.fermer()


def _check_side(handler: Handler, areas: set[str]) -> None:
    """A journal is that of a place, or that of its finance body: neither is ever read, nor written, as the other."""
    money, others = (plugins.BUILTIN[f"tierslieu.{side}"].keys() for side in ("finances", "domaines"))
    if money.isdisjoint(d.nom for d in handler.catalogue.domaines):
        if not money.isdisjoint(areas):
            raise JournalIllisible("C'est le journal des finances, que le lieu ne lit pas : tierslieu --finances …")
    elif money.isdisjoint(areas):
        livre: Any = handler.book.open().livre
        if areas & (others - set(CADRE)) or livre.mandats.donne("concierge"):
            raise JournalIllisible(
                "C'est le journal du lieu, et non celui de ses finances, qui en ont un à elles :"
                "\n  tierslieu --finances --lieu finances.db init"
            )


def _recurrence(*asked: Any) -> Any:
    """The occurrences of what recurs, worked out by what is installed for that."""
    return plugins.one("tierslieu.recurrences", "rrule", "Calcul des récurrences")(*asked)


def _outside(quoi: str, mots: tuple[str, ...]) -> str | None:
    """What the installed oracles know; the first that answers."""
    return next((a for source in _sources() if (a := source(quoi, mots)) is not None), None)


@cache
def _sources() -> tuple[Source, ...]:
    return tuple(plugins.found("tierslieu.oracles").values())


def _date(champ: str, quand: Date | str | None) -> Date | None:
    if quand is None or isinstance(quand, Date):
        return quand
    try:
        return Date.parse_iso(quand)
    except ValueError:
        raise DemandeInvalide(
            "Cette date ne se lit pas :", [(champ, f"une date comme « 2026-11-23 », reçu « {quand} »")]
        ) from None


__all__ = ["Lieu", "catalogue_finances", "catalogue_of", "ouvrir", "ouvrir_finances"]
