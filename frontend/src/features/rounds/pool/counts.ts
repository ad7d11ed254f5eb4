import type { Coded, Pool } from '@/shared/api/types'

export type Cell = Pool['cells'][number]

const RANKS = ['starter', 'growth', 'advantage', 'leading']

export const cellAt = (pool: Pool, tier: string, track: string): Cell =>
  pool.cells.find((cell) => cell.tier === tier && cell.track === track) ?? { tier, track, holders: 0, candidates: 0 }

/** Tiers from the lowest to the highest, in whatever order they came. */
export const sortTiers = (tiers: Coded[]): Coded[] => [...tiers].sort((a, b) => RANKS.indexOf(a.code) - RANKS.indexOf(b.code))

/** Depth of tint from 0 to 1, by root so that a capital does not bleach all others. */
export const depth = (value: number, largest: number): number => (largest > 0 ? Math.sqrt(value / largest) : 0)

export const shortName = (name: string): string => name.replace(/(土家族苗族自治州|林区|市|州)$/u, '')
