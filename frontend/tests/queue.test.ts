import { beforeEach, describe, expect, it, vi } from 'vitest'

import { SaveQueue, type Edit, type Keeper } from '@/features/filling/draft/queue'
import { ApiProblem, networkProblem } from '@/shared/api/problems'
import type { FormAnswer, SavedChange } from '@/shared/api/filling'

/** A server with versions, as ours: the second edit on an old version is a conflict, a known key is not taken twice. */
class Server {
  values = new Map<string, { value: unknown; version: number }>()
  keys = new Map<string, string>()
  calls: Edit[][] = []
  failing: ApiProblem | null = null
  losesAnswers = false
  delay = 0

  send = async (edits: Edit[]) => {
    this.calls.push(edits.map((edit) => ({ ...edit })))
    if (this.failing) throw this.failing
    const changes = edits.map((edit) => this.take(edit))
    if (this.delay) await new Promise((resolve) => { setTimeout(resolve, this.delay) })
    if (this.losesAnswers) throw networkProblem()
    return { saved_at: '2026-11-26T06:03:21Z', changes }
  }

  private take(edit: Edit): SavedChange {
    const now = this.values.get(edit.code)
    const known = this.keys.get(edit.key)
    const outcome = known ?? ((now?.version ?? 0) === edit.base ? 'saved' : 'conflict')
    if (!known && outcome === 'saved') this.values.set(edit.code, { value: edit.value, version: (now?.version ?? 0) + 1 })
    this.keys.set(edit.key, outcome)
    const stands = this.values.get(edit.code)
    return { code: edit.code, outcome, problem: '', answer: stands ? ({ value: stands.value, version: stands.version, changed_by: '张强' } as FormAnswer) : null } as SavedChange
  }
}

class Disk implements Keeper {
  edits = new Map<string, Edit>()
  put = async (edit: Edit) => { this.edits.set(edit.key, { ...edit }) }
  remove = async (keys: string[]) => { keys.forEach((key) => this.edits.delete(key)) }
  all = async () => [...this.edits.values()]
}

let server: Server
let disk: Disk
let settled: SavedChange[]
let values: unknown[]
const make = () => new SaveQueue(disk, (edits) => server.send(edits), { changed: () => {}, settled: (change, edit) => { settled.push(change); values.push(edit.value) }, refused: () => {} })

describe('edits on their way (E03, E04)', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    server = new Server()
    disk = new Disk()
    settled = []
    values = []
  })

  it('are on the device before they are sent, and off it once confirmed', async () => {
    const queue = make()
    queue.edit('revenue', '8000', 0)
    await vi.advanceTimersByTimeAsync(0)
    expect([...disk.edits.values()].map((edit) => edit.value)).toEqual(['8000'])
    await vi.advanceTimersByTimeAsync(1000)
    expect(server.values.get('revenue')).toEqual({ value: '8000', version: 1 })
    expect(disk.edits.size).toBe(0)
    expect(queue.state).toBe('saved')
  })

  it('go out within a second of the last key', async () => {
    const queue = make()
    for (const text of ['8', '80', '800', '8000']) queue.edit('revenue', text, 0)
    await vi.advanceTimersByTimeAsync(1000)
    expect(server.calls.map((call) => call.map((edit) => edit.value))).toEqual([['8000']])
    expect(queue.pending).toBe(0)
  })

  it('are all there when forty fields are set at once', async () => {
    const queue = make()
    for (let field = 0; field < 40; field += 1) queue.edit(`f${field}`, field, 0)
    await queue.flush()
    expect(server.values.size).toBe(40)
  })

  it('wait while the network is gone and go when it is back', async () => {
    const queue = make()
    server.failing = networkProblem()
    queue.edit('revenue', '8000', 0)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(queue.state).toBe('offline')
    expect(disk.edits.size).toBe(1)
    server.failing = null
    queue.retry()
    await vi.advanceTimersByTimeAsync(1000)
    expect(server.values.get('revenue')?.value).toBe('8000')
  })

  it('are taken once when the answer was lost, and the later edit of the field follows', async () => {
    const queue = make()
    server.losesAnswers = true
    queue.edit('revenue', '8000', 0)
    await vi.advanceTimersByTimeAsync(700)
    queue.edit('revenue', '9000', 0)
    server.losesAnswers = false
    await vi.advanceTimersByTimeAsync(30_000)
    expect(server.values.get('revenue')).toEqual({ value: '9000', version: 2 })
    expect(settled.every((change) => change.outcome === 'saved')).toBe(true)
  })

  it('made while one is on its way are based on the version it gets', async () => {
    const queue = make()
    server.delay = 500
    queue.edit('revenue', '8000', 0)
    await vi.advanceTimersByTimeAsync(800)
    queue.edit('revenue', '8100', 0)
    await vi.advanceTimersByTimeAsync(3000)
    expect(server.values.get('revenue')).toEqual({ value: '8100', version: 2 })
  })

  it('are conflicts when somebody was first, and never overwrite', async () => {
    const queue = make()
    server.values.set('rd_staff', { value: 23, version: 1 })
    queue.edit('rd_staff', 25, 0)
    await vi.advanceTimersByTimeAsync(1000)
    expect(settled.map((change) => change.outcome)).toEqual(['conflict'])
    expect(server.values.get('rd_staff')?.value).toBe(23)
  })

  it('typed on while somebody was first are one conflict with all that was typed, and never overwrite', async () => {
    const queue = make()
    server.values.set('rd_staff', { value: 23, version: 1 })
    server.delay = 500
    queue.edit('rd_staff', '2', 0)
    await vi.advanceTimersByTimeAsync(800)
    queue.edit('rd_staff', '25', 0)
    await vi.advanceTimersByTimeAsync(5000)
    expect(settled.map((change) => change.outcome)).toEqual(['conflict'])
    expect(values).toEqual(['25'])
    expect(server.values.get('rd_staff')).toEqual({ value: 23, version: 1 })
    expect([queue.pending, queue.state]).toEqual([0, 'saved'])
  })

  it('stay a choice when the page is loaded again before it is made, with what was typed on', async () => {
    server.values.set('rd_staff', { value: 23, version: 1 })
    const queue = make()
    queue.edit('rd_staff', '2', 0)
    await vi.advanceTimersByTimeAsync(1000)
    queue.hold('rd_staff', '25')
    await make().restore()
    await vi.advanceTimersByTimeAsync(1000)
    expect(settled.map((change) => change.outcome)).toEqual(['conflict', 'conflict'])
    expect(values).toEqual(['2', '25'])
    queue.release('rd_staff')
    await vi.advanceTimersByTimeAsync(0)
    expect(disk.edits.size).toBe(0)
  })

  it('typed on after a look into another tab are taken, not mistaken for what was sent then', async () => {
    const queue = make()
    queue.edit('revenue', '80', 0)
    queue.leave()
    queue.edit('revenue', '8000', 0)
    await vi.advanceTimersByTimeAsync(5000)
    expect(server.values.get('revenue')?.value).toBe('8000')
    expect([queue.pending, disk.edits.size]).toEqual([0, 0])
  })

  it('are confirmed by themselves when the page that went comes back', async () => {
    const queue = make()
    queue.edit('revenue', '80', 0)
    queue.leave()
    await vi.advanceTimersByTimeAsync(5000)
    expect([queue.pending, queue.state, server.values.get('revenue')?.version]).toEqual([0, 'saved', 1])
  })

  it('left behind by a killed browser are taken up by the next visit', async () => {
    server.failing = networkProblem()
    make().edit('revenue', '8000', 0)
    await vi.advanceTimersByTimeAsync(700)
    server.failing = null
    const left = await make().restore()
    await vi.advanceTimersByTimeAsync(1000)
    expect(left.map((edit) => edit.value)).toEqual(['8000'])
    expect(server.values.get('revenue')?.value).toBe('8000')
  })

  it('stop with the reason when signed out, and stay on the device', async () => {
    const queue = make()
    server.failing = new ApiProblem(401, 'not_authenticated', '', '请先登录。')
    queue.edit('revenue', '8000', 0)
    await vi.advanceTimersByTimeAsync(60_000)
    expect([queue.state, disk.edits.size, server.calls.length]).toEqual(['signedOut', 1, 1])
  })

  it('are handed to the browser when the page goes, later ones on the version that will be', async () => {
    const queue = make()
    queue.edit('revenue', '8000', 3)
    queue.leave()
    expect(server.calls[0]!.map((edit) => [edit.value, edit.base])).toEqual([['8000', 3]])
  })
})
