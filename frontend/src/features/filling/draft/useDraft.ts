import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { onBeforeUnmount, onMounted, reactive, ref, shallowRef, watch } from 'vue'

import * as api from '@/shared/api/filling'
import type { ApiProblem } from '@/shared/api/problems'
import type { Form, FormAnswer, FormField, SavedChange } from '@/shared/api/filling'
import type { Id } from '@/shared/api/types'
import { useSession } from '@/shared/session'

import { useReplies } from '../returned/useReplies'
import { SaveQueue, type Conflict, type Edit, type FieldValue, type QueueState } from './queue'
import { EditStore } from './store'

const LIVE_PAUSE = 400

/** One draft on this page: its form, the answers as they stand, and everything on its way to the server. */
export function useDraft(id: Id) {
  const client = useQueryClient()
  const { me } = useSession()
  const form = useQuery({ queryKey: ['form', String(id)], queryFn: () => api.fetchForm(id), staleTime: Infinity, gcTime: 0 })
  const live = useQuery({ queryKey: ['live', String(id)], queryFn: () => api.fetchLive(id), placeholderData: (before) => before })
  const answers = reactive(new Map<string, FormAnswer>())
  const local = reactive(new Map<string, FieldValue>())
  const problems = reactive(new Map<string, string>())
  const notes = reactive(new Map<string, string>())
  const conflicts = reactive(new Map<string, Conflict>())
  const state = ref<QueueState>('saved')
  const savedAt = ref<string | null>(null)
  const late = ref(0)
  const refusal = shallowRef<ApiProblem | null>(null)

  const queue = new SaveQueue(new EditStore(String(id), me.value?.membership ?? null), (edits, options) => api.saveAnswers(id, edits, options).then((saved) => { saved.changes.slice(edits.length).forEach(follow); return saved }), {
    changed: tell,
    settled: settle,
    refused: (problem) => { refusal.value = problem },
  })
  const replies = useReplies(id, me.value?.membership ?? null, { changed: tell, settled: refreshLive, refused: (problem) => { refusal.value = problem; refreshLive() } })
  const queues = [queue, replies.queue]

  /** Answers and replies are saved when both are. */
  function tell() {
    state.value = worstOf(queues.map((one) => one.state))
    savedAt.value = queues.map((one) => one.savedAt ?? '').sort().at(-1) || null
  }

  /** What the ledger gives, or gives back, because of what was just written. */
  function follow({ code, answer }: SavedChange) {
    if (answer) answers.set(code, answer)
    else answers.delete(code)
    if (!queue.waiting(code)) local.delete(code)
  }

  function settle(change: SavedChange, edit: Edit) {
    const { code, outcome, answer, problem, note } = change
    if (answer) answers.set(code, answer)
    if (outcome === 'conflict' && answer) conflicts.set(code, { mine: edit.value, theirs: answer })
    else if (outcome === 'late') late.value += 1
    if (outcome !== 'conflict' && !queue.waiting(code)) local.delete(code)
    if (problem) problems.set(code, problem)
    else problems.delete(code)
    if (note) notes.set(code, note)
    refreshLive()
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  function refreshLive() {
    clearTimeout(timer)
    timer = setTimeout(() => ['live', 'returns'].forEach((name) => void client.invalidateQueries({ queryKey: [name, String(id)] })), LIVE_PAUSE)
  }

  function edit(code: string, value: FieldValue) {
    const conflict = conflicts.get(code)
    local.set(code, value)
    if (conflict) {
      conflicts.set(code, { ...conflict, mine: value })
      queue.hold(code, value)
      return
    }
    problems.delete(code)
    notes.delete(code)
    queue.edit(code, value, answers.get(code)?.version ?? 0)
    tell()
  }

  /** The one who was second chooses: their own value over the other's, or the other's. */
  function choose(code: string, whose: 'mine' | 'theirs') {
    const conflict = conflicts.get(code)
    conflicts.delete(code)
    local.delete(code)
    queue.release(code)
    if (conflict && whose === 'mine') edit(code, conflict.mine)
  }

  function load(data: Form) {
    answers.clear()
    for (const field of fieldsOf(data)) {
      if (!field.answer) continue
      answers.set(field.code, field.answer)
      if (field.answer.problem) problems.set(field.code, field.answer.problem)
    }
    void queue.restore().then((left) => left.forEach((one) => local.set(one.code, one.value)))
    replies.load(data.returned)
  }

  const leave = () => queues.forEach((one) => one.leave())
  const hide = () => { if (document.visibilityState === 'hidden') leave() }
  const retry = () => queues.forEach((one) => one.retry())
  const flush = () => Promise.all(queues.map((one) => one.flush()))
  const warn = (event: BeforeUnloadEvent) => { if (queues.some((one) => one.pending && one.state === 'offline')) event.preventDefault() }
  const events: [EventTarget, string, EventListener][] = [
    [window, 'pagehide', leave], [document, 'visibilitychange', hide], [window, 'online', retry], [window, 'beforeunload', warn as EventListener],
  ]
  onMounted(() => events.forEach(([target, name, run]) => target.addEventListener(name, run)))
  onBeforeUnmount(() => {
    events.forEach(([target, name, run]) => target.removeEventListener(name, run))
    void flush()
  })
  watch(form.data, (data) => data && load(data), { immediate: true })

  return { form, live, answers, local, problems, notes, conflicts, state, savedAt, late, refusal, replies, edit, choose, retry, flush }
}

export type Draft = ReturnType<typeof useDraft>

export const fieldsOf = (form: Form): FormField[] => form.sections.flatMap((section) => section.fields)

const STATES: QueueState[] = ['signedOut', 'refused', 'offline', 'saving', 'waiting', 'saved']
const worstOf = (states: QueueState[]): QueueState => STATES.find((one) => states.includes(one)) ?? 'saved'

/** What stands in a field now: what this device has typed, else what the server holds. */
export function valueOf(draft: Pick<Draft, 'local' | 'answers'>, code: string): FieldValue | undefined {
  if (draft.local.has(code)) return draft.local.get(code)
  const answer = draft.answers.get(code)
  if (!answer) return undefined
  return answer.typed || (answer.value as FieldValue)
}
