import { useMutation, useQuery, useQueryClient, keepPreviousData } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import * as api from '@/shared/api/endpoints'
import type { Id } from '@/shared/api/types'

type Words = Record<string, Id | undefined>

export const usePool = (id: Ref<Id>) =>
  useQuery({ queryKey: computed(() => ['round', String(id.value), 'pool']), queryFn: () => api.fetchPool(id.value) })

export const useProblems = (id: Ref<Id>, filter: Ref<Words>) =>
  useQuery({
    queryKey: computed(() => ['round', String(id.value), 'problems', filter.value]),
    queryFn: () => api.fetchProblems(id.value, filter.value),
    placeholderData: keepPreviousData,
  })

export const usePlans = (filter: Ref<Words>) =>
  useQuery({
    queryKey: computed(() => ['plans', filter.value]),
    queryFn: () => api.fetchPlans(filter.value),
    placeholderData: keepPreviousData,
  })

export const useRoundList = (id: Ref<Id>) =>
  useQuery({ queryKey: computed(() => ['round', String(id.value), 'list']), queryFn: () => api.fetchRoundList(id.value) })

export const useCertificates = (id: Ref<Id>, cursor: Ref<string | undefined>) =>
  useQuery({
    queryKey: computed(() => ['round', String(id.value), 'certificates', cursor.value]),
    queryFn: () => api.fetchCertificates({ round: id.value, cursor: cursor.value }),
    placeholderData: keepPreviousData,
  })

export const useRulebookPreview = (kind: Ref<string>, on: Ref<string>) =>
  useQuery({
    queryKey: computed(() => ['rulebooks', kind.value, on.value]),
    queryFn: () => api.previewRulebooks(kind.value, on.value),
    enabled: computed(() => Boolean(kind.value && on.value)),
    placeholderData: keepPreviousData,
  })

export function useCreateRound() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ round, key }: { round: api.NewRound; key: string }) => api.createRound(round, key),
    onSuccess: () => client.invalidateQueries({ queryKey: ['rounds'] }),
  })
}

/** Everything about a round may change when a job ends or an action runs. */
export function useRefreshRound(id: Ref<Id>) {
  const client = useQueryClient()
  return () => Promise.all([
    client.invalidateQueries({ queryKey: ['round', String(id.value)] }),
    client.invalidateQueries({ queryKey: ['rounds'] }),
    client.invalidateQueries({ queryKey: ['firms'] }),
    client.invalidateQueries({ queryKey: ['plans'] }),
    client.invalidateQueries({ queryKey: ['home'] }),
  ])
}
