import type { Firm, Heir, Placement } from '@/shared/api/types'

/** One line of the table, whether the firm is placed or not. */
export interface FirmRow {
  assessment: number; uscc: string; name: string; region: { code?: string; name: string }; zone: string; tier: string; tierLabel: string
  score: [number, number] | null; possible: string; tracks: Placement['tracks'] | null; heir: Heir | null; state: string; stateLabel: string
}

export const fromPlacement = (one: Placement): FirmRow => ({
  assessment: one.assessment, uscc: one.enterprise.uscc, name: one.enterprise.name,
  region: { code: one.enterprise.region, name: one.enterprise.region_name }, zone: one.enterprise.zone, tier: one.tier, tierLabel: one.tier_label,
  score: [one.score_low, one.score_high], possible: one.level_possible, tracks: one.tracks, heir: one.enterprise.merged_into, state: '', stateLabel: '',
})

export const fromFirm = (one: Firm): FirmRow => ({
  assessment: one.id, uscc: one.uscc, name: one.name, region: { name: one.region_name }, zone: one.zone,
  tier: one.level, tierLabel: one.level_label, score: typeof one.score_low === 'number' && typeof one.score_high === 'number' ? [one.score_low, one.score_high] : null,
  possible: '', tracks: null, heir: one.merged_into, state: one.state, stateLabel: one.state_label,
})

/** There is something to read of a firm once it is scored, or has signed what it handed in. */
export const isReadable = ({ score, state }: Pick<FirmRow, 'score' | 'state'>): boolean => score !== null || state === 'submitted' || state === 'returned'

type Filter = Partial<Record<'tier' | 'track' | 'standing' | 'region' | 'q' | 'cursor', string>>

/** Track, standing and region are facts of a placement; without them all firms are listed, placed or not. */
export const asksForPlaces = (filter: Filter): boolean => Boolean(filter.track || filter.standing || filter.region)
