"""What follows from a node alone is worked out once, and the node stays what it is."""

from scoring import load_library, parse_rulebook
from scoring.limits import band_labels
from scoring.once import once
from scoring.points import borders_of, rising_bands
from scoring.schema import Bands

REAL = load_library().get("ip-capability/2026")
BANDS = [node for node in REAL.nodes() if isinstance(node, Bands)]


def test_the_work_is_done_once_for_each_node() -> None:
    done = []

    @once
    def work(part: Bands) -> str:
        done.append(part.id)
        return part.id

    assert [work(part) for part in BANDS + BANDS] == [part.id for part in BANDS + BANDS]
    assert done == [part.id for part in BANDS]
    assert len(done) > 5


def test_what_is_kept_is_no_part_of_the_node() -> None:
    again = [node for node in parse_rulebook(REAL.document()).nodes() if isinstance(node, Bands)]
    for part, fresh in zip(BANDS, again, strict=True):
        before = (repr(fresh), fresh.model_dump(), fresh.model_dump_json(), hash(fresh))
        assert (rising_bands(fresh), band_labels(fresh)) == (rising_bands(part), band_labels(part))
        assert borders_of(fresh).limits == borders_of(part).limits
        assert (repr(fresh), fresh.model_dump(), fresh.model_dump_json(), hash(fresh)) == before
        assert fresh == part
