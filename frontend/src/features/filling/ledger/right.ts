import type { OwnRight, RightValues } from '@/shared/api/ledger'

export const STATES = ['valid', 'pending', 'lapsed', 'refused'] as const
export const WAYS = ['original', 'transferred', 'gifted', 'merged', 'licensed'] as const
export const FLAGS = ['related', 'in_use', 'emerging', 'used_in_hnte', 'overseas_revenue'] as const
export const DAYS = ['filed_on', 'granted_on', 'transferred_on'] as const

/** The form's own texts; an empty one is not known. */
export type RightTexts = Record<string, string>

const SEPARATORS = /[;；、,，\n]+/
const tri = (value: boolean | undefined): string => (value === undefined ? '' : value ? 'yes' : 'no')

export function textsOf(right: OwnRight | null, none: string): RightTexts {
  const facts = right?.facts ?? {}
  const list = (value: string[] | undefined) => (value === undefined ? '' : value.join('; ') || none)
  return {
    number: right?.number ?? '', publication: right?.publication ?? '', title: right?.title ?? '', kind: right?.kind ?? 'invention',
    filed_on: right?.filed_on ?? '', granted_on: right?.granted_on ?? '', legal_state: right?.legal_state ?? '', holder_name: right?.holder_name ?? '',
    holder_rank: facts.holder_rank ? String(facts.holder_rank) : '', obtained: facts.obtained ?? '', transferred_on: facts.transferred_on ?? '',
    family: list(facts.family), awards: list(facts.awards), pledge: facts.pledge === undefined ? '' : String(facts.pledge),
    ...Object.fromEntries(FLAGS.map((name) => [name, tri(facts[name])])),
  }
}

/** What is sent: null where nothing is known, an empty list where there is known to be none. */
export function valuesOf(texts: RightTexts, none: string): RightValues {
  const text = (name: string) => (texts[name] ?? '').trim()
  const orNull = (name: string) => text(name) || null
  const list = (name: string) => {
    if (!text(name)) return null
    return text(name).toLowerCase() === none.toLowerCase() ? [] : text(name).split(SEPARATORS).map((part) => part.trim()).filter(Boolean)
  }
  return {
    number: text('number'), publication: text('publication'), title: text('title'), kind: text('kind') as RightValues['kind'],
    legal_state: text('legal_state'), holder_name: text('holder_name'), holder_rank: orNull('holder_rank') as never, pledge: orNull('pledge') as never,
    obtained: (text('obtained') || 'unknown') as RightValues['obtained'], family: list('family'), awards: list('awards'),
    ...Object.fromEntries(DAYS.map((name) => [name, orNull(name)])),
    ...Object.fromEntries(FLAGS.map((name) => [name, text(name) ? text(name) === 'yes' : null])),
  }
}
