import { i18n } from '../i18n'

const locale = (): string => i18n.global.locale.value

export const number = (value: number, digits = 2): string =>
  new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value)

/** Scores always carry one decimal, so that columns line up. */
export const score = (value: number): string =>
  new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false }).format(value)

export const interval = ([low, high]: readonly [number, number], format = score): string =>
  low === high ? format(low) : `${format(low)}–${format(high)}`

/** "2026-03-01" is a day, not a moment: no time zone may move it. */
export function date(iso: string | null | undefined): string {
  if (!iso) return '—'
  const [year, month, day] = iso.slice(0, 10).split('-').map(Number)
  const parsed = new Date(Date.UTC(year!, month! - 1, day))
  if (Number.isNaN(parsed.getTime())) return iso
  return new Intl.DateTimeFormat(locale(), { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' }).format(parsed)
}

/** A moment to the minute, on the clock of the province whose deadlines it is. */
export const moment = (iso: string | null | undefined): string =>
  iso ? new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Shanghai' }).format(new Date(iso)) : '—'

/** The day of a day or a moment on the clock of the province, with the year only where it is not this one. */
export function shortDay(iso: string): string {
  const parsed = new Date(iso.length === 10 ? `${iso}T12:00:00+08:00` : iso)
  const zone = { timeZone: 'Asia/Shanghai' } as const
  const yearOf = (at: Date) => at.toLocaleDateString('en', { year: 'numeric', ...zone })
  const isThisYear = yearOf(parsed) === yearOf(new Date())
  return new Intl.DateTimeFormat(locale(), { month: 'long', day: 'numeric', ...(isThisYear ? {} : { year: 'numeric' }), ...zone }).format(parsed)
}

export const shortHash = (hash: string | null | undefined): string => (hash ? `${hash.slice(0, 8)}…${hash.slice(-4)}` : '—')

/** One number, or the two ends of an interval. */
export function points(value: number | readonly number[]): string {
  const [low = 0, high = low] = typeof value === 'number' ? [value] : value
  return interval([low, high], (one) => number(one, 1))
}

/** A moment of the server's clock, to the second. */
export const instant = (iso: string | null | undefined): string =>
  iso ? new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeStyle: 'medium', timeZone: 'Asia/Shanghai' }).format(new Date(iso)) : '—'

export const clock = (iso: string | null | undefined): string =>
  iso ? new Intl.DateTimeFormat('zh-CN', { timeStyle: 'medium', timeZone: 'Asia/Shanghai', hourCycle: 'h23' }).format(new Date(iso)) : '—'

const STEPS = ['KB', 'MB', 'GB'] as const

/** Bytes as people say them, to one decimal. */
export function size(bytes: number): string {
  const place = Math.min(STEPS.length - 1, Math.max(0, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)) - 1))
  return `${number(bytes / 1024 ** (place + 1), 1)} ${STEPS[place]}`
}
