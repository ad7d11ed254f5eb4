import type { ReviewFact, ReviewSection } from '@/shared/api/returning'

export const LEDGER = 'ledger'
export const FILTERS = ['all', 'answered', 'changed', 'unproven', 'unconfirmed'] as const
export type Filter = (typeof FILTERS)[number]

/** Not answered at all, told to be unknown, and does not apply are three; none of them is a value. */
export type Standing = 'known' | 'unanswered' | 'unknown' | 'not_applicable'
export function standingOf({ state, source }: Pick<ReviewFact, 'state' | 'source'>): Standing {
  if (state === 'not_applicable') return 'not_applicable'
  if (state === 'unknown') return source ? 'unknown' : 'unanswered'
  return 'known'
}

/** A value that the rules want proof of, without any; what the ledger counts is proven by the ledger. */
export const isUnproven = (fact: ReviewFact): boolean =>
  fact.wanted !== '' && !fact.proofs.length && fact.source !== LEDGER && standingOf(fact) === 'known'

const PASSES: Record<Filter, (fact: ReviewFact) => boolean> = {
  all: () => true,
  answered: (fact) => standingOf(fact) !== 'unanswered',
  changed: (fact) => fact.is_changed,
  unproven: isUnproven,
  unconfirmed: (fact) => !fact.is_confirmed,
}

export const countOf = (sections: ReviewSection[], filter: Filter): number => sections.reduce((sum, { fields }) => sum + fields.filter(PASSES[filter]).length, 0)

/** Only the sections in which something is left. */
export const filtered = (sections: ReviewSection[], filter: Filter): ReviewSection[] =>
  sections.map((section) => ({ ...section, fields: section.fields.filter(PASSES[filter]) })).filter(({ fields }) => fields.length)
