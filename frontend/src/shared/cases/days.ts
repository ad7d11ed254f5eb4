import { i18n } from '../i18n'
import type { components } from '../api/schema'

export type TimeLeft = components['schemas']['TimeLeftOutput']

/** How long is left, in hours on the last day, else in working days with the days of the calendar beside them. */
export function leftWords(left: TimeLeft): string {
  const { t } = i18n.global
  if (left.over) return t('filling.time.over')
  if (left.hours < 24) return left.hours ? t('filling.time.hours', { count: left.hours }) : t('filling.time.soon')
  const days = { days: left.days, working: left.working_days ?? 0 }
  return t(left.working_days === null ? 'filling.time.calendar' : 'filling.time.working', days)
}

/** Why only days of the calendar are told; empty where working days are. */
export const leftNote = (left: TimeLeft): string =>
  left.unknown_year && !left.over && left.hours >= 24 ? i18n.global.t('filling.time.unknownYear', { year: left.unknown_year }) : ''
