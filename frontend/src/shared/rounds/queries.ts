import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import * as api from '../api/endpoints'
import type { Id } from '../api/types'

export const useRounds = () => useQuery({ queryKey: ['rounds'], queryFn: api.fetchRounds })

export const useRound = (id: Ref<Id>) =>
  useQuery({ queryKey: computed(() => ['round', String(id.value)]), queryFn: () => api.fetchRound(id.value) })
