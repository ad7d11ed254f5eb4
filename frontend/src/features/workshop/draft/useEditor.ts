import { useQueryClient } from '@tanstack/vue-query'
import { computed, inject, onBeforeUnmount, onMounted, provide, ref, shallowRef, type InjectionKey, type Ref } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'

import { asProblem } from '@/shared/api/problems'
import type { Id } from '@/shared/api/types'
import { saveEdits, undoEdit, type Draft, type DraftTables, type Edit, type Saved } from '@/shared/api/workshop'
import { i18n } from '@/shared/i18n'

import { patchSections, queued } from '../tables/cells'

export type Phase = 'idle' | 'saving' | 'saved' | 'failed' | 'refused' | 'conflict'
const AGAIN = 5_000
/** Refusals that pass: no line, a server that is down, a session that ran out, too much at once. */
const PASSES = (status: number) => status === 401 || status === 429 || status >= 500

/** Saves edits one batch after another, each on the revision it was made on; nothing typed is dropped unless its writer says so. */
export function useEditor(id: Ref<Id>) {
  const client = useQueryClient()
  const key = (part: string) => ['draft', String(id.value), part, i18n.global.locale.value]
  const waiting = ref<Edit[]>([])
  const sending = ref<Edit[]>([])
  const phase = ref<Phase>('idle')
  const savedAt = ref<string | null>(null)
  const error = shallowRef<unknown>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  const head = () => client.getQueryData<Draft>(key('head'))
  const refetch = (part: string) => client.refetchQueries({ queryKey: key(part), exact: true })

  function take(saved: Saved) {
    client.setQueryData<Draft>(key('head'), (draft) => draft && { ...draft, status: saved.status, last_edit: saved.last_edit })
    client.setQueryData<DraftTables>(key('tables'), (tables) => tables && { revision: saved.status.revision, sections: patchSections(tables.sections, saved.values) })
    savedAt.value = saved.status.edited_at
    phase.value = 'saved'
    return saved.is_reshaped ? refetch('tables') : undefined
  }

  /** Somebody else was faster: what is typed stays here, and the newest draft is fetched to lay beside it. */
  async function meetConflict(problem: unknown) {
    error.value = problem
    await Promise.all([refetch('head'), refetch('tables')])
    phase.value = 'conflict'
  }

  async function fail(problem: unknown) {
    const { code, status, offline } = asProblem(problem)
    const lost = sending.value
    sending.value = []
    if (code === 'draft_changed') {
      waiting.value = [...lost, ...waiting.value]
      return meetConflict(problem)
    }
    error.value = problem
    if (!offline && !PASSES(status)) {
      phase.value = 'refused'
      return refetch('tables')
    }
    phase.value = 'failed'
    waiting.value = lost.reduce((queue, edit) => (queue.some((one) => one.op === 'set' && one.pointer === edit.pointer) ? queue : [edit, ...queue]), waiting.value)
    timer = setTimeout(flush, AGAIN)
  }

  async function flush(): Promise<void> {
    clearTimeout(timer)
    const revision = head()?.status.revision
    if (!waiting.value.length || sending.value.length || phase.value === 'conflict' || revision === undefined) return
    sending.value = waiting.value
    waiting.value = []
    phase.value = 'saving'
    error.value = null
    try {
      const saved = await saveEdits(id.value, revision, sending.value)
      sending.value = []
      await take(saved)
    } catch (problem) {
      await fail(problem)
      return
    }
    await flush()
  }

  function commit(edit: Edit) {
    waiting.value = queued(waiting.value, edit)
    void flush()
  }

  async function undo() {
    const revision = head()?.status.revision
    if (revision === undefined || sending.value.length) return
    phase.value = 'saving'
    error.value = null
    await undoEdit(id.value, revision).then(take, fail)
  }

  const drop = (edit: Edit) => {
    waiting.value = waiting.value.filter((one) => one !== edit)
    if (!waiting.value.length) settle()
  }
  /** What still waits is meant: it goes on top of the newest revision. */
  function settle() {
    phase.value = 'idle'
    error.value = null
    void flush()
  }

  /** What is typed into a cell and not yet saved. */
  const held = computed(() => new Map([...sending.value, ...waiting.value].filter((edit) => edit.op === 'set').map((edit) => [edit.pointer, edit.value])))
  const isBusy = computed(() => waiting.value.length > 0 || sending.value.length > 0)
  const warn = (event: BeforeUnloadEvent) => { if (isBusy.value) event.preventDefault() }
  onMounted(() => window.addEventListener('beforeunload', warn))
  /** What waits is sent while one goes elsewhere; what can't be sent is asked about. */
  onBeforeRouteLeave(() => !waiting.value.length || phase.value === 'saving' || window.confirm(i18n.global.t('workshop.save.leave')))
  onBeforeUnmount(() => {
    window.removeEventListener('beforeunload', warn)
    clearTimeout(timer)
  })
  return { waiting, held, phase, savedAt, error, isBusy, commit, undo, drop, settle, flush, take }
}

export type Editor = ReturnType<typeof useEditor>
const EDITOR: InjectionKey<Editor> = Symbol('editor')
export const provideEditor = (editor: Editor) => provide(EDITOR, editor)
/** None where tables are only read. */
export const injectEditor = (): Editor | null => inject(EDITOR, null)
