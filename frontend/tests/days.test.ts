import { describe, expect, it } from 'vitest'

import { timeLeft } from '@/shared/cases/days'
import { changeOf, slotsOf } from '@/features/standing/slots'
import type { Year } from '@/shared/api/filling'

const NOW = '2026-03-01T09:00:00+08:00'

describe('time left', () => {
  it.each([
    ['2026-03-31T17:30:00+08:00', 'days', 30],
    ['2026-03-02T09:00:00+08:00', 'days', 1],
    ['2026-03-02T08:59:59+08:00', 'hours', 23],
    ['2026-03-01T09:10:00+08:00', 'hours', 1],
    ['2026-03-01T09:00:00+08:00', 'over', 0],
  ] as const)('until %s is %s %i', (until, unit, count) => {
    expect(timeLeft(NOW, until)).toEqual({ unit, count })
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
