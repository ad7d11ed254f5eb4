import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import { fetchIndicators } from '@/shared/api/endpoints'
import type { Id } from '@/shared/api/types'
import * as api from '@/shared/api/workshop'
import { i18n } from '@/shared/i18n'
import { isLive } from '@/shared/jobs/queries'

const HOUR = 3_600_000
const lang = computed(() => i18n.global.locale.value)
const about = (id: Ref<Id>, ...parts: string[]) => ['draft', String(id.value), ...parts]

export const usePublished = () => useQuery({ queryKey: ['workshop', 'published'], queryFn: api.fetchPublished })
export const useDrafts = (cursor: Ref<string | undefined>) =>
  useQuery({ queryKey: computed(() => ['workshop', 'drafts', cursor.value]), queryFn: () => api.fetchDrafts({ cursor: cursor.value }), placeholderData: keepPreviousData })
export const usePublishedTables = (id: Ref<Id>) =>
  useQuery({ queryKey: computed(() => ['workshop', 'tables', String(id.value), lang.value]), queryFn: () => api.fetchPublishedTables(id.value), staleTime: HOUR })
export const useComparison = (old: Ref<string>, next: Ref<string>) =>
  useQuery({ queryKey: computed(() => ['workshop', 'compare', old.value, next.value, lang.value]), queryFn: () => api.compareVersions(old.value, next.value), enabled: computed(() => Boolean(old.value && next.value)) })

export const useDraft = (id: Ref<Id>) => useQuery({ queryKey: computed(() => about(id, 'head', lang.value)), queryFn: () => api.fetchDraft(id.value) })
/** Tables are patched in place after each saved edit, so they are not asked for again by themselves. */
export const useDraftTables = (id: Ref<Id>) =>
  useQuery({ queryKey: computed(() => about(id, 'tables', lang.value)), queryFn: () => api.fetchDraftTables(id.value), staleTime: HOUR, refetchOnMount: 'always' })
export const useChanges = (id: Ref<Id>) => useQuery({ queryKey: computed(() => about(id, 'changes', lang.value)), queryFn: () => api.fetchChanges(id.value), staleTime: 0 })
export const useIndicators = () => useQuery({ queryKey: computed(() => ['indicators', lang.value]), queryFn: () => fetchIndicators(), staleTime: HOUR })

export const useTrialRounds = (id: Ref<Id>) => useQuery({ queryKey: computed(() => about(id, 'rounds')), queryFn: () => api.fetchTrialRounds(id.value) })
export const useImpacts = (id: Ref<Id>) =>
  useQuery({
    queryKey: computed(() => about(id, 'impacts')),
    queryFn: () => api.fetchImpacts(id.value),
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.results.some((one) => isLive(one.job)) ? 2_000 : false),
  })
export const useImpactFirms = (id: Ref<Id>, words: Ref<Record<string, Id | undefined>>) =>
  useQuery({ queryKey: computed(() => ['impact', id.value, 'firms', words.value]), queryFn: () => api.fetchImpactFirms(id.value, words.value), placeholderData: keepPreviousData })
export const useTriedFirms = (id: Ref<Id>, q: Ref<string>) =>
  useQuery({ queryKey: computed(() => ['impact', id.value, 'all', q.value]), queryFn: () => api.fetchTriedFirms(id.value, q.value), enabled: computed(() => q.value.length > 0), placeholderData: keepPreviousData })
export const useUnderBoth = (id: Ref<Id>, firm: Ref<Id>) =>
  useQuery({ queryKey: computed(() => ['impact', id.value, 'firm', firm.value, lang.value]), queryFn: () => api.fetchUnderBoth(id.value, firm.value) })

export const useWeighing = (id: Ref<Id>, group: Ref<string>) =>
  useQuery({ queryKey: computed(() => about(id, 'weights', group.value, lang.value)), queryFn: () => api.fetchWeighing(id.value, group.value), placeholderData: keepPreviousData })
export const useReach = (id: Ref<Id>, round: Ref<number | null>, group: Ref<string>, mark: Ref<unknown>) =>
  useQuery({ queryKey: computed(() => [...about(id, 'reach'), round.value, group.value, mark.value]), queryFn: () => api.fetchReach(id.value, round.value!, group.value), enabled: computed(() => round.value !== null), placeholderData: keepPreviousData })

export function useBeginDraft() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ body, key }: { body: Parameters<typeof api.beginDraft>[0]; key: string }) => api.beginDraft(body, key),
    onSuccess: () => client.invalidateQueries({ queryKey: ['workshop', 'drafts'] }),
  })
}

/** Everything about a draft, after a move or when somebody else was faster. */
export function useRefreshDraft(id: Ref<Id>) {
  const client = useQueryClient()
  return () => Promise.all([
    client.invalidateQueries({ queryKey: ['draft', String(id.value)] }),
    client.invalidateQueries({ queryKey: ['workshop'] }),
    client.invalidateQueries({ queryKey: ['rulebooks'] }),
    client.invalidateQueries({ queryKey: ['home'] }),
  ])
}
