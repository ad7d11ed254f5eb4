import { reactive, ref } from 'vue'

import { asProblem, type ApiProblem } from '@/shared/api/problems'
import type { FormAnswer, SavedChange } from '@/shared/api/filling'
import { fetchReturns, replyTo, type Return, type ReturnNote } from '@/shared/api/returning'
import type { Id } from '@/shared/api/types'

import { SaveQueue, type Edit, type QueueState, type Sender } from '../draft/queue'
import { EditStore } from '../draft/store'

interface Listener { changed(): void; settled(): void; refused(problem: ApiProblem): void }

/** What is written to the notes of a return goes the way of every answer: it is kept on the device until the server has it, and where
 *  two people wrote, one of them chooses (E03, E04, E23). */
export function useReplies(id: Id, by: number | null, listener: Listener) {
  const sent = ref<Return | null>(null)
  const local = reactive(new Map<string, string>())
  const theirs = reactive(new Map<string, ReturnNote>())
  const state = ref<QueueState>('saved')
  const queue = new SaveQueue(new EditStore(`${id}:replies`, by), sendAll, { changed: tell, refused: listener.refused, settled: settle })

  /** A reply belongs to one return: what an earlier one left on the device never answers a later one. */
  const keyOf = (code: string): string => `${sent.value?.number}/${code}`
  const codeOf = (key: string): string => key.slice(key.indexOf('/') + 1)
  const isOfThisReturn = (key: string): boolean => key === keyOf(codeOf(key))

  function tell() {
    state.value = queue.state
    listener.changed()
  }

  const noteOf = (code: string): ReturnNote | undefined => sent.value?.notes.find((note) => note.code === code)
  const textOf = (code: string): string => local.get(code) ?? noteOf(code)?.reply ?? ''

  async function sendAll(edits: Edit[], { keepalive }: Parameters<Sender>[1]) {
    const changes: SavedChange[] = []
    for (const edit of edits) changes.push(await sendOne(edit, keepalive))
    return { saved_at: changes.map((one) => one.answer?.changed_at ?? '').sort().at(-1)!, changes }
  }

  async function sendOne(edit: Edit, keepalive: boolean): Promise<SavedChange> {
    if (!isOfThisReturn(edit.code)) return changed(edit.code, 'refused')
    try {
      sent.value = await replyTo(id, codeOf(edit.code), { reply: String(edit.value ?? ''), version: edit.base ?? 0 }, { keepalive })
      return changed(edit.code, 'saved')
    } catch (error) {
      if (asProblem(error).code !== 'reply_changed') throw error
      sent.value = (await fetchReturns(id)).find((one) => one.is_open) ?? sent.value
      return changed(edit.code, 'conflict')
    }
  }

  const changed = (key: string, outcome: 'saved' | 'conflict' | 'refused'): SavedChange => ({ code: key, outcome, problem: '', note: '', answer: asAnswer(noteOf(codeOf(key))) })

  function settle({ code: key, outcome }: SavedChange) {
    if (!isOfThisReturn(key)) return
    const code = codeOf(key)
    const note = noteOf(code)
    if (outcome === 'conflict' && note) theirs.set(code, note)
    else if (!queue.waiting(key)) local.delete(code)
    listener.settled()
  }

  function edit(code: string, text: string) {
    local.set(code, text)
    if (theirs.has(code)) queue.hold(keyOf(code), text)
    else queue.edit(keyOf(code), text, noteOf(code)?.reply_version ?? 0)
    tell()
  }

  /** The one who was second keeps their own words or the other's. */
  function choose(code: string, whose: 'mine' | 'theirs') {
    const mine = textOf(code)
    theirs.delete(code)
    local.delete(code)
    queue.release(keyOf(code))
    if (whose === 'mine') edit(code, mine)
  }

  function load(open: Return | null) {
    sent.value = open
    if (open) void queue.restore().then((left) => left.filter((one) => isOfThisReturn(one.code)).forEach((one) => local.set(codeOf(one.code), String(one.value ?? ''))))
  }

  const isUnsaved = (code: string): boolean => local.has(code)

  return { sent, state, theirs, queue, textOf, isUnsaved, edit, choose, load }
}

export type Replies = ReturnType<typeof useReplies>

function asAnswer(note: ReturnNote | undefined): FormAnswer | null {
  if (!note) return null
  const plain = { typed: '', problem: '', state: 'known', source: 'form', source_label: '', carried_from: '', confirmed: true }
  return { ...plain, value: note.reply, version: note.reply_version, changed_by: note.replied_by, changed_at: note.replied_at }
}
