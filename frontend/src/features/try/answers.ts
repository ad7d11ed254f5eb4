import { reactive, ref, watch } from 'vue'

import { readAnswers, type Facts, type FactValue } from '@/shared/facts/facts'
import { saveBlob } from '@/shared/utils/save'

const KEPT = 'zhiyu.try'

/** The answers live in this page alone. Only when asked are they kept, in this tab, until it is closed. */
export function useAnswers() {
  const facts = reactive<Facts>({})
  const isKept = ref(false)

  function set(code: string, value: FactValue | undefined): void {
    if (value === undefined) delete facts[code]
    else facts[code] = value
  }
  function replace(next: Facts): void {
    for (const code of Object.keys(facts)) delete facts[code]
    Object.assign(facts, next)
  }
  function recall(): void {
    const text = sessionStorage.getItem(KEPT)
    if (!text) return
    isKept.value = true
    Object.assign(facts, JSON.parse(text) as Facts)
  }
  watch([facts, isKept], () => {
    if (isKept.value) sessionStorage.setItem(KEPT, JSON.stringify(facts))
    else sessionStorage.removeItem(KEPT)
  })
  recall()
  return { facts, isKept, set, replace }
}

export interface Loaded { facts: Facts; ignored: number }

/** A file that was saved here before; what it can't be is told by an error. */
export async function readFile(file: File, known: Set<string>): Promise<Loaded> {
  if (file.size > 200_000) throw new Error('large')
  return readAnswers(JSON.parse(await file.text()), known)
}

/** Hand the answers to the person as a file of his own. */
export function saveFile(facts: Facts, question: { on: string; kind: string; region: string }): void {
  const text = JSON.stringify({ ...question, facts }, null, 2)
  saveBlob(new Blob([text], { type: 'application/json' }), `zhiyu-try-${question.on}.json`)
}
