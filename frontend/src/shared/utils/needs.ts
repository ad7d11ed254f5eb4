import { i18n } from '../i18n'

/** Needs come as "what kind：which fact"; facts of one kind are named together, and what has no kind stands alone. */
export function gatherNeeds(needs: string[], limit = Infinity): string {
  const [join, then] = i18n.global.locale.value === 'zh-CN' ? ['、', '；'] : [', ', '; ']
  const kinds = new Map<string, string[]>()
  for (const need of needs.slice(0, limit)) {
    const [, kind = '', fact = need] = /^([^：:，,]{1,24}[：:]\s?)(.+)$/u.exec(need) ?? []
    kinds.set(kind, [...(kinds.get(kind) ?? []), fact])
  }
  return [...kinds].map(([kind, facts]) => kind + facts.join(join)).join(then)
}
