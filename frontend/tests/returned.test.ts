import { describe, expect, it } from 'vitest'

import { returnedSection, unansweredIn } from '@/features/filling/returned/returned'
import type { Form, FormField, Live } from '@/shared/api/filling'
import type { Return, ReturnNote } from '@/shared/api/returning'

const field = (code: string) => ({ code }) as FormField
const note = (code: string, is_answered = false) => ({ code, is_answered }) as ReturnNote
const sent = (...notes: ReturnNote[]) => ({ number: 1, notes }) as Return
const form = (returned: Return | null) =>
  ({ returned, sections: [{ code: 'basic', fields: [field('employees'), field('revenue')] }, { code: 'management', fields: [field('ip_strategy')] }] }) as Form
const live = (...items: [string, string][]) => ({ checklist: items.map(([kind, code]) => ({ kind, code })) }) as Live

describe('what was sent back as a part of its own (E23)', () => {
  it('has the facts of all sections in the order of the notes', () => {
    const found = returnedSection(form(sent(note('ip_strategy'), note('employees'))))
    expect(found?.fields.map((one) => one.code)).toEqual(['ip_strategy', 'employees'])
  })

  it('leaves out the ledger, which is no field', () => {
    expect(returnedSection(form(sent(note('ledger'), note('revenue'))))?.fields.map((one) => one.code)).toEqual(['revenue'])
  })

  it('is not there while nothing is sent back', () => {
    expect(returnedSection(form(null))).toBeNull()
  })
})

describe('which notes wait for an answer (E23)', () => {
  it('is what the checklist says', () => {
    const found = unansweredIn({ returned: sent(note('employees'), note('ledger')) }, live(['returned', 'ledger'], ['no_evidence', 'employees']))
    expect([...found]).toEqual(['ledger'])
  })

  it('is what the form says while there is no checklist yet: nothing is called answered that is not', () => {
    expect([...unansweredIn({ returned: sent(note('employees'), note('ledger', true)) }, null)]).toEqual(['employees'])
  })

  it('is nothing where nothing is sent back', () => {
    expect(unansweredIn({ returned: null }, null).size).toBe(0)
  })
})
