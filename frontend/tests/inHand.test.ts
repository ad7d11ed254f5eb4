import { describe, expect, it } from 'vitest'

import { dueOf, inHand, isMine, wantedOf } from '@/features/home/inHand'
import type { MyRound } from '@/shared/api/filling'

const round = (id: number, more: Partial<MyRound> = {}) =>
  ({ id, assessment: id, state: 'draft', window: 'open', place: 'fill', due: null, filling_until: '2026-12-31T16:00:00Z', open: 2, signers: [], is_over: false, ...more }) as MyRound
const order = (...rounds: MyRound[]) => inHand(rounds).map((one) => one.id)

describe('what waits for the firm (E24)', () => {
  it('ends when its return does, else when the round does', () => {
    expect(dueOf(round(1, { due: '2026-12-07T15:59:59Z' }))).toBe('2026-12-07T15:59:59Z')
    expect(dueOf(round(1))).toBe('2026-12-31T16:00:00Z')
  })

  it('leads with the nearest end, be it of a return or of a round', () => {
    const returned = round(2, { state: 'returned', due: '2026-12-20T15:59:59Z', filling_until: '2026-11-01T16:00:00Z' })
    expect(order(round(1), returned, round(3, { filling_until: '2026-12-10T16:00:00Z' }))).toEqual([3, 2, 1])
  })

  it('puts a return whose days are over behind what can still be done', () => {
    const lapsed = round(2, { state: 'returned', window: 'over', place: 'lapsed', due: '2026-11-20T15:59:59Z' })
    expect(isMine(lapsed)).toBe(false)
    expect(order(lapsed, round(1))).toEqual([1, 2])
  })

  it('asks for answers while notes wait, then for a signature', () => {
    expect(wantedOf(round(1, { state: 'returned' }))).toBe('returned')
    expect(wantedOf(round(1, { state: 'returned', open: 0, may_sign: true }))).toBe('ready')
  })
})
