import { afterEach, describe, expect, it, vi } from 'vitest'

import { client, querySerializer, send } from '@/shared/api/http'

const answering = (status: number, body: unknown) => {
  const fake = vi.fn(async (_request: Request) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json' } }))
  vi.stubGlobal('fetch', fake)
  return fake
}

describe('requests', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('carry the CSRF token when they write, and only then', async () => {
    document.cookie = 'csrftoken=abc123'
    const fake = answering(200, {})
    await send(new Request('http://here/api', { method: 'POST' }))
    await send(new Request('http://here/api'))
    expect(fake.mock.calls.map(([request]) => request.headers.get('X-CSRFToken'))).toEqual(['abc123', null])
  })

  it('ask in the language of the page', async () => {
    const fake = answering(200, {})
    await send(new Request('http://here/api'))
    expect(fake.mock.calls[0]![0].headers.get('Accept-Language')).toBe('zh-CN')
  })

  it('fail with the sentence of the server', async () => {
    answering(409, { code: 'wrong_state', detail: '批次已发布。', fields: {} })
    await expect(client.GET('/api/v1/me')).rejects.toMatchObject({ status: 409, code: 'wrong_state', detail: '批次已发布。' })
  })

  it('fail as offline when nothing answers', async () => {
    vi.stubGlobal('fetch', async () => { throw new TypeError('Failed to fetch') })
    await expect(client.GET('/api/v1/me')).rejects.toMatchObject({ offline: true })
  })

  it('fail when a question or a small write is not answered in time, but never in the middle of a file', async () => {
    const patience = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort(new DOMException('', 'TimeoutError')))
    vi.stubGlobal('fetch', async (request: Request) => { request.signal.throwIfAborted(); return new Response('{}') })
    await expect(client.GET('/api/v1/me')).rejects.toMatchObject({ offline: true, code: 'timeout' })
    await expect(send(new Request('http://here/api', { method: 'PUT', body: new Blob(['%PDF']) }))).resolves.toBeTruthy()
    patience.mockRestore()
  })

  it("fail as offline when somebody else's page answers in the server's place", async () => {
    vi.stubGlobal('fetch', async () => new Response('<h1>WLAN</h1>', { headers: { 'Content-Type': 'text/html; charset=utf-8' } }))
    await expect(client.GET('/api/v1/me')).rejects.toMatchObject({ offline: true })
  })

  it('leave empty filters out of the address', () => {
    expect(querySerializer({ q: '云梦', tier: '', cursor: undefined, round: 2 })).toBe(`${new URLSearchParams({ q: '云梦', round: '2' })}`)
  })
})
