import { describe, expect, it } from 'vitest'

import { ApiProblem, asProblem, fieldName, networkProblem, problemFrom } from '@/shared/api/problems'

describe('errors', () => {
  it('keep code, sentence and the field each complaint points at', () => {
    const problem = problemFrom(422, { code: 'bad_input', detail: '有内容需要修改。', fields: { '/name': '已有同名批次' } })
    expect([problem.status, problem.code, problem.detail, problem.field('name')]).toEqual([422, 'bad_input', '有内容需要修改。', '已有同名批次'])
  })

  it('read the list that the sign-in service sends', () => {
    const problem = problemFrom(400, { status: 400, errors: [{ code: 'username_password_mismatch', message: 'no', param: 'password' }] })
    expect([problem.code, problem.fields]).toEqual(['username_password_mismatch', [{ pointer: 'password', detail: 'no', code: 'username_password_mismatch' }]])
  })

  it('survive an answer that is no JSON at all', () => {
    expect(problemFrom(502, null)).toMatchObject({ status: 502, code: 'http_502', detail: '', fields: [] })
  })

  it('tell a dead network from an answer', () => {
    expect([networkProblem().offline, problemFrom(500, {}).offline]).toEqual([true, false])
  })

  it('wrap what was thrown by our own script', () => {
    expect(asProblem(new TypeError('x is undefined'))).toMatchObject({ code: 'script_error', detail: 'x is undefined' })
  })

  it('leave a problem as it is', () => {
    const problem = new ApiProblem(409, 'wrong_state', '', '已发布')
    expect(asProblem(problem)).toBe(problem)
  })

  it.each([['#/assessed_on', 'assessed_on'], ['/stages/0', 'stages.0'], ['name', 'name']])('read the pointer %s as %s', (pointer, name) => {
    expect(fieldName(pointer)).toBe(name)
  })
})
