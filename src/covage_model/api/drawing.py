"""Re-exports for the Hypothesis strategies: minimal orders, slots and their values, defects."""

from covage_model.documents.judge.values import fits as fits
from covage_model.documents.judge.verdict import Account as Account
from covage_model.documents.make.defect import Defect as Defect
from covage_model.documents.make.defect import Invalid as Invalid
from covage_model.documents.make.defect import applies_to as applies_to
from covage_model.documents.make.grow import Grower as Grower
from covage_model.documents.make.grow import lengths as lengths
from covage_model.documents.make.hosts import Host as Host
from covage_model.documents.make.kinds import defects_of as defects_of
from covage_model.documents.make.make import maker_with as maker_with
from covage_model.documents.make.order_source import NoOrder as NoOrder
from covage_model.documents.make.order_source import OrderSource as OrderSource
from covage_model.documents.make.simplest import EXACT as EXACT
from covage_model.documents.make.simplest import LONGEST as LONGEST
from covage_model.documents.make.simplest import length_bounds as length_bounds
from covage_model.documents.make.simplest import number_bounds as number_bounds
from covage_model.documents.make.simplest import simplest as simplest
from covage_model.documents.make.simplest import text_patterns as text_patterns
from covage_model.documents.make.simplest import whole_bounds as whole_bounds
from covage_model.documents.make.stock import OrderTarget as OrderTarget
from covage_model.documents.make.values import countable_values as countable_values
from covage_model.documents.presence.role import Role as Role
from covage_model.documents.presence.sheet import Slot as Slot
from covage_model.documents.presence.slots import is_list as is_list
