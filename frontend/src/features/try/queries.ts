import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import { fetchIndicators, tryScore, type TryQuestion } from '@/shared/api/endpoints'
import { i18n } from '@/shared/i18n'
import { useSettled } from '@/shared/utils/settled'

const lang = computed(() => i18n.global.locale.value)

export const useIndicators = () =>
  useQuery({ queryKey: computed(() => ['indicators', lang.value]), queryFn: fetchIndicators, staleTime: 3_600_000 })

/** An answer belongs to its question by key, so that a late one can't take the place of a newer; nothing is kept. */
export function useTry(question: Ref<TryQuestion>) {
  const settled = useSettled(() => JSON.stringify(question.value))
  return useQuery({
    queryKey: computed(() => ['try', settled.value, lang.value]),
    queryFn: ({ signal }) => tryScore(JSON.parse(settled.value) as TryQuestion, signal),
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  })
}
