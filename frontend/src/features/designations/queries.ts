import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import * as api from '@/shared/api/designations'
import type { Id } from '@/shared/api/types'

const LISTS = 'designation-lists'

export const useDesk = () => useQuery({ queryKey: ['designation-desk'], queryFn: api.fetchDesk, staleTime: 3_600_000 })
export const useLists = (words: Ref<Record<string, Id | undefined>>) =>
  useQuery({ queryKey: computed(() => [LISTS, words.value]), queryFn: () => api.fetchLists(words.value), placeholderData: keepPreviousData })
export const useList = (id: Ref<Id>) => useQuery({ queryKey: computed(() => [LISTS, 'one', String(id.value)]), queryFn: () => api.fetchList(id.value) })

export function usePreview() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ file, head, key }: { file: File; head: api.NewList; key: string }) => api.previewList(file, head, key),
    onSuccess: () => client.invalidateQueries({ queryKey: [LISTS] }),
  })
}

/** A confirmed list has entered titles: both are read again. */
export function useMoveList(id: Ref<Id>) {
  const client = useQueryClient()
  return async (name: string, key: string) => {
    await api.moveList(id.value, name, key)
    await Promise.all([client.invalidateQueries({ queryKey: [LISTS] }), client.invalidateQueries({ queryKey: ['designations'] })])
  }
}
