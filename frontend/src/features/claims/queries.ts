import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import * as api from '@/shared/api/accounts'
import type { Id } from '@/shared/api/types'

type Words = Record<string, Id | undefined>

export const useClaims = (filter: Ref<Words>) =>
  useQuery({ queryKey: computed(() => ['claims', filter.value]), queryFn: () => api.fetchClaims(filter.value), placeholderData: keepPreviousData })
export const useClaim = (id: Ref<Id>) => useQuery({ queryKey: computed(() => ['claims', String(id.value)]), queryFn: () => api.fetchClaim(id.value) })
export const useChanges = (filter: Ref<Words>) =>
  useQuery({ queryKey: computed(() => ['changes', filter.value]), queryFn: () => api.fetchChanges(filter.value), placeholderData: keepPreviousData })

export function useClaimMove(id: Ref<Id>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ name, body, key }: { name: string; body: { role?: string; answer?: string }; key: string }) => api.runClaimAction(id.value, name, body, key),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: ['claims'] }), client.invalidateQueries({ queryKey: ['team'] })]),
  })
}
export function useChangeMove() {
  const client = useQueryClient()
  return async (id: Id, name: string, body: { reason?: string }, key: string) => {
    await api.runChangeAction(id, name, body, key)
    await client.invalidateQueries({ queryKey: ['changes'] })
  }
}
