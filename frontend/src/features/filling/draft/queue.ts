import { ApiProblem, asProblem } from '@/shared/api/problems'
import type { FormAnswer, SavedChange, SavedChanges } from '@/shared/api/filling'
import { freshKey } from '@/shared/utils/key'

export type FieldValue = string | number | boolean | null
/** `base` is the version it was made on; null while an earlier edit of the same field is still on its way. */
export interface Edit { key: string; code: string; value: FieldValue; base: number | null; at: number; sent: boolean }
export type QueueState = 'saved' | 'waiting' | 'saving' | 'offline' | 'signedOut' | 'refused'
export interface Conflict { mine: FieldValue; theirs: FormAnswer }

export interface Keeper {
  put(edit: Edit): Promise<void>
  remove(keys: string[]): Promise<void>
  all(): Promise<Edit[]>
}
export type Sender = (edits: Edit[], options: { keepalive: boolean }) => Promise<SavedChanges>
export interface Listener {
  changed(): void
  settled(change: SavedChange, edit: Edit): void
  refused(problem: ApiProblem): void
}

const PAUSE = 600
const RETRY = [1000, 2000, 4000, 8000, 15000]
const MOST = 300

/**
 * Edits on their way to the server, field by field.
 *
 * An edit is kept on the device before it is sent and forgotten only when the server has said what became of it. One that
 * may have arrived is sent again under the same key, so that it is never taken twice; later edits of its field wait for
 * its version.
 */
export class SaveQueue {
  state: QueueState = 'saved'
  savedAt: string | null = null
  private readonly lines = new Map<string, Edit[]>()
  private readonly contested = new Map<string, Edit>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private sending: Promise<void> | null = null
  private failures = 0

  constructor(
    private readonly keeper: Keeper,
    private readonly send: Sender,
    private readonly listener: Listener,
  ) {}

  get pending(): number {
    return [...this.lines.values()].reduce((sum, line) => sum + line.length, 0)
  }

  /** The value that this device has for a field and the server has not confirmed. */
  waiting(code: string): Edit | undefined {
    return this.lines.get(code)?.at(-1)
  }

  /** Take up what an earlier visit left behind. */
  async restore(): Promise<Edit[]> {
    const left = await this.keeper.all().catch(() => [])
    for (const edit of left) this.lineOf(edit.code).push({ ...edit, sent: true })
    if (left.length) this.schedule(0)
    return left
  }

  edit(code: string, value: FieldValue, base: number): void {
    const line = this.lineOf(code)
    const last = line.at(-1)
    const edit: Edit = last && !last.sent
      ? Object.assign(last, { value, at: Date.now() })
      : { key: freshKey(), code, value, base: last ? null : base, at: Date.now(), sent: false }
    if (edit !== last) line.push(edit)
    void this.keeper.put({ ...edit }).catch(() => undefined)
    this.schedule(PAUSE)
  }

  /** Typed on while a choice is open: nothing is sent before it is made. */
  hold(code: string, value: FieldValue): void {
    const edit = this.contested.get(code)
    if (edit) this.contest({ ...edit, value })
  }

  /** The choice is made. */
  release(code: string): void {
    const edit = this.contested.get(code)
    this.contested.delete(code)
    if (edit) void this.keeper.remove([edit.key]).catch(() => undefined)
  }

  /** Everything that is on its way, now. */
  async flush(): Promise<void> {
    clearTimeout(this.timer)
    await this.sending
    if (this.pending) await this.run(false)
  }

  /** The page is going: what can still be sent is sent by the browser itself; the rest waits on the device.
   *  A page that was only out of sight asks again under the same keys, and what is typed then is another edit. */
  leave(): void {
    if (!this.pending) return
    for (const line of this.lines.values()) for (const edit of line) edit.sent = true
    if (this.state !== 'offline') this.schedule(PAUSE)
    const edits = [...this.lines.values()].flatMap((line) => line.map((edit, place) => ({ ...edit, base: edit.base ?? guess(line, place) })))
    void this.send(edits.slice(0, MOST), { keepalive: true }).catch(() => undefined)
  }

  retry(): void {
    this.failures = 0
    if (this.pending) this.schedule(0)
  }

  private lineOf(code: string): Edit[] {
    const line = this.lines.get(code) ?? []
    this.lines.set(code, line)
    return line
  }

  private schedule(delay: number): void {
    if (this.state === 'saved') this.move('waiting')
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.run(false), delay)
  }

  private move(state: QueueState): void {
    this.state = state
    this.listener.changed()
  }

  private run(keepalive: boolean): Promise<void> {
    this.sending ??= this.round(keepalive).finally(() => { this.sending = null })
    return this.sending
  }

  private async round(keepalive: boolean): Promise<void> {
    const heads = [...this.lines.values()].map((line) => line[0]!).slice(0, MOST)
    if (!heads.length) return
    for (const edit of heads) edit.sent = true
    if (this.state !== 'offline') this.move('saving')
    try {
      const { saved_at, changes } = await this.send(heads, { keepalive })
      this.failures = 0
      this.savedAt = saved_at
      await this.settle(heads, changes)
    } catch (error) {
      this.fail(asProblem(error))
    }
  }

  private async settle(heads: Edit[], changes: SavedChange[]): Promise<void> {
    const done = heads.flatMap((edit, place) => this.take(edit, changes[place]!))
    await this.keeper.remove(done.map((edit) => edit.key)).catch(() => undefined)
    if (this.pending) this.schedule(0)
    this.move(this.pending ? 'waiting' : 'saved')
  }

  /** The edits that are done with. Where somebody was first, what was typed meanwhile belongs to the same choice, which
   *  stays on the device until it is made: whoever loads the page again is asked again. */
  private take(edit: Edit, change: SavedChange): Edit[] {
    const line = this.lineOf(edit.code)
    const isContested = change.outcome === 'conflict'
    const done = isContested ? line.splice(0) : line.splice(0, 1)
    const last = done.at(-1) ?? edit
    if (line[0]) line[0].base = change.answer?.version ?? 0
    else this.lines.delete(edit.code)
    if (isContested) this.contest({ ...edit, value: last.value })
    this.listener.settled(change, last)
    return isContested ? done.slice(1) : done
  }

  private contest(edit: Edit): void {
    this.contested.set(edit.code, edit)
    void this.keeper.put({ ...edit }).catch(() => undefined)
  }

  private fail(problem: ApiProblem): void {
    const isPassing = problem.offline || problem.status >= 500 || problem.status === 429
    if (isPassing) {
      const wait = RETRY[Math.min(this.failures, RETRY.length - 1)]!
      this.failures += 1
      this.move('offline')
      clearTimeout(this.timer)
      this.timer = setTimeout(() => void this.run(false), wait)
    } else {
      this.move(problem.status === 401 ? 'signedOut' : 'refused')
      this.listener.refused(problem)
    }
  }
}

/** The version an edit will be based on if those before it arrive. */
function guess(line: Edit[], place: number): number {
  return (line[0]!.base ?? 0) + place
}
