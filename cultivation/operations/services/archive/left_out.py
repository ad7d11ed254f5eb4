"""What points at a firm and is not in its archive, each with the reason that the archive itself tells."""

LEFT_OUT: dict[str, str] = {
    "publication.PublishedList": "公布的名单：里面有其他企业，人人可在平台的“公布名单”里查看",
    "pools.PlacementTrack": "培育库的类别：已列在“企业/入库情况”里，不另成一份",
    "assessments.Upload": "还没有传完的文件：不完整，还不是材料",
    "assessments.PanelScore": "评审专家的单项打分：专家独立评审，不属于企业资料",
    "assessments.Advice": "两份评分表的比对：省局内部的复核线索，不影响结果",
    "assessments.WatchFinding": "批次监测：涉及其他企业",
    "assessments.ImpactFirm": "起草规则时的测算：不是结果",
}
