"""Communication (CO1 to CO4): the plan received and its actions; tools and channels; publications, and who is seen."""

from tierslieu_core.domaines.projets.communication import canaux, plan, publications
from tierslieu_core.domaines.projets.communication.canaux import (
    CanalDeclare,
    CanalFerme,
    CanalRetire,
    DeclarerCanal,
    LigneCanal,
    RetirerCanal,
)
from tierslieu_core.domaines.projets.communication.plan import (
    ActionAbsente,
    ActionDejaFaite,
    ActionFaite,
    ActionNonFaite,
    ActionPrevue,
    CorrigerAction,
    FaireAction,
    LigneAction,
    LignePlan,
    PlanRecu,
    PrevoirAction,
    RecevoirPlan,
    RenoncerAction,
)
from tierslieu_core.domaines.projets.communication.publications import (
    CanalRepris,
    CorrigerPublication,
    LignePublication,
    PersonneRetiree,
    PublicationAbsente,
    PublicationFaite,
    PublicationRetiree,
    Publier,
    ReprendreCanal,
    RetirerPublication,
    RetirerVisibilite,
    RetraitSansRetour,
    VisibiliteSansConsentement,
)
from tierslieu_core.kernel.declarations import Domaine

DOMAINE = Domaine(
    "communication",
    "Communication",
    faits=plan.FAITS + canaux.FAITS + publications.FAITS,
    demandes=plan.DEMANDES + canaux.DEMANDES + publications.DEMANDES,
    refus=plan.REFUS + canaux.REFUS + publications.REFUS,
    registres=plan.REGISTRES + canaux.REGISTRES + publications.REGISTRES,
    identifiants=plan.IDENTIFIANTS + canaux.IDENTIFIANTS + publications.IDENTIFIANTS,
    suites=publications.SUITES,
    echeances=plan.ECHEANCES + publications.ECHEANCES,
    transmissions=canaux.TRANSMISSIONS,
)

__all__ = [
    "DOMAINE", "ActionAbsente", "ActionDejaFaite", "ActionFaite", "ActionNonFaite", "ActionPrevue", "CanalDeclare",
    "CanalFerme", "CanalRepris", "CanalRetire", "CorrigerAction", "CorrigerPublication", "DeclarerCanal", "FaireAction",
    "LigneAction", "LigneCanal", "LignePlan", "LignePublication", "PersonneRetiree", "PlanRecu", "PrevoirAction",
    "PublicationAbsente", "PublicationFaite", "PublicationRetiree", "Publier", "RecevoirPlan", "RenoncerAction",
    "ReprendreCanal", "RetirerCanal", "RetirerPublication", "RetirerVisibilite", "RetraitSansRetour",
    "VisibiliteSansConsentement",
]  # fmt: skip
