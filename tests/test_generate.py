"""Documents and accounts from the model: what each part of the room returns."""

from random import Random

from covage_model import load_pack
from covage_model.generate.lived import lived
from covage_model.generate.near import near
from covage_model.generate.values import drawn, fits
from covage_model.model.conditions import DocumentReady, Holds, Literal, Ref

READY = DocumentReady("submitted")


def test_a_number_keeps_its_beginning_and_a_reference_its_form() -> None:
    random = Random(7)
    assert all(near("0199000102", random).startswith("019900") for _ in range(50))
    assert near("RUE DE L'EXEMPLE", random) == "RUE DE L'EXEMPLE"
    assert len({near("O310314_00042", random) for _ in range(50)}) > 40


def test_a_drawn_value_fits_its_slot() -> None:
    judge = load_pack("covage").judge
    random = Random(1)
    pending = [judge.sheet(leaf.name).root for leaf in judge.pack.leaves]
    for slot in pending:  # grows as it is read
        pending.extend((slot.properties or {}).values())
        pending.extend([slot.items] if slot.items is not None else [])
        if slot.properties is None and slot.items is None and not slot.shows_status:
            assert all(fits(slot, drawn(slot, random)) for _ in range(5))


def test_a_life_has_one_account_and_a_document_for_each_configuration() -> None:
    judge = load_pack("covage").judge
    life = lived(judge, "activate-copper/create", [((READY, False),), ((READY, True),), ((READY, False),)])
    assert life is not None
    refused, accepted, again = life.documents
    assert refused == again != accepted
    account = judge.account(life.account, "account")
    assert not judge.verdict(accepted, "accepted", account=account).findings
    assert len(judge.verdict(refused, "refused", account=account).findings) == 1


def test_what_reads_the_account_alone_cannot_change_within_a_life() -> None:
    judge = load_pack("tests/packs/library").judge
    blocked = Holds(Ref("account", ("blocked",)), Literal(value=False))
    assert lived(judge, "renewal", [((blocked, True),), ((blocked, False),)]) is None


def test_a_life_without_a_configuration_is_none() -> None:
    assert lived(load_pack("covage").judge, "terminate-copper", []) is None
