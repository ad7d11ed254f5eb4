import { computed } from 'vue'

import type { Side } from '@/shared/api/learning'
import { number } from '@/shared/utils/format'

export const SIDES: Side[] = ['expert', 'learned']
export const MEASURES = ['kappa', 'agreed', 'tier_error', 'score_error'] as const
export const UNTOLD = '—'

/** Three places, as cards are read; a figure that can't be told is a dash. */
export const figure = (value: number | null | undefined, digits = 3): string => (value === null || value === undefined ? UNTOLD : value.toFixed(digits))
export const percent = (value: number | null | undefined): string => (value === null || value === undefined ? UNTOLD : `${number(value * 100, 1)}%`)
export const measure = (name: (typeof MEASURES)[number], value: number | null): string => (name === 'agreed' ? percent(value) : figure(value))

/** Linear from [low, high] onto [from, to]. */
export const scale = (low: number, high: number, from: number, to: number) => (value: number): number =>
  from + ((value - low) / (high - low || 1)) * (to - from)

export const useExtent = (values: () => number[]) => computed(() => [Math.min(0, ...values()), Math.max(0, ...values())] as const)
