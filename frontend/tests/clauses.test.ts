import { describe, expect, it } from 'vitest'

import type { Clause, Outcome } from '@/shared/api/types'
import { clauseTree, countOutcomes, leaves } from '@/shared/utils/clauses'

const clause = (id: string, parent: string | null, outcome: Outcome = 'met'): Clause => ({
  id, parent, outcome, depth: 0, kind: 'value', title: id, test: '', value: '', band: null, outcome_label: '', points: null, max: null,
  needs: null, reason: null, source: null, status: null, evidence: null, hint: null, basis: '',
})

describe('the clause tree (E15)', () => {
  const rows = [clause('all', null), clause('any', 'all'), clause('revenue', 'any'), clause('equity', 'any', 'unknown'), clause('years', 'all', 'unmet')]

  it('hangs each clause under its parent, in the order given', () => {
    const [root] = clauseTree(rows)
    expect([root!.id, root!.children.map((one) => one.id), root!.children[0]!.children.map((one) => one.id)]).toEqual(['all', ['any', 'years'], ['revenue', 'equity']])
  })

  it('loses no clause whose parent is missing', () => {
    expect(clauseTree([clause('orphan', 'gone')]).map((one) => one.id)).toEqual(['orphan'])
  })

  it('does not fall into a clause that names itself', () => {
    expect(clauseTree([clause('self', 'self')]).map((one) => one.id)).toEqual(['self'])
  })

  it('finds the clauses that read facts themselves', () => {
    expect(leaves(clauseTree(rows)).map((one) => one.id)).toEqual(['revenue', 'equity', 'years'])
  })

  it('counts outcomes of those alone', () => {
    expect(countOutcomes(rows)).toEqual({ met: 1, unknown: 1, unmet: 1 })
  })

  const any = { kind: 'any' }
  const innovation = [
    { ...clause('xin', null, 'met'), ...any }, clause('general', 'xin', 'unmet'), clause('rd', 'general', 'unmet'), clause('direct', 'xin', 'met'), clause('award', 'direct', 'met'), clause('old', 'xin', 'not_applicable'),
  ]

  it('lights the path that applied and leaves the others beside it', () => {
    const [xin] = clauseTree(innovation)
    const roles = [xin!, ...xin!.children, ...xin!.children.flatMap((one) => one.children)].map((one) => [one.id, one.role])
    expect(roles).toEqual([['xin', 'lit'], ['general', 'spare'], ['direct', 'lit'], ['old', 'spare'], ['rd', 'spare'], ['award', 'lit']])
  })

  it('names what met it', () => {
    expect(clauseTree(innovation)[0]!.via).toEqual(['direct'])
  })

  it('spares nothing where no way is met', () => {
    const open = clauseTree([{ ...clause('any', null, 'unknown'), ...any }, clause('one', 'any', 'unmet'), clause('two', 'any', 'unknown')])
    expect([open[0]!.via, open[0]!.children.map((one) => one.role)]).toEqual([[], ['open', 'open']])
  })
})
