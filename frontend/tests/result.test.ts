import { describe, expect, it } from 'vitest'

import type { OwnRight } from '@/shared/api/ledger'
import type { Counting } from '@/shared/api/types'
import { tabAfterKey } from '@/shared/utils/routeTab'

import { groupsOf, sortedCounting, tallyOf } from '@/shared/rights/rights'

const right = (...outcomes: Counting['outcome'][]): OwnRight =>
  ({ number: outcomes.join('-'), counting: Object.fromEntries(outcomes.map((outcome, index) => [`rule${index}`, { code: `rule${index}`, outcome }])) }) as unknown as OwnRight

describe('a right in the ledger', () => {
  it('tells by how many rules', () => {
    expect(tallyOf(right('counts', 'excluded', 'counts'))).toEqual({ counts: 2, possible: 0, excluded: 1 })
  })

  it('names the rules that take it first', () => {
    expect(sortedCounting(right('excluded', 'counts', 'possible')).map((one) => one.outcome)).toEqual(['counts', 'possible', 'excluded'])
  })
})

describe('a right under each rulebook', () => {
  const rule = (rulebook: string, outcome: Counting['outcome'], code = rulebook + outcome): Counting => ({ code, rulebook, rule: code, clause: '', outcome, reason: '' })

  it('has the standing of the rule that takes it', () => {
    const groups = groupsOf([rule('rights-tech/2017', 'excluded'), rule('rights-tech/2017', 'counts'), rule('rights-sme-2026/2026', 'excluded'), rule('rights-sme-2022/2022', 'possible')])
    expect(groups.map((one) => [one.scheme, one.standing, one.rules.length])).toEqual([
      ['rights-sme-2022', 'possible', 1], ['rights-sme-2026', 'excluded', 1], ['rights-tech', 'counts', 2],
    ])
  })

  it('keeps what an older ledger said without naming its rulebook', () => {
    expect(groupsOf([{ ...rule('', 'counts'), rulebook: undefined }]).map((one) => [one.rulebook, one.standing])).toEqual([['', 'counts']])
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
