"""The four documents as another program reads them (E13, E31, P14)."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from cultivation.documents.services import render_html, render_pdf
from cultivation.documents.services.payloads import Payload, Readiness, ReadinessPath
from tests.cultivation.documents import samples
from tests.cultivation.documents.printed import fonts, info, metadata, pages, pdf, root, squeezed, text

EVERY_KIND: list[tuple[str, Payload]] = [
    ("diagnosis_report", samples.report()),
    ("service_plan", samples.plan()),
    ("certificate", samples.certificate()),
    ("advantage_list", samples.advantage_list()),
]


@pytest.mark.parametrize(("kind", "payload"), EVERY_KIND)
def test_fonts_are_embedded_as_subsets(kind: str, payload: Payload) -> None:
    found = fonts(pdf(kind, payload))
    assert found
    assert [name for name, embedded, subset in found if not (embedded and subset)] == []


@pytest.mark.parametrize(("kind", "payload"), EVERY_KIND)
def test_only_the_named_faces_are_used(kind: str, payload: Payload) -> None:
    """A face outside the stack means that the system picked a stranger for some character."""
    families = {name.split("+")[1].removesuffix("-Bold") for name, _, _ in fonts(pdf(kind, payload))}
    assert families <= {"Noto-Serif-CJK-SC", "Noto-Sans-CJK-SC"}


@pytest.mark.parametrize(("kind", "payload"), EVERY_KIND)
def test_is_tagged_and_in_chinese(kind: str, payload: Payload) -> None:
    catalog = root(pdf(kind, payload))
    assert (catalog["/MarkInfo"]["/Marked"], catalog["/Lang"]) == (True, "zh-CN")


@pytest.mark.parametrize(("kind", "payload"), EVERY_KIND)
def test_metadata_comes_from_the_payload_not_from_the_clock(kind: str, payload: Payload) -> None:
    found = info(pdf(kind, payload))
    assert (found["Author"], found["CreationDate"][:10]) == ("湖北省知识产权局", "Mon Jun  1")


@pytest.mark.parametrize(("kind", "payload"), EVERY_KIND)
def test_same_payload_gives_same_bytes(kind: str, payload: Payload) -> None:
    assert render_pdf(kind, payload) == render_pdf(kind, payload)


@pytest.mark.parametrize(
    ("kind", "payload", "fewest", "most"),
    [
        ("diagnosis_report", samples.report(), 4, 7),
        ("diagnosis_report", samples.blank_report(), 4, 7),
        ("diagnosis_report", samples.many_clauses(60), 5, 8),
        ("diagnosis_report", samples.full_report(), 7, 10),
        ("service_plan", samples.plan(), 2, 3),
        ("certificate", samples.certificate(), 1, 1),
        ("certificate", samples.certificate(firm=replace(samples.FIRM, name=samples.LONG_NAME)), 1, 1),
        ("advantage_list", samples.advantage_list(), 5, 6),
    ],
)
def test_page_count(kind: str, payload: Payload, fewest: int, most: int) -> None:
    assert fewest <= pages(pdf(kind, payload)) <= most


@pytest.mark.parametrize("name", [samples.FIRM.name, samples.LONG_NAME, samples.RARE_NAME])
@pytest.mark.parametrize("kind", ["diagnosis_report", "service_plan", "certificate"])
def test_name_comes_out_as_it_went_in(kind: str, name: str) -> None:
    make = {"diagnosis_report": samples.report, "service_plan": samples.plan, "certificate": samples.certificate}[kind]
    assert name in text(pdf(kind, make(firm=replace(samples.FIRM, name=name))))


def test_report_says_what_is_certain_and_what_is_possible() -> None:
    words = text(pdf("diagnosis_report", samples.report()))
    assert "55.5分已确定，补齐资料后最高66.0分（满分105）" in words
    assert "企业知识产权能力评分表ip-capability/2026平台标定" in words


def test_report_prints_every_clause_with_its_outcome() -> None:
    words = text(pdf("diagnosis_report", samples.report()))
    rows = [clause for programme in samples.PROGRAMMES for clause in programme.clauses]
    assert [clause.title for clause in rows if squeezed(clause.title) not in words] == []
    assert "XJ-新-1近两年研发费用合计不低于1,200万元902万元；差298万元不符合" in words


def test_report_prints_how_ready_a_firm_is_for_a_designation() -> None:
    """Beside the conclusion and never in its place; numbers of clauses are printed, names of headings are not (E12)."""
    first, rest = samples.PROGRAMMES[0], samples.PROGRAMMES[1:]
    met = replace(first.clauses[-1], id="SM-1", title="近三年研发投入", outcome="met")
    path = ReadinessPath(
        title="四项常规指标", met=1, total=2, criteria=(met, replace(met, id="exception", outcome="unknown"))
    )
    ready = Readiness(note="供准备参考。", paths=(path, path), awaits=("数值门槛待省局确认",))
    words = text(pdf("diagnosis_report", samples.report(programmes=(replace(first, readiness=ready), *rest))))
    assert "准备情况（不是认定结论）供准备参考。四项常规指标已符合1项，共2项：近三年研发投入（SM-1）符合；" in words
    assert ("或者：四项常规指标" in words, "exception" in words) == (True, False)
    assert "要由认定单位决定的：数值门槛待省局确认。" in words


def test_report_keeps_unknown_zero_and_not_applicable_apart() -> None:
    """E13."""
    words = text(pdf("diagnosis_report", samples.report()))
    assert "备案的专利密集型产品0项无04" in words
    assert "知识产权保险资料不足缺：保单0–33" in words
    assert "海外知识产权风险预案不适用" in words


def test_report_of_unknowns_reads_zero_to_all() -> None:
    assert "0.0分已确定，补齐资料后最高105.0分（满分105）" in text(pdf("diagnosis_report", samples.blank_report()))


def test_report_counts_vetoes_passed_and_names_the_others() -> None:
    rows = (("未列入严重违法失信名单", "unmet"), ("近三年无恶意商标注册", "unknown"), ("不在禁止申报期内", "met"))
    vetoes = tuple(samples.clause("capability", "veto", 0, title, "", outcome) for title, outcome in rows)
    words = text(pdf("diagnosis_report", samples.report(vetoes=vetoes, level="", level_possible="")))
    assert "当前等级不予定级" in words
    assert "一票否决不符合未列入严重违法失信名单" in words
    assert "共3项，符合1项，资料不足1项（近三年无恶意商标注册；查实前不影响定级）" in words


def test_report_leaves_out_the_clauses_of_what_does_not_apply() -> None:
    programmes = (replace(samples.PROGRAMMES[3], outcome="not_applicable"),)
    words = text(pdf("diagnosis_report", samples.report(programmes=programmes)))
    assert "不满足2条：主营业务收入增长率、近两年研发费用不适用" in words
    assert "XJ-新-1" not in words


def test_report_of_a_complete_firm_has_no_interval() -> None:
    complete = samples.report(score_low=71, score_high=71, gaps=())
    words = text(pdf("diagnosis_report", complete))
    assert "71.0分，资料齐全，得分已全部确定（满分105）" in words
    assert "没有缺口" in words


def test_plan_adds_up() -> None:
    words = text(pdf("service_plan", samples.plan()))
    assert "合计4项+13" in words
    assert "55.5→68.5分" in words


def test_plan_counts_overlapping_services_once() -> None:
    words = text(pdf("service_plan", samples.plan(expected_total=9)))
    assert "合计4项+9按同一规则合并核算" in words
    assert "55.5→64.5分" in words


def test_plan_without_services_says_so() -> None:
    empty = samples.plan(items=(), goal=None, notes=())
    assert "按现有资料没有需要安排的服务" in text(pdf("service_plan", empty))


def test_list_numbers_the_firms_through_all_cities() -> None:
    words = text(pdf("advantage_list", samples.advantage_list()))
    assert "仙桃市（1家）57仙桃" in words


def test_list_keeps_the_place_of_its_number_open() -> None:
    assert "〔2026〕号" in text(pdf("advantage_list", samples.advantage_list()))
    numbered = samples.advantage_list(document_number="鄂知发〔2026〕12号")
    assert "鄂知发〔2026〕12号" in text(pdf("advantage_list", numbered))


def test_list_says_once_that_it_is_a_trial() -> None:
    spoken = samples.advantage_list(paragraphs=("本批次为试运行。",), addressee="各市知识产权局：", demonstration=False)
    words = text(pdf("advantage_list", spoken))
    assert ("不产生行政效力" in words, "知识产权局：：" in words) == (False, False)


@pytest.mark.parametrize(("kind", "payload"), EVERY_KIND)
def test_demonstration_and_trial_are_marked(kind: str, payload: Payload) -> None:
    marked = text(pdf(kind, payload))
    plain = text(pdf(kind, replace(payload, demonstration=False, trial=False)))
    assert [("演示" in words, "试运行" in words) for words in (marked, plain)] == [(True, True), (False, False)]


def test_unmarked_certificate_draws_no_seal() -> None:
    real = text(pdf("certificate", samples.certificate(demonstration=False, trial=False)))
    assert "（印章处）" in real
    assert "平台自有密钥签名，未接入持牌电子印章服务" in real


def test_certificate_is_pdf_a_2b() -> None:
    data = pdf("certificate", samples.certificate())
    assert 'part="2" pdfaid:conformance="B"' in metadata(data)
    (intent,) = root(data)["/OutputIntents"]
    assert (intent["/S"], "/DestOutputProfile" in intent) == ("/GTS_PDFA1", True)


def test_markup_in_a_name_is_printed_not_obeyed() -> None:
    name = '<b onclick="x">甲</b>&amp;有限公司'
    payload = samples.certificate(firm=replace(samples.FIRM, name=name))
    assert "<b onclick" not in render_html(payload)
    assert squeezed(name) in text(pdf("certificate", payload))


def test_markup_in_a_drawing_is_printed_not_obeyed() -> None:
    items = (replace(samples.PLAN_ITEMS[0], title="<script>甲"), *samples.PLAN_ITEMS[1:])
    assert "<script" not in render_html(samples.plan(items=items))


def test_wrong_payload_for_a_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="certificate is made from Certificate, not ServicePlan"):
        render_pdf("certificate", samples.plan())


def test_renders_without_django_settings() -> None:
    """A batch's processes start bare: no settings, no database."""
    code = (
        "from cultivation.documents.services import render_pdf\n"
        "from tests.cultivation.documents import samples\n"
        "assert render_pdf('advantage_list', samples.advantage_list())[:5] == b'%PDF-'\n"
    )
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run([sys.executable, "-c", code], check=True, env=bare)
