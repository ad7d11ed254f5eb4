import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import { cancelJob, fetchJob } from '../api/endpoints'
import type { Id, Job } from '../api/types'

export const isLive = (job: Job | null | undefined): boolean => job?.state === 'queued' || job?.state === 'running'

/** Asks every second while the job lives; a failed question is asked again, not hidden. */
export const useJob = (id: Ref<Id>) =>
  useQuery({
    queryKey: computed(() => ['job', id.value]),
    queryFn: () => fetchJob(id.value),
    refetchInterval: (query) => (query.state.data && !isLive(query.state.data) ? false : 1000),
    staleTime: 0,
  })

export function useCancelJob(id: Ref<Id>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => cancelJob(id.value),
    onSettled: () => client.invalidateQueries({ queryKey: ['job', id.value] }),
  })
}

/** Share done in percent, or null when the whole is not known yet. */
export function shareDone({ progress, state }: Job): number | null {
  if (state === 'done') return 100
  if (!progress?.total) return null
  return Math.min(100, Math.floor((progress.done / progress.total) * 100))
}
