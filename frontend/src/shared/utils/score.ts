import type { Interval, TierStep } from '../api/types'

export interface Zone { code: string; label: string; threshold: number; left: number; width: number }

const percent = (value: number, max: number): number => (max > 0 ? Math.min(100, Math.max(0, (value / max) * 100)) : 0)

/** The solid part of a bar is certain, the striped part still possible; both in percent of the maximum. */
export function barParts([low, high]: Interval, max: number): { certain: number; possible: number } {
  const certain = percent(low, max)
  return { certain, possible: Math.max(0, percent(high, max) - certain) }
}

/** Each tier's stretch of the ladder, from its threshold to the next one's. */
export function tierZones(tiers: TierStep[], max: number): Zone[] {
  const sorted = tiers.map((tier) => ({ ...tier, threshold: tier.threshold ?? 0 })).sort((a, b) => a.threshold - b.threshold)
  return sorted.map((tier, index) => {
    const left = percent(tier.threshold, max)
    return { ...tier, left, width: percent(sorted[index + 1]?.threshold ?? max, max) - left }
  })
}

/** The first tier whose threshold the certain score does not reach, and how far it is. */
export function nextTier(low: number, tiers: TierStep[]): { tier: TierStep; distance: number } | null {
  const ahead = tiers.filter((tier) => (tier.threshold ?? 0) > low).sort((a, b) => a.threshold! - b.threshold!)
  const tier = ahead[0]
  return tier ? { tier, distance: Math.round((tier.threshold! - low) * 1000) / 1000 } : null
}

/** Corner of a radar with `count` axes, the first one pointing up; `share` runs from the centre (0) to the rim (1). */
export function radarPoint(index: number, count: number, share: number, radius: number): [number, number] {
  const angle = (index / count) * 2 * Math.PI - Math.PI / 2
  const reach = Math.min(1, Math.max(0, share)) * radius
  return [Math.cos(angle) * reach, Math.sin(angle) * reach]
}

export const polygon = (shares: number[], radius: number): string =>
  shares.map((share, index) => radarPoint(index, shares.length, share, radius).map((n) => n.toFixed(2)).join(',')).join(' ')
