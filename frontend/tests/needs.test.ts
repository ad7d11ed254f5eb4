import { describe, expect, it } from 'vitest'

import { gatherNeeds } from '@/shared/utils/needs'

describe('what is still needed', () => {
  it('names facts of one kind together', () => {
    expect(gatherNeeds(['待补充：营业收入', '待人工核验：品牌知名度', '待补充：研发费用'])).toBe('待补充：营业收入、研发费用；待人工核验：品牌知名度')
  })

  it('keeps a sentence without a kind as it is', () => {
    expect(gatherNeeds(['入选条件待省局确认，由人工核验'])).toBe('入选条件待省局确认，由人工核验')
  })

  it('stops at the limit', () => {
    expect(gatherNeeds(['a', 'b', 'c'], 2)).toBe('a、b')
  })
})
