import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import { fetchMoves, fetchWhatIf, tryChanges } from '@/shared/api/endpoints'
import type { Facts } from '@/shared/facts/facts'
import { i18n } from '@/shared/i18n'
import { useSettled } from '@/shared/utils/settled'

const lang = computed(() => i18n.global.locale.value)
const PAUSE = 80

export const useWhatIfPage = (id: Ref<string>) =>
  useQuery({ queryKey: computed(() => ['what-if', id.value, lang.value]), queryFn: () => fetchWhatIf(id.value) })

export const useMoves = (id: Ref<string>) =>
  useQuery({ queryKey: computed(() => ['moves', id.value, lang.value]), queryFn: () => fetchMoves(id.value) })

/** The answer on the screen is always that of the newest question answered: each belongs to its question by key. */
export function useWhatIf(id: Ref<string>, changes: Facts, detail: Ref<string[]>) {
  const question = useSettled(() => JSON.stringify({ changes, detail: detail.value }), PAUSE)
  return useQuery({
    queryKey: computed(() => ['what-if', id.value, lang.value, question.value]),
    queryFn: ({ signal }) => tryChanges(id.value, JSON.parse(question.value) as { changes: Facts; detail: string[] }, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
  })
}
