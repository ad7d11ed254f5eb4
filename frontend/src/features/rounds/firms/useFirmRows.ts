import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import { fetchFirms, fetchPlacements } from '@/shared/api/endpoints'
import type { Id, Page } from '@/shared/api/types'

import { asksForPlaces, fromFirm, fromPlacement, type FirmRow } from './rows'

type Filter = Partial<Record<'tier' | 'track' | 'standing' | 'region' | 'q' | 'cursor', string>>

async function load(round: Id, { tier, q, cursor, ...rest }: Filter): Promise<Page<FirmRow>> {
  if (asksForPlaces(rest)) {
    const page = await fetchPlacements({ round, tier, q, cursor, ...rest })
    return { ...page, results: page.results.map(fromPlacement) }
  }
  const page = await fetchFirms({ round, level: tier, q, cursor })
  return { ...page, results: page.results.map(fromFirm) }
}

export const useFirmRows = (round: Ref<Id>, filter: Ref<Filter>) =>
  useQuery({
    queryKey: computed(() => ['firms', String(round.value), filter.value]),
    queryFn: () => load(round.value, filter.value),
    placeholderData: keepPreviousData,
  })
