import { computed, nextTick, reactive, watch } from 'vue'

import type { ReviewFact } from '@/shared/api/returning'

import { blankNote, readDraft, writeDraft } from './draft'

const focusOn = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus()

/** The return that is being written: it stays with this tab through a reload, and focus goes where the next word is due. */
export function useReturnDraft(key: string, submission: number) {
  const draft = reactive(readDraft(sessionStorage.getItem(key), submission))
  const chosen = computed(() => new Set(draft.notes.map((note) => note.code)))
  watch(draft, () => {
    const text = writeDraft(draft, submission)
    if (text) sessionStorage.setItem(key, text)
    else sessionStorage.removeItem(key)
  })

  function choose({ code }: Pick<ReviewFact, 'code'>): void {
    if (!chosen.value.has(code)) draft.notes.push(blankNote(code))
    void nextTick(() => focusOn(`[data-note="${code}"] select`))
  }
  function remove(code: string): void {
    draft.notes = draft.notes.filter((note) => note.code !== code)
    void nextTick(() => focusOn(document.querySelector(`[data-fact="${code}"] button`) ? `[data-fact="${code}"] button` : '#return-draft'))
  }
  function clear(): void {
    Object.assign(draft, { until: '', notes: [] })
    sessionStorage.removeItem(key)
  }
  return { draft, chosen, choose, remove, clear }
}
