import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import * as api from '@/shared/api/accounts'

export const useRegions = () => useQuery({ queryKey: ['regions'], queryFn: api.fetchRegions, staleTime: Infinity })

/** What a code means, asked while it is typed; a half-typed one is not asked about. */
export const useFoundFirm = (code: Ref<string>) =>
  useQuery({
    queryKey: computed(() => ['firm-of', code.value]),
    queryFn: () => api.findFirm(code.value),
    enabled: computed(() => code.value.length >= 15),
    staleTime: 30_000,
    retry: false,
    placeholderData: keepPreviousData,
  })

export const useMyClaims = () => useQuery({ queryKey: ['claims', 'mine'], queryFn: () => api.fetchClaims({ mine: '1' }) })
export const useOpenInvitation = (token: Ref<string>) =>
  useQuery({ queryKey: computed(() => ['invitation', token.value]), queryFn: () => api.fetchOpenInvitation(token.value), retry: false })
