import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import type { Id } from '@/shared/api/types'
import * as api from '@/shared/api/watching'
import { isLive } from '@/shared/jobs/queries'

export const useChoices = () => useQuery({ queryKey: ['verification', 'choices'], queryFn: api.fetchVerificationChoices })
/** While a run lives its figures grow; they are asked for again until it has ended. */
export const useRuns = () =>
  useQuery({
    queryKey: ['verification', 'runs'],
    queryFn: () => api.fetchVerifications({ size: 20 }),
    refetchInterval: (query) => (query.state.data?.results.some((run) => isLive(run.job)) ? 2_000 : false),
  })
export const useFindings = (id: Ref<Id>, cursor: Ref<string | undefined>) =>
  useQuery({ queryKey: computed(() => ['verification', 'findings', String(id.value), cursor.value]), queryFn: () => api.fetchVerificationFindings(id.value, { cursor: cursor.value }), placeholderData: keepPreviousData })

export function useRefresh() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['verification'] })
}
