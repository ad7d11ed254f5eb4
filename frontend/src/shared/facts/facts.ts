import type { Indicator } from '../api/types'

/** `null` is a stated "don't know", "n/a" is "not applicable", 0 and false are values; what is not there has no answer yet. */
export type FactValue = number | string | boolean | null
export type Facts = Record<string, FactValue>
export const NOT_APPLICABLE = 'n/a'

export const NUMERIC = ['money', 'integer', 'number', 'percent']
export const isNumeric = (fact: Pick<Indicator, 'type'>): boolean => NUMERIC.includes(fact.type)

/** The sections of the form, each with the groups of the catalogue it asks for; a person's verdicts are never asked. */
export const SECTIONS = [
  { code: 'company', groups: ['company'] },
  { code: 'finance', groups: ['finance', 'people'] },
  { code: 'market', groups: ['market', 'quality'] },
  { code: 'creation', groups: ['ip'] },
  { code: 'use', groups: ['use'] },
  { code: 'protection', groups: ['protection'] },
  { code: 'management', groups: ['management'] },
  { code: 'standing', groups: ['innovation', 'honour', 'title', 'veto'] },
] as const
export type SectionCode = (typeof SECTIONS)[number]['code']

export const sectionOf = (fact: Pick<Indicator, 'group'>): SectionCode | undefined =>
  SECTIONS.find((section) => (section.groups as readonly string[]).includes(fact.group))?.code

/** What a form may ask: facts that a rulebook reads and a firm can tell. */
export const askable = (facts: Indicator[], scheme = ''): Indicator[] =>
  facts.filter((fact) => !fact.is_judgement && sectionOf(fact) && (scheme ? fact.schemes.includes(scheme) : fact.schemes.length))

/** A number as people type it: full-width digits and commas are read, anything else stays as it was typed. */
export function readTyped(text: string): number | string {
  const plain = text.normalize('NFKC').replaceAll(',', '').trim()
  return /^-?(\d+(\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : text
}

export const shownValue = (value: FactValue | undefined): string =>
  value === undefined || value === null || value === NOT_APPLICABLE || typeof value === 'boolean' ? '' : String(value)

/** Answers that came from a file: only codes of the catalogue and plain values are taken; the rest is counted. */
export function readAnswers(json: unknown, known: Set<string>): { facts: Facts; ignored: number } {
  const given = (json && typeof json === 'object' && 'facts' in json ? (json as { facts: unknown }).facts : json) as Record<string, unknown> | null
  const entries = given && typeof given === 'object' && !Array.isArray(given) ? Object.entries(given) : []
  const fits = ([code, value]: [string, unknown]) => known.has(code) && (value === null || ['number', 'string', 'boolean'].includes(typeof value))
  const kept = entries.filter(fits)
  return { facts: Object.fromEntries(kept) as Facts, ignored: entries.length - kept.length }
}
