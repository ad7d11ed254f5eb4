import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'

import { fetchMe, fetchSite, login, logout } from './api/endpoints'
import type { Me } from './api/types'

export const siteQuery = { queryKey: ['site'], queryFn: fetchSite, staleTime: 60_000 }

/** The open `site` tells whether anyone is signed in, so that strangers never ask for what is refused to them. */
async function currentSession({ client }: { client: QueryClient }): Promise<Me | null> {
  const site = await client.fetchQuery({ ...siteQuery, staleTime: 0 })
  return site.signed_in ? fetchMe() : null
}

export const sessionQuery = { queryKey: ['me'], queryFn: currentSession, staleTime: 60_000 }

export const ensureSession = (client: QueryClient): Promise<Me | null> => client.ensureQueryData(sessionQuery)

export function useSession() {
  const query = useQuery(sessionQuery)
  return { ...query, me: computed(() => query.data.value ?? null) }
}

export const useSite = () => useQuery({ ...siteQuery, retry: false })

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
