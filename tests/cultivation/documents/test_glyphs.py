"""A character that no face holds is refused by name, never printed as an empty box."""

import pickle
from dataclasses import replace

import pytest

from cultivation.documents.services import MissingGlyph, check_glyphs, render_pdf
from cultivation.documents.services.glyphs import MissingFont, locate_face
from tests.cultivation.documents import samples


@pytest.mark.parametrize("character", "𬭎堃喆镕犇垚玥珺琤翀赟昉祎芃暐晞旸骉堉镩瘭蹯鲰齄")
def test_rare_characters_of_names_are_held(character: str) -> None:
    check_glyphs(character)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("武汉😀科技有限公司", "😀（U+1F600）"),
        ("武汉\ue000科技有限公司", "□（U+E000）"),
        ("武汉\u202e科技", "□（U+202E）"),
        ("武汉\x00科技", "□（U+0000）"),
    ],
)
def test_missing_character_is_named_with_its_code_point(text: str, named: str) -> None:
    with pytest.raises(MissingGlyph, match="不在已安装的字库中") as caught:
        check_glyphs(text)
    assert f"字符 {named}" in str(caught.value)


def test_each_missing_character_is_named_once() -> None:
    with pytest.raises(MissingGlyph) as caught:
        check_glyphs("😀甲😀")
    assert caught.value.characters == ("😀",)


def test_any_string_of_a_payload_is_checked() -> None:
    deep = replace(samples.GAPS[0], todo="请补\ue123")
    with pytest.raises(MissingGlyph, match=r"U\+E123"):
        render_pdf("diagnosis_report", samples.report(gaps=(deep,)))


def test_error_survives_the_way_between_processes() -> None:
    error = MissingGlyph("甲😀", ("😀",))
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_absent_family_is_not_replaced_by_another() -> None:
    with pytest.raises(MissingFont, match="缺少字体 Songti Nowhere"):
        locate_face("Songti Nowhere")
