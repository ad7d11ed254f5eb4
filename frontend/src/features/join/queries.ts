import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import * as api from '@/shared/api/accounts'

export const useRegions = () => useQuery({ queryKey: ['regions'], queryFn: api.fetchRegions, staleTime: Infinity })

export const useMyClaims = () => useQuery({ queryKey: ['claims', 'mine'], queryFn: () => api.fetchClaims({ mine: '1' }) })
export const useOpenInvitation = (token: Ref<string>) =>
  useQuery({ queryKey: computed(() => ['invitation', token.value]), queryFn: () => api.fetchOpenInvitation(token.value), retry: false })
