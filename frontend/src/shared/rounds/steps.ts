import type { Round } from '../api/types'

export type StepState = 'done' | 'now' | 'todo'
export interface Step { code: string; state: StepState; count?: number; tab: string }

/** Firms come by a city's workbook, or fill in themselves until the window has closed. */
function firstStep(round: Round) {
  const hasFirms = round.counts.firms > 0
  if (!round.filling_until) return { code: 'import', done: hasFirms, tab: 'round-problems' }
  return { code: 'filling', done: hasFirms && !['draft', 'open'].includes(round.state), tab: 'round' }
}

/** How far the round has come, told from its own counts and state: import, score, place, plan, list, certificates. */
export function roundSteps(round: Round): Step[] {
  const { firms, placed, listed, plans, plans_approved: approved, certificates } = round.counts
  const scored = Math.min(round.counts.scored, firms)
  const published = ['published', 'closed'].includes(round.state)
  const reached = [
    { ...firstStep(round), count: firms },
    { code: 'score', done: firms > 0 && scored >= firms, count: scored, tab: 'round-firms' },
    { code: 'place', done: placed > 0, count: placed, tab: 'round-pool' },
    { code: 'plan', done: plans > 0 && approved >= plans, count: approved, tab: 'round-plans' },
    { code: 'list', done: published, tab: 'round-list' },
    { code: 'issue', done: certificates > 0 || (published && listed === 0), count: certificates, tab: 'round-certificates' },
  ]
  const now = round.state === 'closed' ? -1 : reached.findIndex((step) => !step.done)
  return reached.map(({ done, ...step }, index) => ({ ...step, state: done ? 'done' : index === now ? 'now' : 'todo' }))
}
