import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import type { Id } from '@/shared/api/types'
import * as api from '@/shared/api/watching'
import { i18n } from '@/shared/i18n'
import { isLive } from '@/shared/jobs/queries'

type Words = Record<string, Id | undefined>
const lang = computed(() => i18n.global.locale.value)

export const useWatch = (round: Ref<Id | undefined>) =>
  useQuery({
    queryKey: computed(() => ['watch', String(round.value), 'head', lang.value]),
    queryFn: () => api.fetchWatch(round.value!),
    enabled: computed(() => round.value !== undefined),
    refetchInterval: (query) => (isLive(query.state.data?.job) ? 2_000 : false),
  })
export const useFindings = (round: Ref<Id>, words: Ref<Words>) =>
  useQuery({ queryKey: computed(() => ['watch', String(round.value), 'findings', words.value, lang.value]), queryFn: () => api.fetchWatchFindings(round.value, { size: 20, ...words.value }), placeholderData: keepPreviousData })
export const useWatchFirms = (round: Ref<Id>, words: Ref<Words>) =>
  useQuery({ queryKey: computed(() => ['watch', String(round.value), 'firms', words.value]), queryFn: () => api.fetchWatchFirms(round.value, words.value), placeholderData: keepPreviousData })

export function useRefresh() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['watch'] })
}
