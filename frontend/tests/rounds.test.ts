import { describe, expect, it } from 'vitest'

import type { Round } from '@/shared/api/types'
import zh from '@/shared/locales/zh-CN'
import { HINTS, hintOf } from '@/shared/rounds/hint'
import { roundSteps } from '@/shared/rounds/steps'

import { asksForPlaces } from '../src/features/rounds/firms/rows'
import { cellAt, depth, shortName, sortTiers } from '../src/features/rounds/pool/counts'
import { shareDone } from '../src/shared/jobs/queries'
import type { Job, Pool } from '../src/shared/api/types'

const counts = { firms: 0, scored: 0, placed: 0, listed: 0, problems: 0, plans: 0, plans_approved: 0, certificates: 0 }
const round = (given: Partial<Round>): Round => ({ state: 'draft', counts, actions: [], can_upload: null, ...given }) as Round
const move = (name: string, enabled = true) => ({ name, label: name, enabled, reason: '', confirm: '' })

describe('the steps of a round', () => {
  const states = (given: Partial<Round>) => roundSteps(round(given)).map((step) => step.state).join(' ')

  it('begin with the import', () => {
    expect(states({})).toBe('now todo todo todo todo todo')
  })

  it('stand at scoring until every firm has a score', () => {
    expect(states({ counts: { ...counts, firms: 5, scored: 4 } })).toBe('done now todo todo todo todo')
  })

  it('are over in a closed round, whatever it left out', () => {
    expect(states({ state: 'closed', counts: { ...counts, firms: 5, scored: 5 } })).toBe('done done todo todo done done')
  })

  it('end with the certificates', () => {
    expect(states({ state: 'published', counts: { ...counts, firms: 5, scored: 5, placed: 5, plans: 5, plans_approved: 5, certificates: 2 } })).toBe('done done done done done done')
  })
})

describe('the steps of a round, as a city without listed firms sees it', () => {
  it('wait for no certificate, and count only its own firms', () => {
    const steps = roundSteps(round({ state: 'published', counts: { ...counts, firms: 7, scored: 58, placed: 7, plans: 7, plans_approved: 7 } }))
    expect([steps[1]!.count, steps[5]!.state]).toEqual([7, 'done'])
  })
})

describe('what to do next', () => {
  it.each(HINTS)('has a long and a short sentence for %s', (hint) => {
    const { nextText, nextShort } = zh.rounds as Record<string, object>
    expect(nextText).toHaveProperty(hint)
    expect(nextShort).toHaveProperty(hint)
  })

  it('is the import while there are no firms', () => {
    expect(hintOf(round({ can_upload: move('upload'), actions: [move('score', false)] }))).toBe('import')
  })

  it('prefers going on over scoring again', () => {
    expect(hintOf(round({ counts: { ...counts, firms: 5 }, actions: [move('rescore'), move('publish')] }))).toBe('publish')
  })

  it('is nothing when no move is open', () => {
    expect(hintOf(round({ counts: { ...counts, firms: 5 }, actions: [move('publish', false)] }))).toBe('none')
  })
})

describe('the pool', () => {
  const pool = { cells: [{ tier: 'growth', track: 'hnte', holders: 3, candidates: 1 }] } as Pool

  it('reads a cell, and an absent one as empty', () => {
    expect([cellAt(pool, 'growth', 'hnte').holders, cellAt(pool, 'leading', 'hnte').holders]).toEqual([3, 0])
  })

  it('orders tiers from the lowest up', () => {
    expect(sortTiers([{ code: 'leading', label: '' }, { code: 'starter', label: '' }]).map((tier) => tier.code)).toEqual(['starter', 'leading'])
  })

  it('tints by root of the share', () => {
    expect([depth(25, 100), depth(0, 0)]).toEqual([0.5, 0])
  })

  it.each([['武汉市', '武汉'], ['恩施土家族苗族自治州', '恩施'], ['神农架林区', '神农架'], ['荆州市', '荆州']])('shortens %s to %s', (name, short) => {
    expect(shortName(name)).toBe(short)
  })
})

describe('the list of firms', () => {
  it('asks for placements only by facts of a placement', () => {
    expect([asksForPlaces({ tier: 'growth', q: '云梦' }), asksForPlaces({ track: 'hnte' }), asksForPlaces({ region: '420100' })]).toEqual([false, true, true])
  })
})

describe('a job', () => {
  const job = (done: number, total: number, state: Job['state'] = 'running') => ({ state, progress: { done, total, note: '' } }) as Job

  it('has no share while the whole is unknown', () => {
    expect(shareDone(job(3, 0))).toBeNull()
  })

  it('never shows a hundred before it is done', () => {
    expect([shareDone(job(999, 1000)), shareDone(job(0, 0, 'done'))]).toEqual([99, 100])
  })
})
