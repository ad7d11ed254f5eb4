import { describe, expect, it } from 'vitest'

import { barParts, nextTier, polygon, radarPoint, tierZones } from '@/shared/utils/score'

const tiers = [
  { code: 'leading', label: '领军', threshold: 80 },
  { code: 'starter', label: '起步', threshold: null },
  { code: 'growth', label: '成长', threshold: 45 },
  { code: 'advantage', label: '优势', threshold: 65 },
]

describe('the score bar', () => {
  it('draws the certain part solid and only the rest as possible', () => {
    expect(barParts([25, 75], 100)).toEqual({ certain: 25, possible: 50 })
  })

  it('has no possible part when the score is known', () => {
    expect(barParts([84, 84], 105)).toEqual({ certain: 80, possible: 0 })
  })

  it('never runs over its end', () => {
    expect(barParts([90, 130], 100)).toEqual({ certain: 90, possible: 10 })
  })

  it('is empty without a maximum', () => {
    expect(barParts([3, 5], 0)).toEqual({ certain: 0, possible: 0 })
  })
})

describe('the ladder', () => {
  it('cuts the bar at the thresholds, in ascending order, without a gap', () => {
    expect(tierZones(tiers, 100).map(({ code, left, width }) => [code, left, width])).toEqual([
      ['starter', 0, 45], ['growth', 45, 20], ['advantage', 65, 15], ['leading', 80, 20],
    ])
  })

  it('names the nearest threshold not yet reached for certain', () => {
    expect(nextTier(58.5, tiers)).toEqual({ tier: tiers[3], distance: 6.5 })
  })

  it('counts a threshold as reached on its very border', () => {
    expect(nextTier(65, tiers)?.tier.code).toBe('leading')
  })

  it('has nothing ahead at the top', () => {
    expect(nextTier(80, tiers)).toBeNull()
  })
})

describe('the radar', () => {
  it('starts at the top and goes clockwise', () => {
    const corner = (index: number) => radarPoint(index, 4, 1, 10).map((n) => Math.round(n) + 0)
    expect([corner(0), corner(1), corner(2), corner(3)]).toEqual([[0, -10], [10, 0], [0, 10], [-10, 0]])
  })

  it('keeps a share over one on the rim', () => {
    expect(radarPoint(1, 4, 1.4, 10)[0]).toBeCloseTo(10)
  })

  it('writes one point for each axis', () => {
    expect(polygon([1, 0.5, 0], 10).split(' ')).toHaveLength(3)
  })
})
