import { afterAll, describe, expect, it } from 'vitest'

import { setLocale } from '@/shared/i18n'
import { cursorOf } from '@/shared/utils/cursor'
import { date, interval, points, score, shortHash } from '@/shared/utils/format'

describe('numbers', () => {
  it('show a score with one decimal, so that columns line up', () => {
    expect([score(58.5), score(71)]).toEqual(['58.5', '71.0'])
  })

  it('show an interval with both ends, and a known score once', () => {
    expect([interval([58.5, 71]), interval([60, 60])]).toEqual(['58.5–71.0', '60.0'])
  })

  it('show points of either shape', () => {
    expect([points(4), points([3, 5]), points([2.5, 2.5])]).toEqual(['4', '3–5', '2.5'])
  })
})

describe('dates', () => {
  afterAll(() => setLocale('zh-CN'))

  it('are days: no time zone moves them', () => {
    expect(date('2026-03-01')).toBe('2026年3月1日')
  })

  it('follow the language', async () => {
    await setLocale('en')
    expect(date('2026-03-01')).toBe('March 1, 2026')
  })

  it('show a dash when there is none, and the text as it is when it is no date', () => {
    expect([date(null), date('soon')]).toEqual(['—', 'soon'])
  })
})

describe('the rest', () => {
  it('shortens a fingerprint to its ends', () => {
    expect(shortHash('9f2c71be'.repeat(8))).toBe('9f2c71be…71be')
  })

  it('keeps only the cursor of the next page address', () => {
    expect([cursorOf('http://x/api/v1/placements?round=1&cursor=cD0y'), cursorOf(null), cursorOf('http://x/?a=1')]).toEqual(['cD0y', null, null])
  })
})
