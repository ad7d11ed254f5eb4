import { describe, expect, it } from 'vitest'

import type { RulebookDocument, RuleRow } from '@/shared/api/types'
import { isPart, ruleTree, sectionsOf } from '@/shared/rules/rows'

const row = (id: string, parent: string | null, kind = 'value', max: number | null = null): RuleRow => ({
  id, parent, kind, max, depth: 0, title: id, test: '', source: '', status: 'official', note: null, evidence: null, hint: null, kinds: [], unit: null, measure: null, columns: [], scale: [],
})
const book = (rows: RuleRow[], rest: Partial<RulebookDocument> = {}): RulebookDocument =>
  ({ rows, max: null, sizes: [], effort: null, tiers: [], ...rest }) as RulebookDocument
const chapters = (document: RulebookDocument) => sectionsOf(document).map((section) => [section.id, section.nodes.map((node) => node.id)])

describe('a rulebook on the screen (U07)', () => {
  it('hangs clauses under one another and loses none', () => {
    const [root, orphan] = ruleTree([row('all', null), row('any', 'all'), row('leaf', 'any'), row('orphan', 'gone')])
    expect([root!.children[0]!.children[0]!.id, orphan!.id]).toEqual(['leaf', 'orphan'])
  })

  it('of a programme has scope and conditions', () => {
    expect(chapters(book([row('scope', null), row('criteria', null), row('leaf', 'criteria')]))).toEqual([['scope', ['scope']], ['criteria', ['criteria']]])
  })

  it('of a scorecard has dimensions, tiers with their gates, vetoes and effort', () => {
    const rows = [row('score', null, 'section', 105), row('creation', 'score', 'parts', 30), row('growth', null, 'tier'), row('gate', 'growth'), row('vetoes', null, 'section'), row('fraud', 'vetoes')]
    const effort = { source: '', status: 'calibrated', note: null, classes: [] }
    expect(chapters(book(rows, { max: 105, effort }))).toEqual([['score', ['creation']], ['tiers', ['growth']], ['vetoes', ['fraud']], ['effort', []]])
  })

  it('of size classes is one table', () => {
    expect(chapters(book([], { sizes: [{}] as never }))).toEqual([['sizes', []]])
  })

  it('tells what gives points from what must hold', () => {
    expect([row('part', null, 'bands', 7), row('clause', null)].map(isPart)).toEqual([true, false])
  })
})
