import { describe, expect, it } from 'vitest'

import type { Counting, Right } from '@/shared/api/types'
import { tabAfterKey } from '@/shared/utils/routeTab'

import { filterRights, sortedCounting, standingOf, tallyOf } from '@/shared/rights/rights'

const right = (...outcomes: Counting['outcome'][]): Right =>
  ({ number: outcomes.join('-'), counting: Object.fromEntries(outcomes.map((outcome, index) => [`rule${index}`, { code: `rule${index}`, outcome }])) }) as unknown as Right

describe('a right in the ledger', () => {
  it('counts when one rule takes it, and may count when one may', () => {
    expect([standingOf(right('excluded', 'counts')), standingOf(right('excluded', 'possible')), standingOf(right('excluded')), standingOf(right())]).toEqual([
      'counts', 'possible', 'excluded', 'excluded',
    ])
  })

  it('is found by whether it counts', () => {
    const rights = [right('counts'), right('possible'), right('excluded')]
    expect([filterRights(rights, 'counts'), filterRights(rights, undefined)].map((found) => found.length)).toEqual([1, 3])
  })

  it('tells by how many rules', () => {
    expect(tallyOf(right('counts', 'excluded', 'counts'))).toEqual({ counts: 2, possible: 0, excluded: 1 })
  })

  it('names the rules that take it first', () => {
    expect(sortedCounting(right('excluded', 'counts', 'possible')).map((one) => one.outcome)).toEqual(['counts', 'possible', 'excluded'])
  })
})

describe('tabs by key', () => {
  const codes = ['a', 'b', 'c']

  it.each([['ArrowRight', 'c', 'a'], ['ArrowLeft', 'a', 'c'], ['Home', 'c', 'a'], ['End', 'a', 'c']])('%s leads from %s to %s', (key, from, to) => {
    expect(tabAfterKey(key, codes, from)).toBe(to)
  })

  it('leave other keys alone', () => {
    expect(tabAfterKey('x', codes, 'a')).toBeUndefined()
  })
})
