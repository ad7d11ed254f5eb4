import { reactive, ref } from 'vue'

import { asProblem, type ApiProblem } from '@/shared/api/problems'
import type { FormAnswer, SavedChange } from '@/shared/api/filling'
import { fetchReturns, replyTo, type Return, type ReturnNote } from '@/shared/api/returning'
import type { Id } from '@/shared/api/types'

import { SaveQueue, type Edit, type Sender } from '../draft/queue'
import { EditStore } from '../draft/store'

interface Listener { changed(): void; settled(): void; refused(problem: ApiProblem): void }

/** What is written to the notes of a return goes the way of every answer: it is kept on the device until the server has it, and where
 *  two people wrote, one of them chooses (E03, E04, E23). */
export function useReplies(id: Id, by: number | null, listener: Listener) {
  const sent = ref<Return | null>(null)
  const local = reactive(new Map<string, string>())
  const theirs = reactive(new Map<string, ReturnNote>())
  const queue = new SaveQueue(new EditStore(`${id}:replies`, by), sendAll, { changed: listener.changed, refused: listener.refused, settled: settle })

  const noteOf = (code: string): ReturnNote | undefined => sent.value?.notes.find((note) => note.code === code)
  const textOf = (code: string): string => local.get(code) ?? noteOf(code)?.reply ?? ''

  async function sendAll(edits: Edit[], { keepalive }: Parameters<Sender>[1]) {
    const changes: SavedChange[] = []
    for (const edit of edits) changes.push(await sendOne(edit, keepalive))
    return { saved_at: changes.map((one) => one.answer?.changed_at ?? '').sort().at(-1)!, changes }
  }

  async function sendOne(edit: Edit, keepalive: boolean): Promise<SavedChange> {
    try {
      sent.value = await replyTo(id, edit.code, { reply: String(edit.value ?? ''), version: edit.base ?? 0 }, { keepalive })
      return changed(edit.code, 'saved')
    } catch (error) {
      if (asProblem(error).code !== 'reply_changed') throw error
      sent.value = (await fetchReturns(id)).find((one) => one.is_open) ?? sent.value
      return changed(edit.code, 'conflict')
    }
  }

  const changed = (code: string, outcome: 'saved' | 'conflict'): SavedChange => ({ code, outcome, problem: '', note: '', answer: asAnswer(noteOf(code)) })

  function settle({ code, outcome }: SavedChange) {
    const note = noteOf(code)
    if (outcome === 'conflict' && note) theirs.set(code, note)
    else if (!queue.waiting(code)) local.delete(code)
    listener.settled()
  }

  function edit(code: string, text: string) {
    local.set(code, text)
    if (theirs.has(code)) queue.hold(code, text)
    else queue.edit(code, text, noteOf(code)?.reply_version ?? 0)
    listener.changed()
  }

  /** The one who was second keeps their own words or the other's. */
  function choose(code: string, whose: 'mine' | 'theirs') {
    const mine = textOf(code)
    theirs.delete(code)
    local.delete(code)
    queue.release(code)
    if (whose === 'mine') edit(code, mine)
  }

  function load(open: Return | null) {
    sent.value = open
    if (open) void queue.restore().then((left) => left.forEach((one) => local.set(one.code, String(one.value ?? ''))))
  }

  return { sent, theirs, queue, textOf, edit, choose, load }
}

export type Replies = ReturnType<typeof useReplies>

function asAnswer(note: ReturnNote | undefined): FormAnswer | null {
  if (!note) return null
  const plain = { typed: '', problem: '', state: 'known', source: 'form', source_label: '', carried_from: '', confirmed: true }
  return { ...plain, value: note.reply, version: note.reply_version, changed_by: note.replied_by, changed_at: note.replied_at }
}
