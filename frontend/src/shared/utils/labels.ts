import { useI18n } from 'vue-i18n'

import regions from '../data/regions.json'
import tracks from '../data/tracks.json'
import units from '../data/units.json'

/** Units of the catalogue; what is merely counted needs no word where a page is not Chinese. */
const UNITS: Record<string, string> = units

interface Named { code?: string; name: string }

/** Names of fixed codes in the page's own language; a code we do not know keeps the server's wording. */
export function useLabels() {
  const { t, te, locale } = useI18n()
  const of = (group: string) => (code: string, label = code): string => (te(`${group}.${code}`) ? t(`${group}.${code}`) : label)

  /** The seventeen divisions by pinyin on pages that are not Chinese; some answers name the division but not its code. */
  function region({ code, name }: Named): string {
    const found = regions.find((one) => (code ? one.code === code : one.name === name))
    return found && locale.value !== 'zh-CN' ? found.pinyin : name
  }
  /** A track by its Chinese word, where an answer gives no code. */
  const trackName = (name: string): string => {
    const found = tracks.find((one) => one.name === name)
    return found && locale.value !== 'zh-CN' ? t(`tracks.${found.code}`) : name
  }
  const unit = (name: string): string => (locale.value === 'zh-CN' || name === '%' ? name : UNITS[name] ? t(`codes.unit.${UNITS[name]}`) : '')
  return {
    trackName, unit,
    region, programme: of('programmes'), track: of('tracks'), tier: of('tiers'), role: of('roles'), move: of('moves'), source: of('source'), job: of('job.kind'),
    roundState: of('states.round'), assessmentState: of('states.assessment'), planState: of('states.plan'), listState: of('states.list'), certificateState: of('states.certificate'), claimState: of('states.claim'), changeState: of('states.change'), taking: of('states.taking'),
    standing: of('states.designation'), designationList: of('states.designationList'), designationRow: of('states.designationRow'),
    kind: of('codes.kind'), planKind: of('codes.planKind'), effort: of('codes.effort'), size: of('codes.size'), dimension: of('codes.dimension'),
    verdict: of('codes.verdict'), change: of('codes.change'), document: of('codes.document'),
  }
}
