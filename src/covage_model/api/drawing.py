"""Re-exports for the Hypothesis strategies: minimal orders, slots and their values, defects."""

from covage_model.documents.judge.values import fits as fits
from covage_model.documents.judge.verdict import Account as Account
from covage_model.documents.make.defects.base_orders import BaseOrder as BaseOrder
from covage_model.documents.make.defects.defect import Defect as Defect
from covage_model.documents.make.defects.defect import Invalid as Invalid
from covage_model.documents.make.defects.defect import applies_to as applies_to
from covage_model.documents.make.defects.every_defect import defects_of as defects_of
from covage_model.documents.make.defects.maker import maker_with as maker_with
from covage_model.documents.make.valid.order_source import NoOrder as NoOrder
from covage_model.documents.make.valid.order_source import OrderSource as OrderSource
from covage_model.documents.make.valid.simplest import EXACT as EXACT
from covage_model.documents.make.valid.simplest import LONGEST as LONGEST
from covage_model.documents.make.valid.simplest import length_bounds as length_bounds
from covage_model.documents.make.valid.simplest import number_bounds as number_bounds
from covage_model.documents.make.valid.simplest import simplest as simplest
from covage_model.documents.make.valid.simplest import text_patterns as text_patterns
from covage_model.documents.make.valid.simplest import whole_bounds as whole_bounds
from covage_model.documents.make.valid.template_pool import OrderTarget as OrderTarget
from covage_model.documents.make.valid.value_generator import ValueGenerator as ValueGenerator
from covage_model.documents.make.valid.value_generator import lengths as lengths
from covage_model.documents.make.valid.values import countable_values as countable_values
from covage_model.documents.presence.role import Role as Role
from covage_model.documents.presence.sheet import Slot as Slot
