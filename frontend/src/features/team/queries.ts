import { useQuery, useQueryClient } from '@tanstack/vue-query'

import * as api from '@/shared/api/accounts'

export const useMembers = () => useQuery({ queryKey: ['team', 'members'], queryFn: api.fetchMembers })
export const useInvitations = () => useQuery({ queryKey: ['team', 'invitations'], queryFn: api.fetchInvitations })
export const useFirmClaims = () => useQuery({ queryKey: ['claims', 'firm'], queryFn: () => api.fetchClaims({ state: 'filed' }) })
export const useOwnFirm = () => useQuery({ queryKey: ['team', 'firm'], queryFn: api.fetchOwnFirm })
export const useOwnChanges = () => useQuery({ queryKey: ['team', 'changes'], queryFn: () => api.fetchChanges({}) })

export function useOwnChangeMove() {
  const client = useQueryClient()
  return async (id: number, name: string, body: { reason?: string }, key: string) => {
    await api.runChangeAction(id, name, body, key)
    await client.invalidateQueries({ queryKey: ['team'] })
  }
}

export function useRefreshTeam() {
  const client = useQueryClient()
  return () => Promise.all([client.invalidateQueries({ queryKey: ['team'] }), client.invalidateQueries({ queryKey: ['me'] })])
}
