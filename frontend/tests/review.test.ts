import { describe, expect, it } from 'vitest'

import type { ReturnReason, ReviewFact, ReviewSection } from '@/shared/api/returning'
import { blankNote, flawsOf, lengthOf, readDraft, withReason, writeDraft } from '@/features/assessments/review/draft'
import { countOf, filtered, isUnproven, standingOf } from '@/features/assessments/review/facts'
import { fromFirm, isReadable } from '@/features/rounds/firms/rows'
import type { Firm } from '@/shared/api/types'

const reason = (code: string, text: string): ReturnReason => ({ code, label: code, label_en: code, text })
const REASONS = [reason('missing', '贵公司填报的“{what}”没有附证明材料，请补充。'), reason('differs', '贵公司填报的“{what}”与材料不一致，请核对。'), reason('other', '贵公司填报的“{what}”')]
const STAFF = '专职知识产权人员'
const begun = (code: string) => withReason(blankNote('staff'), code, STAFF, REASONS)
const fact = (more: Partial<ReviewFact> = {}): ReviewFact =>
  ({ code: 'staff', label: STAFF, state: 'known', source: 'form', display: '2 人', is_confirmed: true, is_changed: false, before: null, proofs: [], wanted: '', clause: '', needs_explaining: false, ...more }) as ReviewFact

describe('a note of a return (C06)', () => {
  it('begins as its reason does, with the fact named', () => {
    expect(begun('missing').text).toBe('贵公司填报的“专职知识产权人员”没有附证明材料，请补充。')
  })

  it('begins anew with another reason while nobody has touched it', () => {
    expect(withReason(begun('missing'), 'differs', STAFF, REASONS).text).toBe('贵公司填报的“专职知识产权人员”与材料不一致，请核对。')
  })

  it('keeps the officer’s own words whatever the reason', () => {
    const own = { ...begun('missing'), text: '贵公司的劳动合同只附了一份，请补齐。' }
    expect(withReason(own, 'differs', STAFF, REASONS)).toEqual({ ...own, reason: 'differs' })
  })

  it('is counted in characters as the server counts, blanks around it left out', () => {
    expect(lengthOf('  贵公司𠮷 ')).toBe(4)
  })

  it.each([
    [begun('missing'), []],
    [blankNote('staff'), ['reason', 'length']],
    [{ ...begun('missing'), text: '请补充劳动合同和社保缴纳证明。' }, ['address']],
    [{ ...begun('missing'), text: `贵公司${'长'.repeat(600)}` }, ['length']],
    [begun('other'), ['unfinished']],
  ])('%o', (note, flaws) => {
    expect(flawsOf(note, fact(), REASONS)).toEqual(flaws)
  })

  it('explains itself only where it could have been told before (C05)', () => {
    expect(flawsOf(begun('missing'), fact({ needs_explaining: true }), REASONS)).toEqual(['belated'])
    expect(flawsOf({ ...begun('missing'), belated: '上次漏看了。' }, fact({ needs_explaining: true }), REASONS)).toEqual([])
  })
})

describe('a return that is being written', () => {
  const draft = { until: '2026-12-11', notes: [begun('missing')] }

  it('comes back as it was left', () => {
    expect(readDraft(writeDraft(draft, 2), 2)).toEqual(draft)
  })

  it('is none of another submission, nor what can’t be read', () => {
    for (const kept of [writeDraft(draft, 1), null, '{', '[]', 'null', '{"submission":2}']) expect(readDraft(kept, 2)).toEqual({ until: '', notes: [] })
  })

  it('leaves nothing behind when it is empty', () => {
    expect(writeDraft({ until: '', notes: [] }, 2)).toBeNull()
  })
})

describe('a fact as it was signed', () => {
  it.each([
    [{ state: 'known' }, 'known'],
    [{ state: 'bounded', source: 'ledger' }, 'known'],
    [{ state: 'unknown' }, 'unknown'],
    [{ state: 'unknown', source: '' }, 'unanswered'],
    [{ state: 'not_applicable' }, 'not_applicable'],
  ])('%o', (more, standing) => {
    expect(standingOf(fact(more))).toBe(standing)
  })

  it('lacks its proof only where one is wanted of a value', () => {
    const wanted = '劳动合同'
    expect([fact({ wanted }), fact(), fact({ wanted, source: 'ledger' }), fact({ wanted, state: 'unknown' }), fact({ wanted, proofs: [{ title: '', sha256: '', note: '' }] })].map(isUnproven)).toEqual([true, false, false, false, false])
  })

  it('is found by what deserves a look, with its section', () => {
    const sections = [{ code: 'a', fields: [fact(), fact({ is_changed: true })] }, { code: 'b', fields: [fact({ is_confirmed: false })] }] as ReviewSection[]
    expect(filtered(sections, 'changed').map((one) => [one.code, one.fields.length])).toEqual([['a', 1]])
    expect([countOf(sections, 'all'), countOf(sections, 'unconfirmed')]).toEqual([3, 1])
  })
})

describe('a firm without a score', () => {
  const firm = (state: string) => fromFirm({ id: 1, state, state_label: state, score_low: null } as Firm)
  it('can be read once it has handed in', () => {
    expect(['draft', 'submitted', 'returned', 'city_checked'].map((state) => isReadable(firm(state)))).toEqual([false, true, true, false])
  })
})
