import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'

import type { Indicator } from '@/shared/api/types'
import FactField from '@/shared/facts/FactField.vue'
import { askable, readAnswers, readTyped, sectionOf, shownValue } from '@/shared/facts/facts'
import { i18n } from '@/shared/i18n'

const fact = (code: string, rest: Partial<Indicator> = {}): Indicator => ({
  code, group: 'finance', type: 'money', unit: '万元', label: code, least: 0, most: null, choices: [], is_judgement: false, empty_is_none: false, schemes: ['hnte'], ...rest,
})
const field = (rest: Partial<Indicator>, modelValue?: number | string | boolean | null) =>
  mount(FactField, { props: { fact: fact('revenue', rest), modelValue }, global: { plugins: [i18n] } })
const told = (wrapper: ReturnType<typeof field>) => wrapper.emitted('update:modelValue')?.map(([value]) => value)

describe('a number as people type it', () => {
  it.each([['8000', 8000], ['8,000.5', 8000.5], ['８，０００', 8000], ['-3', -3], [' 0 ', 0], ['四百', '四百'], ['1e9', '1e9'], ['', '']])('%s is %s', (text, value) => {
    expect(readTyped(text)).toBe(value)
  })
})

describe('questions (U07)', () => {
  it('leave out what only a person may judge and what no rulebook reads', () => {
    const all = [fact('revenue'), fact('verdict', { is_judgement: true }), fact('unread', { schemes: [] }), fact('odd', { group: 'judgement' })]
    expect(askable(all).map((one) => one.code)).toEqual(['revenue'])
  })

  it('can be those of one programme', () => {
    expect(askable([fact('one'), fact('two', { schemes: ['tech-sme'] })], 'tech-sme').map((one) => one.code)).toEqual(['two'])
  })

  it('stand in the section of their group', () => {
    expect([sectionOf(fact('a', { group: 'people' })), sectionOf(fact('b', { group: 'veto' })), sectionOf(fact('c', { group: 'judgement' }))]).toEqual(['finance', 'standing', undefined])
  })
})

describe('answers from a file', () => {
  it('are taken as far as they are known and plain', () => {
    const json = { on: '2026-05-01', facts: { revenue: 1, rd: null, strange: 1, employees: [1, 2] } }
    expect(readAnswers(json, new Set(['revenue', 'rd', 'employees']))).toEqual({ facts: { revenue: 1, rd: null }, ignored: 2 })
  })

  it.each([[null], [[]], ['text'], [{ facts: [1] }]])('%j gives none', (json) => {
    expect(readAnswers(json, new Set(['revenue'])).facts).toEqual({})
  })
})

describe('a field tells unknown, zero and not applicable apart (E13)', () => {
  it('shows zero as a number and the states as buttons', () => {
    expect([shownValue(0), shownValue(null), shownValue('n/a'), shownValue(undefined)]).toEqual(['0', '', '', ''])
    const pressed = (value?: number | string | null) => field({}, value).findAll('button').map((one) => one.attributes('aria-pressed'))
    expect([pressed(0), pressed(null), pressed('n/a'), pressed()]).toEqual([['false', 'false'], ['true', 'false'], ['false', 'true'], ['false', 'false']])
  })

  it('takes a typed number, and nothing when it is emptied', async () => {
    const wrapper = field({})
    await wrapper.get('input').setValue('1,200')
    await wrapper.get('input').setValue('')
    expect(told(wrapper)).toEqual([1200, undefined])
  })

  it('keeps what can not be a number, for the server to say why', async () => {
    const wrapper = field({})
    await wrapper.get('input').setValue('很多')
    expect(told(wrapper)).toEqual(['很多'])
  })

  it('takes a state back when it is pressed again', async () => {
    const wrapper = field({}, null)
    await wrapper.findAll('button')[0]!.trigger('click')
    expect(told(wrapper)).toEqual([undefined])
  })

  it('offers yes, no and both states for a yes-or-no', async () => {
    const wrapper = field({ type: 'boolean', unit: '' })
    const options = wrapper.findAll('input[type=radio]')
    for (const option of options) await option.setValue()
    expect(told(wrapper)).toEqual([true, false, null, 'n/a'])
  })

  it('offers no "unknown" where empty is an answer', () => {
    expect(field({ type: 'date', unit: '', empty_is_none: true }).findAll('button').length).toBe(1)
  })

  it('says what is wrong beside the field', () => {
    const wrapper = mount(FactField, { props: { fact: fact('revenue'), modelValue: 'x', problem: '应为数字' }, global: { plugins: [i18n] } })
    expect([wrapper.get('[role=alert]').text(), wrapper.get('input').attributes('aria-invalid')]).toEqual(['应为数字', 'true'])
  })
})
