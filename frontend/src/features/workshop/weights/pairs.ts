import type { Weighing } from '@/shared/api/workshop'

export type Part = Weighing['parts'][number]
export interface Pair { key: string; one: Part; two: Part }

export const pairsOf = (parts: Part[]): Pair[] => parts.flatMap((one, index) => parts.slice(index + 1).map((two) => ({ key: `${one.code}|${two.code}`, one, two })))

/** Saaty's scale from "the first, extremely" to "the second, extremely". */
export const SCALE = ['9', '7', '5', '3', '1', '1/3', '1/5', '1/7', '1/9']
const BETWEEN = ['8', '6', '4', '2', '1/2', '1/4', '1/6', '1/8']
/** Every judgement in order, those between the named ones included. */
export const FULL_SCALE = SCALE.flatMap((one, index) => (index < BETWEEN.length ? [one, BETWEEN[index]!] : [one]))
export const strength = (judgement: string): number => Number(judgement.replace('1/', ''))
