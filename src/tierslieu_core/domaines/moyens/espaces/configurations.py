"""Configurations: a room as a theatre for 80, around a table for 20; each needs its time to be set up and put away."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens.espaces.espace import Fait as Espace
from tierslieu_core.domaines.moyens.espaces.fermetures import REGIE
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, evenement, refus
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.datees import avec, en_vigueur
from tierslieu_core.vocabulaire.identifiants import EspaceId, espace


@attrs.frozen(kw_only=True)
class Configuration:
    """A way to set up a space, from a day on; ``avant_minutes``, ``apres_minutes``: to set it up, to put it away."""

    nom: str
    du: Date
    capacite: int
    avant_minutes: int
    apres_minutes: int
    retiree: bool = False


Configurations = tuple[Configuration, ...]

# ── événements (chacun dit toutes les configurations de l'espace : le dernier suffit) ───────────────────────────────


@evenement("espaces.EspaceConfigure", "{espace} : {configuration}, {capacite} personnes, à partir du {du}")
class EspaceConfigure:
    espace: EspaceId
    configuration: str
    capacite: int
    du: Date
    configurations: Configurations = champ("toutes les configurations de l'espace, désormais")

    def etiquettes(self) -> Iterable[str]:
        return (espace(self.espace),)


@evenement("espaces.ConfigurationRetiree", "{espace} : plus de configuration « {configuration} », à partir du {le}")
class ConfigurationRetiree:
    espace: EspaceId
    configuration: str
    le: Date
    configurations: Configurations = champ("toutes les configurations de l'espace, désormais")

    def etiquettes(self) -> Iterable[str]:
        return (espace(self.espace),)


Fait = EspaceConfigure | ConfigurationRetiree

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("espaces.ConfigurerEspace")
class ConfigurerEspace:
    """Dire une configuration d'un espace : combien de personnes, combien de temps pour l'installer et la ranger."""

    espace: EspaceId
    configuration: str = champ("nom de la configuration")
    capacite: int = champ("capacité", unite="personnes")
    du: Date = champ("à partir du")
    avant_minutes: int = champ("installation, avant", unite="minutes", default=0)
    apres_minutes: int = champ("rangement, après", unite="minutes", default=0)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        found = [] if self.configuration.strip() else [("configuration", "un nom, comme « théâtre »")]
        if self.capacite < 1:
            found.append(("capacite", "une personne au moins"))
        minutes = {"avant_minutes": self.avant_minutes, "apres_minutes": self.apres_minutes}
        return found + [(nom, "0 minute au moins") for nom, n in minutes.items() if n < 0]


@commande("espaces.RetirerConfiguration")
class RetirerConfiguration:
    """Retirer une configuration d'un espace, à partir d'un jour."""

    espace: EspaceId
    configuration: str = champ("nom de la configuration")
    le: Date = champ("à partir du")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "espaces.ConfigurationInconnue",
    "{espace} ne s'installe pas ainsi ce jour-là : « {configuration} ».",
    "[Choisissez parmi : {possibles}.|Aucune n'est déclarée ce jour-là : n'en demandez pas.]",
)
class ConfigurationInconnue(Refus):
    espace: EspaceId
    configuration: str
    possibles: tuple[str, ...]


@refus(
    "espaces.EspaceTropPetit",
    "{espace} accueille {capacite} personnes au plus, et vous en annoncez {participants}.",
    "Choisissez un espace plus grand, une autre configuration, ou venez moins nombreux.",
)
class EspaceTropPetit(Refus):
    espace: EspaceId
    capacite: int
    participants: int


@refus(
    "espaces.ConfigurationTropPetite",
    "{espace} accueille {capacite} personnes au plus ({configuration}), et vous en annoncez {participants}.",
    "Choisissez une autre configuration, un espace plus grand, ou venez moins nombreux.",
)
class ConfigurationTropPetite(Refus):
    espace: EspaceId
    configuration: str
    capacite: int
    participants: int


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _configurations(_: Configurations, fait: EspaceConfigure | ConfigurationRetiree) -> Configurations:
    return fait.configurations


configurations_de = Lecture[Configurations]("espaces.configurations", (), _configurations, dernier=True)


def configuration_le(toutes: Configurations, nom: str, le: Date) -> Configuration | None:
    """That configuration as it is on a day; ``None`` when the space has none of that name then."""
    trouvee = en_vigueur([c for c in toutes if c.nom == nom], le)
    return None if trouvee is None or trouvee.retiree else trouvee


def capacite(fiche: Espace | None, toutes: Configurations, nom: str | None, le: Date) -> int | None:
    """How many people the space takes on a day, set up so; ``None``: nobody has said."""
    choisie = None if nom is None else configuration_le(toutes, nom, le)
    if choisie is not None:
        return choisie.capacite
    return fiche.capacite if fiche else None


def trop_petit(  # noqa: PLR0913, PLR0917 - what a demand says, and what is known of the space
    lequel: EspaceId,
    fiche: Espace | None,
    toutes: Configurations,
    nom: str | None,
    le: Date,
    participants: int | None,
) -> Refus | None:
    """Why so many people cannot be there, set up so; ``None`` when they can."""
    if nom is not None and configuration_le(toutes, nom, le) is None:
        noms = dict.fromkeys(c.nom for c in toutes if configuration_le(toutes, c.nom, le))
        return ConfigurationInconnue(espace=lequel, configuration=nom, possibles=tuple(noms))
    limite = capacite(fiche, toutes, nom, le)
    if limite is None or participants is None or participants <= limite:
        return None
    if nom is None:
        return EspaceTropPetit(espace=lequel, capacite=limite, participants=participants)
    return ConfigurationTropPetite(espace=lequel, configuration=nom, capacite=limite, participants=participants)


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit(c: ConfigurerEspace | RetirerConfiguration, _: Contexte) -> Lot[tuple[Configurations]]:
    return lire(configurations_de(espace(c.espace)))


def _configurer(c: ConfigurerEspace, etats: tuple[Configurations], x: Contexte) -> Issue:
    neuve = Configuration(
        nom=c.configuration, du=c.du, capacite=c.capacite, avant_minutes=c.avant_minutes, apres_minutes=c.apres_minutes
    )
    avant = configuration_le(etats[0], c.configuration, c.du)
    if avant is not None and attrs.evolve(avant, du=c.du) == neuve:
        return ()
    toutes = _toutes(etats[0], neuve, x.aujourdhui)
    return [
        EspaceConfigure(
            espace=c.espace, configuration=c.configuration, capacite=c.capacite, du=c.du, configurations=toutes
        )
    ]


def _retirer(c: RetirerConfiguration, etats: tuple[Configurations], x: Contexte) -> Issue:
    avant = configuration_le(etats[0], c.configuration, c.le)
    if avant is None:
        return ()
    toutes = _toutes(etats[0], attrs.evolve(avant, du=c.le, retiree=True), x.aujourdhui)
    return [ConfigurationRetiree(espace=c.espace, configuration=c.configuration, le=c.le, configurations=toutes)]


def _toutes(toutes: Configurations, neuve: Configuration, jour: Date) -> Configurations:
    autres = tuple(c for c in toutes if c.nom != neuve.nom)
    return autres + avec([c for c in toutes if c.nom == neuve.nom], neuve, jour)


FAITS = (EspaceConfigure, ConfigurationRetiree)
DEMANDES = (
    Demande(ConfigurerEspace, REGIE | {"referent"}, _lit, _configurer),
    Demande(RetirerConfiguration, REGIE | {"referent"}, _lit, _retirer),
)
REFUS = (ConfigurationInconnue, EspaceTropPetit, ConfigurationTropPetite)
