import type { Year } from '@/shared/api/filling'

/** One place on the time line: the results of a year, or a year in between in which the firm took no part. */
export interface Slot { key: string; year: number; result: Year | null }

export function slotsOf(years: Year[]): Slot[] {
  const slots: Slot[] = []
  for (const result of years) {
    const last = slots.at(-1)?.year ?? result.year
    for (let year = last + 1; year < result.year; year += 1) slots.push({ key: `none ${year}`, year, result: null })
    slots.push({ key: String(result.assessment), year: result.year, result })
  }
  return slots
}

/** From the first to the last known value, by their certain ends; nothing where only one year knows it. */
export function changeOf(values: ((number | null)[] | null)[]): number | null {
  const known = values.flatMap((span) => (span && span[0] !== null && span[0] === span[1] ? [span[0]!] : []))
  return known.length > 1 ? Math.round((known.at(-1)! - known[0]!) * 1e6) / 1e6 : null
}
