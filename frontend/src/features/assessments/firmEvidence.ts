import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'

import { fetchEvidence } from '@/shared/api/evidence'
import type { Id } from '@/shared/api/types'

/** What a firm handed in as its proof, for the office that checks it; a firm has a page of its own for that. */
export function useFirmEvidence(id: MaybeRefOrGetter<Id>, isOffice: MaybeRefOrGetter<boolean>) {
  const query = useQuery({ queryKey: computed(() => ['evidence', String(toValue(id))]), queryFn: () => fetchEvidence(toValue(id)), enabled: () => toValue(isOffice) })
  return computed(() => query.data.value?.items ?? [])
}
