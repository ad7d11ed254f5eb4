import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import * as api from '../api/designations'
import type { Id } from '../api/types'

export const useDesignations = (words: Ref<Record<string, Id | undefined>>) =>
  useQuery({ queryKey: computed(() => ['designations', words.value]), queryFn: () => api.fetchDesignations(words.value), placeholderData: keepPreviousData })

/** A title moved changes what firms hold, wherever that is shown. */
export function useMoveDesignation() {
  const client = useQueryClient()
  return async (id: Id, name: string, body: { reason?: string; on?: string }, key: string) => {
    await api.moveDesignation(id, name, body, key)
    await client.invalidateQueries({ queryKey: ['designations'] })
  }
}
