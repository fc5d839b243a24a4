"""Partenariats (PA1, PA2): a strategy by axes; contacts, agreements, what each side owes, reviews, renewals, ends."""

from tierslieu_core.domaines.projets.partenariats import axes, partenariat, registre
from tierslieu_core.domaines.projets.partenariats.axes import (
    AdopterAxe,
    AxeAdopte,
    AxeClos,
    CloreAxe,
    CorrigerAxe,
    LigneAxe,
    SansAxe,
)
from tierslieu_core.domaines.projets.partenariats.partenariat import (
    ClorePartenariat,
    ConstaterEngagement,
    ContactNoue,
    Convention,
    ConventionSignee,
    CorrigerPartenariat,
    DejaEnConvention,
    Engagement,
    EngagementConstate,
    EngagementInconnu,
    EvaluerPartenariat,
    NouerContact,
    Partenaire,
    PartenariatAbsent,
    PartenariatClos,
    PartenariatEvalue,
    PartenariatFini,
    SansConvention,
    SignerConvention,
)
from tierslieu_core.domaines.projets.partenariats.registre import LignePartenariat
from tierslieu_core.kernel.declarations import Domaine

DOMAINE = Domaine(
    "partenariats",
    "Partenariats",
    faits=axes.FAITS + partenariat.FAITS,
    demandes=axes.DEMANDES + partenariat.DEMANDES,
    refus=axes.REFUS + partenariat.REFUS,
    registres=axes.REGISTRES + registre.REGISTRES,
    identifiants=axes.IDENTIFIANTS + registre.IDENTIFIANTS,
    echeances=registre.ECHEANCES,
    transmissions=registre.TRANSMISSIONS,
)

__all__ = [
    "DOMAINE",
    "AdopterAxe",
    "AxeAdopte",
    "AxeClos",
    "CloreAxe",
    "ClorePartenariat",
    "ConstaterEngagement",
    "ContactNoue",
    "Convention",
    "ConventionSignee",
    "CorrigerAxe",
    "CorrigerPartenariat",
    "DejaEnConvention",
    "Engagement",
    "EngagementConstate",
    "EngagementInconnu",
    "EvaluerPartenariat",
    "LigneAxe",
    "LignePartenariat",
    "NouerContact",
    "Partenaire",
    "PartenariatAbsent",
    "PartenariatClos",
    "PartenariatEvalue",
    "PartenariatFini",
    "SansAxe",
    "SansConvention",
    "SignerConvention",
]
