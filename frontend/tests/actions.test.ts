import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'

import { missingFields } from '@/shared/actions/fields'
import ActionBar from '@/shared/actions/ActionBar.vue'
import type { Action } from '@/shared/api/types'
import { ApiProblem } from '@/shared/api/problems'
import { i18n } from '@/shared/i18n'

const score: Action = { name: 'score', label: '评分入库', enabled: true, reason: '', confirm: '' }
const publish: Action = { name: 'publish', label: '发布名单', enabled: false, reason: '还有 3 家企业没有评分。', confirm: '发布后即冻结。' }

const bar = (actions: Action[], run: (name: string) => Promise<unknown> = async () => null) =>
  mount(ActionBar, { props: { actions, run }, global: { plugins: [i18n], stubs: { ActionDialog: { name: 'ActionDialog', props: ['action'], emits: ['submit', 'cancel'], template: '<div class="dialog">{{ action.confirm }}</div>' } } } })

describe('the action bar', () => {
  it('draws one button for each action the server names, the open ones first and one standing out', () => {
    const shown = bar([publish, score]).findAll('button').map((button) => [button.text(), button.classes('primary')])
    expect(shown).toEqual([['评分入库', true], ['发布名单', false]])
  })

  it('draws nothing without actions', () => {
    expect(bar([]).find('button').exists()).toBe(false)
  })

  it('runs a plain action at once, with a key of its own', async () => {
    const run = vi.fn(async () => null)
    await bar([score], run).get('button').trigger('click')
    expect(run).toHaveBeenCalledWith('score', {}, expect.stringMatching(/^[0-9a-f]{32}$/))
  })

  it('says why an action must wait, and does not run it', async () => {
    const run = vi.fn(async () => null)
    const wrapper = bar([publish], run)
    await wrapper.get('button').trigger('click')
    expect([wrapper.get('button').attributes('aria-disabled'), run.mock.calls.length]).toEqual(['true', 0])
    expect(wrapper.text()).toContain('还有 3 家企业没有评分。')
  })

  it('asks first when the server wants a confirmation, and runs after it', async () => {
    const run = vi.fn(async () => null)
    const wrapper = bar([{ ...publish, enabled: true }], run)
    await wrapper.get('button').trigger('click')
    expect([wrapper.get('.dialog').text(), run.mock.calls.length]).toEqual(['发布后即冻结。', 0])
    wrapper.getComponent({ name: 'ActionDialog' }).vm.$emit('submit', {})
    await flushPromises()
    expect([run.mock.calls.length, wrapper.find('.dialog').exists()]).toEqual([1, false])
  })

  it('shows the sentence of a refusal', async () => {
    const wrapper = bar([score], async () => { throw new ApiProblem(409, 'wrong_state', '', '批次已发布，不能再评分。') })
    await wrapper.get('button').trigger('click')
    await flushPromises()
    expect(wrapper.get('[role=alert]').text()).toBe('批次已发布，不能再评分。')
  })
})

describe('inputs of an action', () => {
  it('name what is required and empty', () => {
    expect(missingFields(['reason', 'note'], { reason: '  ' })).toEqual(['reason'])
  })
})
