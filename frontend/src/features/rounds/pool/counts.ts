import type { Pool } from '@/shared/api/types'

export type Cell = Pool['cells'][number]

export const cellAt = (pool: Pool, tier: string, track: string): Cell =>
  pool.cells.find((cell) => cell.tier === tier && cell.track === track) ?? { tier, track, holders: 0, candidates: 0 }

export const regionTotal = (counts: Record<string, number>): number => Object.values(counts).reduce((sum, n) => sum + n, 0)

/** Depth of tint from 0 to 1, by rank of magnitude so that a capital does not bleach all others. */
export const depth = (value: number, largest: number): number => (largest > 0 ? Math.sqrt(value / largest) : 0)
