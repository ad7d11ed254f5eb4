const HOUR = 3_600_000

/** Whole days, or hours on the last day, from the server's now to the end; both told by the server. */
export function timeLeft(now: string, until: string): { unit: 'days' | 'hours' | 'over'; count: number } {
  const hours = (Date.parse(until) - Date.parse(now)) / HOUR
  if (hours <= 0) return { unit: 'over', count: 0 }
  return hours < 24 ? { unit: 'hours', count: Math.max(1, Math.floor(hours)) } : { unit: 'days', count: Math.floor(hours / 24) }
}
