import { describe, expect, it } from 'vitest'

import { figure, measure, percent, scale, useExtent } from '@/features/learning/card/figures'

describe('figures of a card', () => {
  it('carry three places, and a dash where nothing can be told', () => {
    expect([figure(0.71734), figure(0), figure(null), figure(undefined)]).toEqual(['0.717', '0.000', '—', '—'])
  })

  it('show shares in percent and everything else as it is', () => {
    expect([measure('agreed', 0.7034), measure('kappa', 0.7034), measure('score_error', null), percent(1)]).toEqual(['70.3%', '0.703', '—', '100%'])
  })
})

describe('axes', () => {
  it('run from one end to the other, also upside down', () => {
    expect([0, 5, 10].map(scale(0, 10, 300, 0))).toEqual([300, 150, 0])
  })

  it('do not break where all values are the same', () => {
    expect(scale(3, 3, 0, 100)(3)).toBe(0)
  })

  it('always hold zero, so that what takes points away points the other way', () => {
    expect(useExtent(() => [2, 5]).value).toEqual([0, 5])
    expect(useExtent(() => [-1, -4]).value).toEqual([-4, 0])
  })
})
