import { QueryCache, QueryClient } from '@tanstack/vue-query'

import { ApiProblem } from '@/shared/api/problems'

const worthRetrying = (count: number, error: Error): boolean =>
  count < 2 && error instanceof ApiProblem && error.code !== 'timeout' && (error.offline || error.status >= 502)

export function makeQueryClient(onSignedOut: () => void): QueryClient {
  const queryCache = new QueryCache({
    onError: (error, query) => {
      if (error instanceof ApiProblem && error.status === 401 && query.queryKey[0] !== 'me') onSignedOut()
    },
  })
  return new QueryClient({
    queryCache,
    // A dead network is told as an error; by default a question would wait in silence until it is back.
    defaultOptions: {
      queries: { networkMode: 'always', retry: worthRetrying, staleTime: 5_000, refetchOnWindowFocus: false },
      mutations: { networkMode: 'always' },
    },
  })
}
