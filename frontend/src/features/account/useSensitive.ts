import { ref, shallowRef } from 'vue'

import { proofsAsked } from '@/shared/api/auth'

/** Sensitive steps may ask once more who one is: the step waits for the proof, then is taken again. */
export function useSensitive() {
  const error = shallowRef<unknown>(null)
  const isPending = ref(false)
  const proofs = ref<string[]>([])
  let waiting: (() => Promise<unknown>) | null = null

  async function attempt(step: () => Promise<unknown>): Promise<void> {
    error.value = null
    isPending.value = true
    await step().catch((problem: unknown) => {
      proofs.value = proofsAsked(problem)
      waiting = proofs.value.length ? step : null
      if (!waiting) error.value = problem
    })
    isPending.value = false
  }
  async function proved(): Promise<void> {
    const step = waiting
    giveUp()
    if (step) await attempt(step)
  }
  function giveUp(): void {
    waiting = null
    proofs.value = []
  }
  return { attempt, proved, giveUp, proofs, error, isPending }
}
