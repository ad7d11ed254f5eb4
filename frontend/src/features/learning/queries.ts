import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import * as api from '@/shared/api/learning'
import type { Id } from '@/shared/api/types'
import { i18n } from '@/shared/i18n'
import { isLive } from '@/shared/jobs/queries'

type Words = Record<string, Id | undefined>
const lang = computed(() => i18n.global.locale.value)
const POLL = 2_000

/** While a training lives its end is waited for, also after the page was loaded anew. */
export const useLearning = () =>
  useQuery({ queryKey: ['learning', 'head'], queryFn: api.fetchLearning, staleTime: 0, refetchInterval: (query) => (isLive(query.state.data?.run?.job) ? POLL : false) })
export const useScorecards = (cursor: Ref<string | undefined>) =>
  useQuery({ queryKey: computed(() => ['learning', 'scorecards', cursor.value]), queryFn: () => api.fetchScorecards({ cursor: cursor.value, size: 20 }), placeholderData: keepPreviousData })
export const useTrainings = () => useQuery({ queryKey: ['learning', 'trainings'], queryFn: () => api.fetchTrainings({ size: 20 }) })
export const useCard = (id: Ref<Id>) => useQuery({ queryKey: computed(() => ['learning', 'card', String(id.value), lang.value]), queryFn: () => api.fetchCard(id.value) })
export const usePanelScores = (round: Ref<Id>, words: Ref<Words>) =>
  useQuery({ queryKey: computed(() => ['learning', 'scores', String(round.value), words.value]), queryFn: () => api.fetchPanelScores(round.value, words.value), placeholderData: keepPreviousData })
export const useAdvice = (words: Ref<Words>) =>
  useQuery({ queryKey: computed(() => ['learning', 'advice', words.value, lang.value]), queryFn: () => api.fetchAdvice({ size: 10, ...words.value }), placeholderData: keepPreviousData })

export function useRefresh() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['learning'] })
}
