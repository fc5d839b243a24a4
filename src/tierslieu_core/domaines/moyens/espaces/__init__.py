"""Espaces (R1): opened, described, closed for some days, retired; linked, set up, open to whom and when."""

from tierslieu_core.domaines.moyens.espaces import configurations, espace, fermetures, horaires, liens, publics
from tierslieu_core.domaines.moyens.espaces.configurations import (
    Configuration,
    ConfigurationInconnue,
    ConfigurationRetiree,
    Configurations,
    ConfigurationTropPetite,
    ConfigurerEspace,
    EspaceConfigure,
    EspaceTropPetit,
    RetirerConfiguration,
    capacite,
    configuration_le,
    configurations_de,
    trop_petit,
)
from tierslieu_core.domaines.moyens.espaces.espace import (
    DecrireEspace,
    EspaceDecrit,
    EspaceDejaOuvert,
    EspaceOuvert,
    Fait,
    LigneEspace,
    OuvrirEspace,
    espace_de,
)
from tierslieu_core.domaines.moyens.espaces.fermetures import (
    REGIE,
    ConteneurAbsent,
    ConteneurEnFermeture,
    EspaceAbsent,
    EspaceEnFermeture,
    EspaceFerme,
    EspaceRetire,
    EspaceRouvert,
    FermerEspace,
    RetirerEspace,
    RouvrirEspace,
    Sort,
    arrets_de,
    empechement,
    empechement_dans,
)
from tierslieu_core.domaines.moyens.espaces.horaires import (
    FixerHoraires,
    Horaire,
    Horaires,
    HorairesFixes,
    HorairesIllisibles,
    HorairesNonVerifies,
    HorsHoraires,
    OuvertureInconnue,
    VacancesDansHoraires,
    horaires_de,
    hors_horaires,
)
from tierslieu_core.domaines.moyens.espaces.liens import (
    DelierEspaces,
    EspacesDelies,
    EspacesEnBoucle,
    EspacesLies,
    EspacesLiesAutrement,
    Genes,
    Lien,
    LierEspaces,
    LigneLien,
    conteneurs,
    contenus,
    enveloppe,
    genantes,
    genes_de,
)
from tierslieu_core.domaines.moyens.espaces.publics import (
    Acces,
    FixerPublics,
    PublicNonAdmis,
    PublicsFixes,
    TousAcces,
    acces_de,
    public_non_admis,
)
from tierslieu_core.kernel.declarations import Domaine

_MOTS = (espace, fermetures, liens, configurations, publics, horaires)

DOMAINE = Domaine(
    "espaces",
    "Espaces",
    faits=tuple(un for mot in _MOTS for un in mot.FAITS),
    demandes=tuple(un for mot in _MOTS for un in mot.DEMANDES),
    refus=tuple(un for mot in _MOTS for un in mot.REFUS),
    registres=espace.REGISTRES + liens.REGISTRES,
    identifiants=espace.IDENTIFIANTS,
)

__all__ = [
    "DOMAINE", "REGIE", "Acces", "Configuration", "ConfigurationInconnue", "ConfigurationRetiree",
    "ConfigurationTropPetite", "Configurations", "ConfigurerEspace", "ConteneurAbsent", "ConteneurEnFermeture",
    "DecrireEspace", "DelierEspaces", "EspaceAbsent", "EspaceConfigure", "EspaceDecrit", "EspaceDejaOuvert",
    "EspaceEnFermeture", "EspaceFerme", "EspaceOuvert", "EspaceRetire", "EspaceRouvert", "EspaceTropPetit",
    "EspacesDelies", "EspacesEnBoucle", "EspacesLies", "EspacesLiesAutrement", "Fait", "FermerEspace",
    "FixerHoraires", "FixerPublics", "Genes", "Horaire", "Horaires", "HorairesFixes", "HorairesIllisibles",
    "HorairesNonVerifies", "HorsHoraires", "Lien", "LierEspaces", "LigneEspace", "LigneLien", "OuvertureInconnue",
    "OuvrirEspace", "PublicNonAdmis", "PublicsFixes", "RetirerConfiguration", "RetirerEspace", "RouvrirEspace",
    "Sort", "TousAcces", "VacancesDansHoraires", "acces_de", "arrets_de", "capacite", "configuration_le",
    "configurations_de", "conteneurs", "contenus", "empechement", "empechement_dans", "enveloppe", "espace_de",
    "genantes", "genes_de", "horaires_de", "hors_horaires", "public_non_admis", "trop_petit",
]  # fmt: skip
