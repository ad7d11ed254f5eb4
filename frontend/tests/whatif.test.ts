import { describe, expect, it } from 'vitest'

import type { Lever } from '@/shared/api/types'

import { groupLevers, ownValue, sliderRange, useChanges } from '../src/features/whatif/levers'

const lever = (code: string, rest: Partial<Lever> = {}): Lever => ({
  code, label: code, unit: '件', type: 'integer', least: 0, most: null, choices: [], empty_is_none: false, group: 'creation', gain: 0, parts: [], value: null, limits: [], effort: null, programmes: [], version: 0, ...rest,
})

describe('levers (E10)', () => {
  it('stand by dimension in the order of the scorecard, as the server sorted them', () => {
    const groups = groupLevers([lever('a', { group: 'management', gain: 5 }), lever('b', { gain: 3 }), lever('c', { gain: 1 }), lever('d', { group: 'judgement' })])
    expect(groups.map((group) => [group.code, group.levers.map((one) => one.code), group.gain])).toEqual([['creation', ['b', 'c'], 3], ['management', ['a'], 5], ['judgement', ['d'], 0]])
  })

  it('have no value of their own where it is known between bounds only', () => {
    expect([ownValue(lever('a', { value: [3, null] })), ownValue(lever('a')), ownValue(lever('a', { value: 0 }))]).toEqual([undefined, undefined, 0])
  })
})

describe('a slider', () => {
  it('goes past the last limit of the rules and well past the firm', () => {
    expect(sliderRange(lever('a', { value: 6, limits: [1, 2, 20] }))).toEqual({ min: 0, max: 50, step: 1 })
  })

  it('does not go where no firm of this size goes', () => {
    expect(sliderRange(lever('a', { type: 'money', value: 10, limits: [40000] }))!.max).toBe(20)
  })

  it('keeps to the range of the fact', () => {
    expect(sliderRange(lever('a', { type: 'percent', most: 100, value: 30 }))).toEqual({ min: 0, max: 100, step: 1 })
  })

  it('goes below zero where the fact may', () => {
    expect(sliderRange(lever('a', { type: 'money', least: null, value: -30 }))).toEqual({ min: -100, max: 100, step: 1 })
  })

  it('is for numbers alone', () => {
    expect(sliderRange(lever('a', { type: 'boolean' }))).toBeNull()
  })
})

describe('changes', () => {
  it('end where the firm stands', () => {
    const { changes, set } = useChanges()
    const own = lever('a', { value: 6 })
    set(own, 9)
    expect(changes).toEqual({ a: 9 })
    set(own, 6)
    expect(changes).toEqual({})
  })

  it('take a known fact away, and leave an unknown one alone', () => {
    const { changes, set, shown } = useChanges()
    set(lever('a', { value: 6 }), undefined)
    set(lever('b'), undefined)
    expect([changes, shown(lever('a', { value: 6 }))]).toEqual([{ a: null }, null])
  })

  it('of a path take the place of all others', () => {
    const { changes, set, replace } = useChanges()
    set(lever('a'), 1)
    replace({ b: true })
    expect(changes).toEqual({ b: true })
  })
})
