import type { OwnRight } from '../api/ledger'
import type { Counting } from '../api/types'

type Standing = Counting['outcome']
export const ORDER: Standing[] = ['counts', 'possible', 'excluded']

const countings = (right: Pick<OwnRight, 'counting'>): Counting[] => Object.values(right.counting)

/** How many rules take it, may take it and leave it out. */
export function tallyOf(right: Pick<OwnRight, 'counting'>): Record<Standing, number> {
  const tally = { counts: 0, possible: 0, excluded: 0 }
  for (const one of countings(right)) tally[one.outcome] += 1
  return tally
}

/** What counts stands first, then what may. */
export const sortedCounting = (right: Pick<OwnRight, 'counting'>): Counting[] =>
  countings(right).sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome))

export interface RuleGroup { rulebook: string; scheme: string; standing: Standing; rules: Counting[] }

/** The rules of each rulebook together, in the order of the ledger; a rulebook takes a right when one of its rules does. */
export function groupsOf(counting: Counting[]): RuleGroup[] {
  const keys = [...new Set(counting.map((one) => one.rulebook ?? ''))].sort()
  return keys.map((rulebook) => {
    const rules = counting.filter((one) => (one.rulebook ?? '') === rulebook)
    const standing = ORDER.find((state) => rules.some((one) => one.outcome === state)) ?? 'excluded'
    return { rulebook, scheme: rulebook.split('/')[0]!, standing, rules }
  })
}
