import { ApiProblem, asProblem } from '@/shared/api/problems'
import { isUsedFor, type Evidence, type Piece, type SentFile } from '@/shared/api/evidence'

export type UploadState = 'waiting' | 'reading' | 'sending' | 'offline' | 'paused' | 'done' | 'refused'

/** What an upload asks of the server. */
export interface Wire {
  start(file: { name: string; size: number; code: string; mark: string }): Promise<SentFile>
  at(key: string): Promise<SentFile>
  piece(key: string, offset: number, data: Blob, signal: AbortSignal): Promise<Piece>
  cancel(key: string): Promise<unknown>
  /** The firm's own file with these bytes, if it has it already. */
  find(sha256: string): Promise<Evidence | undefined>
  use(evidence: number, code: string): Promise<unknown>
}

const RETRY = [1000, 2000, 4000, 8000, 15000]
const NO_SPACE = 507
const RUNNING: readonly UploadState[] = ['waiting', 'reading', 'sending', 'offline']

/**
 * One file on its way, in pieces. A cut line is met by waiting and going on at the server's own offset; a file that the
 * firm has already is not sent again; what the server refuses is told and left alone.
 */
export class FileUpload {
  state: UploadState = 'waiting'
  received = 0
  problem: ApiProblem | null = null
  private key = ''
  private sha256 = ''
  private failures = 0
  private isCancelled = false
  private stop = new AbortController()
  private timer: ReturnType<typeof setTimeout> | undefined
  private wake: (() => void) | undefined

  constructor(
    readonly file: File,
    readonly code: string,
    private readonly wire: Wire,
    private readonly sizes: { piece: number; most: number },
  ) {}

  get isRunning(): boolean {
    return RUNNING.includes(this.state)
  }

  get share(): number {
    return this.state === 'done' ? 1 : this.received / Math.max(this.file.size, 1)
  }

  /** Until it is there, refused or paused. */
  async run(): Promise<void> {
    const { signal } = (this.stop = new AbortController())
    this.state = 'reading'
    this.problem = null
    while (this.isRunning && !signal.aborted) {
      try {
        await this.step(signal)
        this.failures = 0
      } catch (error) {
        if (signal.aborted) return
        await this.meet(asProblem(error))
      }
    }
  }

  pause(): void {
    if (!this.isRunning) return
    this.state = 'paused'
    this.halt()
  }

  /** The line may be back. */
  retry(): void {
    this.wake?.()
  }

  async cancel(): Promise<void> {
    this.isCancelled = true
    this.state = 'paused'
    this.halt()
    if (this.key) await this.wire.cancel(this.key).catch(() => undefined)
  }

  private halt(): void {
    this.stop.abort()
    this.wake?.()
  }

  private async step(signal: AbortSignal): Promise<void> {
    if (!this.key) return this.begin()
    this.state = 'sending'
    const end = Math.min(this.received + this.sizes.piece, this.file.size)
    const answer = await this.wire.piece(this.key, this.received, this.file.slice(this.received, end), signal)
    this.received = answer.received
    if (answer.evidence) await this.finish(answer.evidence)
  }

  private async begin(): Promise<void> {
    const { name, size, lastModified } = this.file
    if (!this.sha256 && size <= this.sizes.most) this.sha256 = await hashOf(this.file)
    const known = this.sha256 ? await this.wire.find(this.sha256) : undefined
    if (known) return this.finish(known)
    const sent = await this.wire.start({ name, size, code: this.code, mark: this.sha256 || `${size} ${lastModified}` })
    this.key = sent.key
    this.received = sent.received
    if (this.isCancelled) await this.wire.cancel(this.key)
  }

  private async finish(evidence: Evidence): Promise<void> {
    if (this.code && !isUsedFor(evidence, this.code)) await this.wire.use(evidence.id, this.code)
    this.received = this.file.size
    this.state = 'done'
  }

  private async meet(problem: ApiProblem): Promise<void> {
    if (problem.code === 'other_offset') return this.askWhere()
    if (problem.status === 404 && this.key) return this.forget()
    if (problem.status !== NO_SPACE && (problem.offline || problem.status >= 500 || problem.status === 429)) return this.wait()
    this.problem = problem
    this.state = problem.status === 401 ? 'paused' : 'refused'
  }

  /** Somebody else sent the same file on, or an answer was lost. */
  private async askWhere(): Promise<void> {
    this.failures += 1
    if (this.failures > RETRY.length) return this.wait()
    await this.wire.at(this.key).then((sent) => { this.received = sent.received }, () => this.wait())
  }

  /** The server has it no longer: it has become evidence, and the answer was lost; or it waited for too long. */
  private forget(): void {
    this.key = ''
    this.received = 0
  }

  private async wait(): Promise<void> {
    const pause = RETRY[Math.min(this.failures, RETRY.length - 1)]!
    this.failures += 1
    this.state = 'offline'
    await new Promise<void>((resolve) => {
      this.wake = resolve
      this.timer = setTimeout(resolve, pause)
    })
    clearTimeout(this.timer)
    this.wake = undefined
  }
}

/** Empty where the browser can't: on plain http it offers no hashing. The server hashes for itself. */
export async function hashOf(file: Blob): Promise<string> {
  if (!globalThis.crypto?.subtle) return ''
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
