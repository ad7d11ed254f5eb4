import { describe, expect, it } from 'vitest'

import { leftNote, leftWords, type TimeLeft } from '@/shared/cases/days'
import { beijingInput, fromBeijing } from '@/shared/utils/beijing'
import { changeOf, slotsOf } from '@/features/standing/slots'
import type { Year } from '@/shared/api/filling'

const left = (more: Partial<TimeLeft>): TimeLeft => ({ over: false, hours: 170, days: 7, working_days: 5, unknown_year: null, ...more })

describe('time left (E22, O14)', () => {
  it.each([
    [{}, '还剩 5 个工作日（7 天）', ''],
    [{ working_days: 0, days: 2, hours: 40 }, '还剩 0 个工作日（2 天）', ''],
    [{ working_days: null, unknown_year: 2027 }, '还剩 7 天', '2027 年的放假安排尚未公布，这里按日历天数计算'],
    [{ hours: 23, days: 1, working_days: null, unknown_year: 2027 }, '还剩 23 小时', ''],
    [{ hours: 0, days: 0 }, '还剩不到 1 小时', ''],
    [{ over: true, hours: 0, days: 0 }, '已截止', ''],
  ] as const)('%o', (more, words, note) => {
    expect([leftWords(left(more)), leftNote(left(more))]).toEqual([words, note])
  })
})

describe('moments on the office’s clock', () => {
  it('come back as they were, the seconds too', () => {
    for (const moment of ['2026-12-03T17:00:00+08:00', '2026-12-03T23:59:59+08:00']) expect(fromBeijing(beijingInput(moment))).toBe(moment)
    expect(fromBeijing('2026-12-03T17:00')).toBe('2026-12-03T17:00:00+08:00')
  })
})

describe('the time line', () => {
  const year = (at: number, id: number) => ({ assessment: id, year: at }) as Year
  it('shows years without a result as gaps (E28)', () => {
    expect(slotsOf([year(2023, 1), year(2026, 2)]).map((slot) => [slot.year, slot.result?.assessment])).toEqual([[2023, 1], [2024, undefined], [2025, undefined], [2026, 2]])
  })
  it('keeps two results of one year side by side', () => {
    expect(slotsOf([year(2026, 1), year(2026, 2)]).map((slot) => slot.year)).toEqual([2026, 2026])
  })
})

describe('the change of an indicator', () => {
  it('is that between the first and the last known year, an unknown one is skipped', () => {
    expect(changeOf([[3, 3], null, [5, 5]])).toBe(2)
  })
  it('is not told of one year, nor of what is only known between bounds', () => {
    expect([changeOf([[3, 3], null]), changeOf([[1, 2], [5, 5]])]).toEqual([null, null])
  })
})
