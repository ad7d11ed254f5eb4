import { describe, expect, it } from 'vitest'

import { browserName } from '@/features/account/browser'
import { codeAddress, credentialsOf } from '@/features/session/who'
import { pendingStep, proofsAsked } from '@/shared/api/auth'
import { problemFrom } from '@/shared/api/problems'
import type { Me } from '@/shared/api/types'
import { safePath, stepBeforeHome } from '@/shared/session'

describe('who signs in', () => {
  it.each([
    ['wang@example.org', { email: 'wang@example.org' }],
    [' wang@example.org ', { email: 'wang@example.org' }],
    ['138 0000 1111', { phone: '+8613800001111' }],
    ['+86-13800001111', { phone: '+8613800001111' }],
    ['+85291234567', { phone: '+85291234567' }],
    ['province', { username: 'province' }],
    ['2026', { username: '2026' }],
  ])('is told by the look of %s', (typed, who) => {
    expect(credentialsOf(typed, 'x')).toEqual({ ...who, password: 'x' })
  })

  it('gets a code to an address or a phone only', () => {
    expect([codeAddress('a@b.cn'), codeAddress('13800001111'), codeAddress('province')]).toEqual([{ email: 'a@b.cn' }, { phone: '+8613800001111' }, { phone: 'province' }])
  })
})

describe('an answer of 401', () => {
  const waiting = problemFrom(401, { data: { flows: [{ id: 'login' }, { id: 'mfa_authenticate', is_pending: true }] }, meta: { is_authenticated: false } })
  const asking = problemFrom(401, { data: { flows: [{ id: 'reauthenticate' }] }, meta: { is_authenticated: true } })

  it('names the step that a sign-in waits at', () => {
    expect([pendingStep(waiting), pendingStep(asking), pendingStep(problemFrom(400, {}))]).toEqual(['mfa_authenticate', undefined, undefined])
  })

  it('names the proofs that a sensitive step asks for', () => {
    expect([proofsAsked(asking), proofsAsked(waiting)]).toEqual([['reauthenticate'], []])
  })
})

describe('after signing in', () => {
  const me = (changes: object): Me => ({ role: 'none', memberships: [], second_factor: { needed: false, lacking: false }, ...changes }) as unknown as Me

  it.each([
    [me({ role: 'enterprise_filler' }), null],
    [me({}), '/join'],
    [me({ memberships: [{}, {}] }), '/choose'],
    [me({ second_factor: { needed: true, lacking: true } }), '/account'],
  ])('one stands before the right page', (who, page) => {
    expect(stepBeforeHome(who)).toBe(page)
  })

  it.each([
    ['/rounds/3?tab=x', '/rounds/3?tab=x'], ['//evil.example', '/home'], ['/\\evil.example', '/home'], ['https://evil.example', '/home'], ['/login', '/home'], [undefined, '/home'],
  ])('the address %s leads to %s', (next, path) => {
    expect(safePath(next)).toBe(path)
  })
})

it('a browser is known by what it says of itself', () => {
  expect(browserName('Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0')).toBe('Edge · Windows')
  expect(browserName('Mozilla/5.0 (Linux; Android 14) Chrome/120 MicroMessenger/8.0')).toBe('WeChat · Android')
  expect(browserName('curl/8')).toBe('')
})
