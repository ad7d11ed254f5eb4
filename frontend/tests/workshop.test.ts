import { describe, expect, it } from 'vitest'

import type { Cell, RulesProblem, Section } from '@/shared/api/workshop'
import { labelOf, patchSections, queued, sectionOf, shown, typed } from '@/features/workshop/tables/cells'
import { ends, flow, HEIGHT, order } from '@/features/workshop/impact/flow'
import { FULL_SCALE, pairsOf, strength } from '@/features/workshop/weights/pairs'

const cell = (pointer: string, value: unknown, more: Partial<Cell> = {}): Cell => ({ pointer, label: '分值', type: 'number', value, original: value, is_changed: false, is_optional: false, is_minor: false, options: [], ...more })
const section = (pointer: string, node: string, more: Partial<Section> = {}): Section => ({ pointer, group: 'scorecard', kind: 'bands', node, depth: 0, title: node, words: '', is_listed: true, state: 'same', cells: [cell(`${pointer}/max`, 3)], rows: [], ...more })
const bands = section('/parts/0', 'CR-4', { rows: [{ pointer: '/parts/0/bands/0', label: '', node: '', is_listed: true, state: 'same', cells: [cell('/parts/0/bands/0/points', 2)] }] })
const problem = (pointer: string, node = ''): RulesProblem => ({ law: 'bands', node, pointer, sentence: '有空缺' })

describe('cells (P02)', () => {
  it('are shown by the words of their choices and typed as they are written', () => {
    const options = [{ code: 'new', label: '新申报' }, { code: 'renewal', label: '复核' }]
    expect(shown(cell('/a', ['new', 'renewal'], { type: 'choices', options }), ['new', 'renewal'], String)).toBe('新申报、复核')
    expect(shown(cell('/a', [7, 8], { type: 'points' }), [7, 8], String)).toBe('7–8')
    expect(shown(cell('/a', true), true, (yes) => (yes ? '是' : '否'))).toBe('是')
    expect(shown(cell('/a', 0), 0, String)).toBe('0')
    expect(shown(cell('/a', null), null, String)).toBe('')
    expect([typed(cell('/a', '5%')), typed(cell('/a', [7, 8], { type: 'points' })), typed(cell('/a', null))]).toEqual(['5%', '7-8', ''])
  })

  it('take what was saved and know whether it differs; other sections stay the very same', () => {
    const other = section('/parts/1', 'CR-5')
    const [patched, untouched] = patchSections([bands, other], [{ pointer: '/parts/0/bands/0/points', value: 2.5 }])
    expect(patched!.rows[0]!.cells[0]).toMatchObject({ value: 2.5, original: 2, is_changed: true })
    expect([patched!.state, patched!.rows[0]!.state]).toEqual(['changed', 'changed'])
    expect(untouched).toBe(other)
    const [back] = patchSections([patched!], [{ pointer: '/parts/0/bands/0/points', value: 2 }])
    expect([back!.state, back!.rows[0]!.state]).toEqual(['same', 'same'])
  })

  it('leave a new section new', () => {
    const [patched] = patchSections([{ ...bands, state: 'added' }], [{ pointer: '/parts/0/max', value: 4 }])
    expect(patched!.state).toBe('added')
  })
})

describe('problems (P04)', () => {
  const nested = section('/parts/0/parts/1', 'UT-2')
  it('stand in the nearest section around their place, else in that of their node', () => {
    expect(sectionOf(problem('/parts/0/bands/0'), [bands, nested])?.node).toBe('CR-4')
    expect(sectionOf(problem('/parts/0/parts/1/max'), [bands, nested])?.node).toBe('UT-2')
    expect(sectionOf(problem('/nowhere', 'UT-2'), [bands, nested])?.node).toBe('UT-2')
    expect(sectionOf(problem('/nowhere'), [bands])).toBeUndefined()
  })

  it('are named by section and cell', () => {
    expect(labelOf([bands], '/parts/0/bands/0/points')).toBe('CR-4 · 分值')
    expect(labelOf([bands], '/parts/0')).toBe('CR-4')
    expect(labelOf([bands], '/gone')).toBe('/gone')
  })
})

describe('edits that wait', () => {
  it('are the newest of each cell, and rows in their order', () => {
    const one = { op: 'set' as const, pointer: '/a', value: 1 }
    const copy = { op: 'copy' as const, pointer: '/b' }
    expect(queued([one, copy], { ...one, value: 2 })).toEqual([copy, { ...one, value: 2 }])
    expect(queued([copy], copy)).toEqual([copy, copy])
  })
})

describe('the flow of firms (P03)', () => {
  const tiers = [{ code: 'starter', zh: '起步', en: 'Starter', threshold: null }, { code: 'growth', zh: '成长', en: 'Growth', threshold: 45 }]
  const steps = [{ before: 'growth', after: 'starter', count: 3 }, { before: 'growth', after: 'growth', count: 6 }, { before: '', after: '', count: 1 }]
  it('stands from the highest tier down, without a tier last', () => {
    expect(order(tiers, ['', 'starter', 'growth'])).toEqual(['growth', 'starter', ''])
    expect(order([], ['unmet', 'met'])).toEqual(['unmet', 'met'])
  })

  it('fills the picture, every stream as thick as its firms', () => {
    const { left, right, ribbons } = flow(steps, tiers, tiers, 300)
    const last = left.at(-1)!
    expect(last.y + last.height).toBeCloseTo(HEIGHT)
    expect(left.map((node) => node.count)).toEqual([9, 1])
    expect(right.map((node) => node.count)).toEqual([6, 3, 1])
    expect(ribbons.filter((ribbon) => ribbon.isMoved)).toHaveLength(1)
    expect(ribbons.at(-1)!.isMoved).toBe(true)
  })

  it('opens lists by words an address can hold', () => {
    expect(ends({ before: '', after: 'growth' })).toEqual({ before: 'none', after: 'growth' })
  })
})

describe('pairs (P05)', () => {
  it('are each asked once, in the order of the parts', () => {
    const parts = ['a', 'b', 'c'].map((code) => ({ code, title: code, max: 1 }))
    expect(pairsOf(parts).map((pair) => pair.key)).toEqual(['a|b', 'a|c', 'b|c'])
  })

  it('are answered on the scale of one to nine, both ways', () => {
    expect(FULL_SCALE).toEqual(['9', '8', '7', '6', '5', '4', '3', '2', '1', '1/2', '1/3', '1/4', '1/5', '1/6', '1/7', '1/8', '1/9'])
    expect([strength('9'), strength('1/3')]).toEqual([9, 3])
  })
})
