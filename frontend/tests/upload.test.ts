import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { FileUpload, type Wire } from '@/features/filling/evidence/upload'
import { ApiProblem, networkProblem } from '@/shared/api/problems'
import type { Evidence } from '@/shared/api/evidence'

const refusal = (status: number, code: string) => new ApiProblem(status, code, '', code)

/** A server that keeps pieces as ours does, with a line that can be cut before or after a piece arrives. */
class Server implements Wire {
  kept: string[] = []
  received = 0
  size = 0
  code = ''
  evidence: Evidence | undefined
  started = 0
  cuts: ('before' | 'after')[] = []
  refuses: ApiProblem | null = null
  uses: string[] = []
  cancelled = 0

  start = async (file: { size: number; code: string }) => {
    if (this.refuses) throw this.refuses
    this.started += 1
    this.size = file.size
    this.code = file.code
    return { key: 'k', received: this.received } as never
  }
  at = async () => ({ key: 'k', received: this.received }) as never
  cancel = async () => { this.cancelled += 1 }
  find = async () => this.evidence
  use = async (_: number, code: string) => { this.uses.push(code) }
  piece = async (_: string, offset: number, data: Blob) => {
    const cut = this.cuts.shift()
    if (cut === 'before') throw networkProblem()
    if (this.evidence) throw refusal(404, 'not_found')
    if (offset !== this.received) throw refusal(409, 'other_offset')
    this.kept.push(await data.text())
    this.received += data.size
    if (this.received === this.size) this.evidence = { id: 7, uses: [{ code: this.code }] } as unknown as Evidence
    if (cut === 'after') throw networkProblem()
    return { received: this.received, evidence: this.evidence ?? null } as never
  }
}

const PATIENCE = 20_000
let server: Server
const make = (text = '0123456789', code = 'revenue') => new FileUpload(new File([text], 'a.pdf'), code, server, { piece: 4, most: 100 })

describe('a file on its way (E16)', { timeout: PATIENCE + 5_000 }, () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    server = new Server()
  })
  afterEach(() => { vi.useRealTimers() })
  const through = async (upload: FileUpload) => {
    const run = upload.run()
    const until = performance.now() + PATIENCE
    while (upload.isRunning && performance.now() < until) {
      await new Promise((resolve) => { setImmediate(resolve) })
      await vi.advanceTimersByTimeAsync(1000)
    }
    await run
  }

  it('arrives in pieces, in order', async () => {
    const upload = make()
    await through(upload)
    expect([upload.state, server.kept]).toEqual(['done', ['0123', '4567', '89']])
    expect(server.uses).toEqual([])
  })

  it.each([[['before']], [['after']], [['before', 'before', 'after', 'before']], [[undefined, 'after']]] as ('before' | 'after')[][][])('comes through a line that is cut: %s', async (cuts) => {
    server.cuts = cuts
    const upload = make()
    await through(upload)
    expect([upload.state, server.kept.join('')]).toEqual(['done', '0123456789'])
  })

  it('is there although the last answer was lost, without being sent again', async () => {
    server.cuts = [undefined, undefined, 'after'] as never
    const upload = make()
    await through(upload)
    expect([upload.state, server.started, server.kept.join('')]).toEqual(['done', 1, '0123456789'])
  })

  it('says that it waits, and goes on at once when the line is back', async () => {
    server.cuts = ['before']
    const upload = make()
    const run = upload.run()
    await vi.waitFor(() => expect(upload.state).toBe('offline'))
    upload.retry()
    await run
    expect(upload.state).toBe('done')
  })

  it('is not sent at all when the firm has it, only used', async () => {
    server.evidence = { id: 7, uses: [{ code: 'other' }] } as unknown as Evidence
    const upload = make()
    await through(upload)
    expect([upload.state, server.started, server.uses]).toEqual(['done', 0, ['revenue']])
  })

  it('goes on where an earlier visit stopped', async () => {
    server.received = 4
    const upload = make()
    await through(upload)
    expect(server.kept).toEqual(['4567', '89'])
  })

  it('tells a refusal and leaves it', async () => {
    server.refuses = refusal(422, 'bad_name')
    const upload = make()
    await through(upload)
    expect([upload.state, upload.problem?.code, server.kept]).toEqual(['refused', 'bad_name', []])
  })

  it('waits for a person when the session is over, and goes on from there', async () => {
    server.refuses = refusal(401, 'not_authenticated')
    const upload = make()
    await through(upload)
    expect([upload.state, upload.problem?.status]).toEqual(['paused', 401])
    server.refuses = null
    await through(upload)
    expect([upload.state, upload.problem, server.kept.join('')]).toEqual(['done', null, '0123456789'])
  })

  it('does not try for ever when the server has no room', async () => {
    server.refuses = refusal(507, 'no_space')
    const upload = make()
    await through(upload)
    expect([upload.state, upload.problem?.code]).toEqual(['refused', 'no_space'])
  })

  it('stops when paused and goes on from there', async () => {
    server.cuts = [undefined, 'before'] as never
    const upload = make()
    const run = upload.run()
    await vi.waitFor(() => expect(upload.state).toBe('offline'))
    upload.pause()
    await run
    expect([upload.state, server.kept]).toEqual(['paused', ['0123']])
    await through(upload)
    expect([upload.state, server.kept.join('')]).toEqual(['done', '0123456789'])
  })

  it('leaves nothing behind when cancelled before the server has answered', async () => {
    const upload = make()
    const run = upload.run()
    await upload.cancel()
    await run
    expect([server.started, server.cancelled, server.kept]).toEqual([1, 1, []])
  })

  it('is sent once although it is paused and resumed at once', async () => {
    const upload = make()
    const first = upload.run()
    upload.pause()
    await Promise.all([first, through(upload)])
    expect([upload.state, server.kept.join('')]).toEqual(['done', '0123456789'])
  })

  it('leaves nothing behind when cancelled', async () => {
    server.cuts = [undefined, 'before'] as never
    const upload = make()
    const run = upload.run()
    await vi.waitFor(() => expect(upload.state).toBe('offline'))
    await upload.cancel()
    await run
    expect([upload.isRunning, server.cancelled]).toEqual([false, 1])
  })
})
