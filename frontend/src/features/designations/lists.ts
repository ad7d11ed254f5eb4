/** Tones of a list and of its rows: what becomes of each. */
export const LIST_TONES: Record<string, string> = { previewed: 'unknown', confirmed: 'met', discarded: '' }
export const ROW_TONES: Record<string, string> = { new: 'met', known: 'plain', stranger: 'unknown', error: 'unmet' }
export const ROW_STATES = ['error', 'stranger', 'new', 'known'] as const

/** What is wrong stands first; states without a row are left out. */
export const shownCounts = (counts: Record<string, number>): [string, number][] =>
  ROW_STATES.map((state): [string, number] => [state, counts[state] ?? 0]).filter(([, count]) => count > 0)
