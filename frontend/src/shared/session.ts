import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'

import { fetchMe, fetchSite, login, logout } from './api/endpoints'
import { ApiProblem } from './api/problems'
import type { Me } from './api/types'

/** Nobody signed in is an answer, not an error: the session is then null. */
async function currentSession(): Promise<Me | null> {
  try {
    return await fetchMe()
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null
    throw error
  }
}

export const sessionQuery = { queryKey: ['me'], queryFn: currentSession, staleTime: 60_000 }

export const ensureSession = (client: QueryClient): Promise<Me | null> => client.ensureQueryData(sessionQuery)

export function useSession() {
  const query = useQuery(sessionQuery)
  return { ...query, me: computed(() => query.data.value ?? null) }
}

export const useSite = () => useQuery({ queryKey: ['site'], queryFn: fetchSite, staleTime: Infinity, retry: false })

export function useLogin() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ username, password }: { username: string; password: string }) => login(username, password),
    onSuccess: () => client.resetQueries(),
  })
}

export function useLogout() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: logout,
    onSuccess: () => {
      client.clear()
      client.setQueryData(['me'], null)
    },
  })
}
