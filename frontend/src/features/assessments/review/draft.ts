import type { NoteInput, ReturnReason, ReviewFact } from '@/shared/api/returning'

/** The same bounds as the server's, so that what it would refuse is told before the firm's letter is confirmed. */
export const SHORTEST = 12
export const LONGEST = 600
const BELATED = [4, 300] as const
const ADDRESS = '\u8d35\u516c\u53f8'

/** A return that is being written: nothing of it has been sent. */
export interface Draft { until: string; notes: NoteInput[] }
export type Flaw = 'reason' | 'length' | 'address' | 'unfinished' | 'belated'

export const emptyDraft = (): Draft => ({ until: '', notes: [] })
export const lengthOf = (text: string): number => [...text.trim()].length

/** How a note of this reason begins: the firm's own language, whatever the page's is. */
const beginning = (reason: ReturnReason | undefined, label: string): string => reason?.text.replaceAll('{what}', label) ?? ''
const find = (reasons: ReturnReason[], code: string) => reasons.find((one) => one.code === code)

export const blankNote = (code: string): NoteInput => ({ code, reason: '', text: '', belated: '' })

/** Another reason brings its own beginning, unless the officer has put it in his own words. */
export function withReason(note: NoteInput, code: string, label: string, reasons: ReturnReason[]): NoteInput {
  const isOwn = note.text.trim() !== '' && note.text !== beginning(find(reasons, note.reason), label)
  return { ...note, reason: code, text: isOwn ? note.text : beginning(find(reasons, code), label) }
}

export function flawsOf(note: NoteInput, fact: Pick<ReviewFact, 'label' | 'needs_explaining'>, reasons: ReturnReason[]): Flaw[] {
  const [length, belated] = [lengthOf(note.text), lengthOf(note.belated)]
  const reason = find(reasons, note.reason)
  const begun = beginning(reason, fact.label)
  const found: [Flaw, boolean][] = [
    ['reason', !reason],
    ['length', length < SHORTEST || length > LONGEST],
    ['address', length > 0 && !note.text.includes(ADDRESS)],
    ['unfinished', length > 0 && note.text.trim() === begun && !/[\u3002\uff01]$/.test(begun)],
    ['belated', fact.needs_explaining && (belated < BELATED[0] || belated > BELATED[1])],
  ]
  return found.flatMap(([name, isThere]) => (isThere ? [name] : []))
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isNote = (one: unknown): one is NoteInput =>
  typeof one === 'object' && one !== null && ['code', 'reason', 'text', 'belated'].every((key) => isText((one as Record<string, unknown>)[key]))

/** What was kept of this very submission; of an older one, or unreadable, it is nothing. */
export function readDraft(kept: string | null, submission: number): Draft {
  try {
    const found = JSON.parse(kept ?? '') as { submission?: unknown; until?: unknown; notes?: unknown }
    if (found.submission !== submission || !isText(found.until) || !Array.isArray(found.notes)) return emptyDraft()
    return { until: found.until, notes: found.notes.filter(isNote) }
  } catch {
    return emptyDraft()
  }
}

/** Nothing is kept of what says nothing. */
export const writeDraft = ({ until, notes }: Draft, submission: number): string | null =>
  until || notes.length ? JSON.stringify({ submission, until, notes }) : null
