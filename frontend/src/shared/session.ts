import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'

import { logout } from './api/auth'
import { fetchMe, fetchSite } from './api/endpoints'
import type { Me } from './api/types'

export const siteQuery = { queryKey: ['site'], queryFn: fetchSite, staleTime: 60_000 }

/** The open `site` tells whether anyone is signed in, so that strangers never ask for what is refused to them. */
async function currentSession({ client }: { client: QueryClient }): Promise<Me | null> {
  const site = await client.fetchQuery({ ...siteQuery, staleTime: 0 })
  return site.signed_in ? fetchMe() : null
}

export const sessionQuery = { queryKey: ['me'], queryFn: currentSession, staleTime: 60_000 }

export const ensureSession = (client: QueryClient): Promise<Me | null> => client.ensureQueryData(sessionQuery)

/** Where somebody goes who holds no right yet: set up the second step, choose among several places, or join one. */
export function stepBeforeHome(me: Me): string | null {
  if (me.role !== 'none') return null
  if (me.second_factor.lacking) return '/account'
  return me.memberships.length > 1 ? '/choose' : '/join'
}

/** Only a path of this site is followed after signing in. */
export function safePath(next: unknown): string {
  const path = String(next ?? '')
  return /^\/(?![/\\])/.test(path) && !path.startsWith('/login') ? path : '/home'
}

export function useSession() {
  const query = useQuery(sessionQuery)
  return { ...query, me: computed(() => query.data.value ?? null) }
}

export const useSite = () => useQuery({ ...siteQuery, retry: false })

/** After joining, choosing or leaving, every page answers for another place: nothing read before holds. */
export function useNewSession() {
  const client = useQueryClient()
  return () => client.resetQueries()
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
